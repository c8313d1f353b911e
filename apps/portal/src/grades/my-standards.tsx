import { Card } from '@azora/ui/card.tsx'
import { getTranslations } from '../i18n/server.ts'
import type { api } from '../lib/api.server.ts'
import { LevelMark } from '../teach/standards/level-mark.tsx'

type Client = Awaited<ReturnType<typeof api>>
type Mine = Awaited<ReturnType<Client['assessment']['getMyStandards']>>

/** A learner's levels, with what each rests on. Nothing until the teacher shows them. */
export async function MyStandards({ mine }: { mine: Mine }) {
  if (mine.standards.length === 0) return null
  const t = await getTranslations('myStandards')
  return (
    <section aria-labelledby="standards" className="mt-8 flex flex-col gap-3">
      <h2 id="standards" className="text-xl font-bold">
        {t('title')}
      </h2>
      <p className="text-muted">
        {t('description')} {t('partial')}
      </p>
      <ul className="flex flex-col gap-3">
        {mine.standards.map(({ reason, ...standard }) => (
          <li key={standard.id}>
            <Card className="flex flex-col gap-2">
              <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
                <h3 className="min-w-0 flex-1 basis-56 font-semibold break-words">
                  <span className="text-muted">{standard.code}</span> {standard.title}
                </h3>
                {standard.levelId ? (
                  <LevelMark levels={mine.levels} levelId={standard.levelId} judged={standard.judged} />
                ) : (
                  <span className="text-sm text-muted">{t('none')}</span>
                )}
              </div>
              {standard.description ? (
                <p className="text-sm whitespace-pre-line break-words text-muted">{standard.description}</p>
              ) : null}
              {standard.judged ? (
                <p className="text-sm break-words">
                  {t('judged')} {reason ? t('reason', { reason }) : ''}
                </p>
              ) : null}
              {standard.evidence.length > 0 ? (
                <details className="text-sm">
                  <summary className="min-h-11 cursor-pointer py-2.5 font-semibold">
                    {t('evidence', { count: standard.evidence.length })}
                  </summary>
                  <ul className="flex flex-col gap-1.5">
                    {standard.evidence.map(({ quizId, quizTitle, percent }) => (
                      <li key={quizId} className="flex justify-between gap-3">
                        <span className="min-w-0 break-words">{quizTitle}</span>
                        <span className="tabular-nums">{t('percent', { percent })}</span>
                      </li>
                    ))}
                  </ul>
                </details>
              ) : standard.levelId ? null : (
                <p className="text-sm text-muted">{t('noneText')}</p>
              )}
            </Card>
          </li>
        ))}
      </ul>
    </section>
  )
}
