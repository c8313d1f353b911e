import { Icon } from '@azora/ui/icon.tsx'
import { getLocale, getTranslations } from '../../i18n/server.ts'
import type { api } from '../../lib/api.server.ts'
import { Html } from '../../quiz/html.tsx'
import { levelName } from '../../quiz/judged.tsx'
import { shownText } from '../../quiz/types/shown-text.ts'
import { readableHtml } from '../../text/readable-html.ts'
import { shareOf } from './share.ts'

type Client = Awaited<ReturnType<typeof api>>
export type QuizResults = Awaited<ReturnType<Client['assessment']['getQuizResults']>>
export type Version = QuizResults['questions'][number]['versions'][number]

/** What was asked, and how many chose each option. */
export async function VersionResults({ version }: { version: Version }) {
  const [t, quiz, locale] = await Promise.all([
    getTranslations('quizResults'),
    getTranslations('quiz'),
    getLocale(),
  ])
  const number = new Intl.NumberFormat(locale)
  const silent = version.askedCount - version.answeredCount
  const figure = (count: number) => {
    const share = shareOf(count, version.askedCount)
    return share === null ? number.format(count) : t('countShare', { count, share })
  }
  return (
    <div className="flex flex-col gap-4">
      <Html html={readableHtml(shownText(version), quiz('table'))} strong />
      {version.askedCount === 0 ? <p className="text-sm text-muted">{t('notAsked')}</p> : null}
      <ul className="flex flex-col gap-3">
        {version.options.map(option => (
          <li key={option.id} className="flex flex-col gap-1.5">
            <div className="flex items-start gap-3">
              {option.correct === null ? null : (
                <span className="mt-0.5 w-5 shrink-0 text-good">
                  {option.correct ? <Icon name="check" /> : null}
                </span>
              )}
              <div className="min-w-0 flex-1">
                <Html html={option.content} />
                {option.correct ? <span className="sr-only">{t('rightAnswer')}</span> : null}
              </div>
              <span className="shrink-0 font-semibold tabular-nums">{figure(option.chosenCount)}</span>
            </div>
            <Bar share={shareOf(option.chosenCount, version.askedCount) ?? 0} good={option.correct} />
          </li>
        ))}
        {version.given.map((given, at) => (
          <li key={at} className="flex flex-col gap-1.5">
            <div className="flex items-start gap-3">
              {given.right === null ? null : (
                <span className="mt-0.5 w-5 shrink-0 text-good">
                  {given.right ? <Icon name="check" /> : null}
                </span>
              )}
              <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
                {given.part ? (
                  <div className="text-muted">
                    <Html html={given.part} />
                  </div>
                ) : null}
                <Html html={given.answer} />
                {given.right ? <span className="sr-only">{t('rightAnswer')}</span> : null}
              </div>
              <span className="shrink-0 font-semibold tabular-nums">{figure(given.givenCount)}</span>
            </div>
            <Bar share={shareOf(given.givenCount, version.askedCount) ?? 0} good={given.right} />
          </li>
        ))}
        {silent > 0 ? (
          <li className="flex justify-between gap-3 text-muted">
            <span className={version.rightCount === null ? '' : 'ps-8'}>{t('noAnswer')}</span>
            <span className="tabular-nums">{figure(silent)}</span>
          </li>
        ) : null}
      </ul>
      {version.confidenceCounts ? (
        <ul aria-label={t('confidence')} className="flex flex-col gap-1 border-t border-line pt-3">
          {version.confidenceCounts.map(({ level, count, rightCount }) => {
            const wrong = count - rightCount
            return (
              <li key={level} className="flex justify-between gap-3">
                <span className={level === 3 && wrong > 0 ? 'font-semibold text-bad-ink' : 'text-muted'}>
                  {t('levelWrong', { level: levelName(level, quiz), count, wrong })}
                </span>
                <span className="tabular-nums">{figure(count)}</span>
              </li>
            )
          })}
        </ul>
      ) : null}
      {version.hintCounts ? (
        <ul aria-label={t('hints')} className="flex flex-col gap-1 border-t border-line pt-3 text-muted">
          {version.hintCounts.map((count, at) => (
            <li key={at} className="flex justify-between gap-3">
              <span>{t('hintUsed', { number: at + 1 })}</span>
              <span className="tabular-nums">{figure(count)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function Bar({ share, good }: { share: number; good: boolean | null }) {
  return (
    <span
      aria-hidden="true"
      className={`h-2 overflow-hidden rounded-full bg-sunken ${good === null ? '' : 'ms-8'}`}
    >
      <span
        className={`block h-full rounded-full ${good === null ? 'bg-accent' : good ? 'bg-good' : 'bg-edge'}`}
        style={{ inlineSize: `${share}%` }}
      />
    </span>
  )
}
