import { Badge, type Tone } from '@azora/ui/badge.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { getTranslations } from '../../i18n/server.ts'
import { rightShare, shareOf } from './share.ts'
import { type QuizResults, type Version, VersionResults } from './version-results.tsx'

type QuestionResultsProps = { question: QuizResults['questions'][number]; number: number | null }

const toneOf = (share: number): Tone => (share >= 80 ? 'good' : share >= 50 ? 'amber' : 'bad')

/** How one question went: its newest version, what changed by editing it, and the versions before. */
export async function QuestionResults({ question, number }: QuestionResultsProps) {
  const t = await getTranslations('quizResults')
  const [shown, ...others] = question.versions
  if (!shown) return null
  const earlier = others.filter(version => version.askedCount > 0)
  const share = rightShare([shown])
  const before = rightShare(earlier)
  return (
    <Card as="article" className="flex flex-col gap-4">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 className="text-sm font-semibold text-muted">
          {number === null ? t('removed') : t('question', { number })}
        </h2>
        {share !== null ? (
          <Badge tone={toneOf(share)}>{t('rightShare', { share })}</Badge>
        ) : shown.rightCount === null ? (
          <span className="text-sm text-muted">{t('answers', { count: shown.answeredCount })}</span>
        ) : null}
      </header>
      <VersionResults version={shown} />
      {share !== null && before !== null ? (
        <p className="flex items-start gap-3 rounded-control bg-info-soft px-4 py-3 text-info-ink">
          <Icon name="edit" className="mt-0.5" />
          {t('changed', { before, after: share })}
        </p>
      ) : null}
      {earlier.length ? (
        <details className="rounded-control border border-line">
          <summary className="px-4 py-3 text-sm font-semibold">
            {t('earlierVersions', { count: earlier.length })}
          </summary>
          <div className="flex flex-col gap-6 border-t border-line p-4">
            {earlier.map(version => (
              <section key={version.version} className="flex flex-col gap-3">
                <h3 className="text-sm font-semibold text-muted">
                  {t('version', { number: version.version })} ·{' '}
                  {t('answers', { count: version.answeredCount })}
                  <RightOf version={version} />
                </h3>
                <VersionResults version={version} />
              </section>
            ))}
          </div>
        </details>
      ) : null}
    </Card>
  )
}

async function RightOf({ version }: { version: Version }) {
  const t = await getTranslations('quizResults')
  const share = version.rightCount === null ? null : shareOf(version.rightCount, version.askedCount)
  return share === null ? null : <> · {t('rightShare', { share })}</>
}
