import { Badge } from '@azora/ui/badge.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { getLocale, getTranslations } from '../../i18n/server.ts'
import type { api } from '../../lib/api.server.ts'
import { Html } from '../../quiz/html.tsx'
import { readableHtml } from '../../text/readable-html.ts'

type Client = Awaited<ReturnType<typeof api>>
type Review = Awaited<ReturnType<Client['assessment']['getReview']>>
type Reviewed = Review['questions'][number]

/** One question of a learner's attempt, as they saw it: what they chose, what was right, and their points. */
export async function ReviewedQuestion({ question, number }: { question: Reviewed; number: number }) {
  const [t, quiz, locale] = await Promise.all([
    getTranslations('quizResults'),
    getTranslations('quiz'),
    getLocale(),
  ])
  const { awarded, points, chosen, correct } = question
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const right = chosen.length === correct.length && chosen.every(id => correct.includes(id))
  const since =
    question.currentVersion === null
      ? t('removedSince')
      : question.currentVersion > question.version
        ? t('changedSince')
        : null
  return (
    <Card as="article" className="flex flex-col gap-4">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 className="text-sm font-semibold text-muted">{t('question', { number })}</h2>
        <div className="flex flex-wrap items-center gap-3">
          {awarded === null ? null : (
            <span className="text-sm text-muted tabular-nums">
              {t('pointsOf', { awarded: digits.format(awarded), points })}
            </span>
          )}
          {chosen.length === 0 ? (
            <Badge>{t('noAnswer')}</Badge>
          ) : (
            <Badge tone={right ? 'good' : 'bad'}>
              <Icon name={right ? 'check' : 'close'} className="size-4!" />
              {quiz(right ? 'right' : 'wrong')}
            </Badge>
          )}
        </div>
      </header>
      {since ? <p className="text-sm text-amber-ink">{since}</p> : null}
      <Html html={readableHtml(question.content, quiz('table'))} strong />
      <ul className="flex flex-col gap-2">
        {question.options.map(option => {
          const isChosen = chosen.includes(option.id)
          const isRight = correct.includes(option.id)
          const look = isRight
            ? 'border-good/50 bg-good-soft text-good-ink'
            : isChosen
              ? 'border-bad/50 bg-bad-soft text-bad-ink'
              : 'border-line text-muted'
          const label = isChosen
            ? t(isRight ? 'chosenRight' : 'chosenWrong')
            : isRight
              ? t('rightAnswer')
              : null
          return (
            <li key={option.id} className={`flex items-start gap-3 rounded-control border px-4 py-3 ${look}`}>
              <span className="mt-1 size-5 shrink-0">
                {isRight ? <Icon name="check" /> : isChosen ? <Icon name="close" /> : null}
              </span>
              <div className="min-w-0 flex-1">
                <Html html={option.content} />
                {label ? <p className="mt-0.5 text-sm font-semibold">{label}</p> : null}
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
