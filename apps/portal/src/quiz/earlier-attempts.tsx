'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { dayText } from '../text/date.ts'
import type { QuizOverview } from './use-overview.ts'

/** The attempts that one has made, with as much of each result as is shown. */
export function EarlierAttempts({ overview, path }: { overview: QuizOverview; path: string }) {
  const t = useTranslations('quiz')
  const locale = useLocale()
  const survey = overview.kind === 'survey'
  return (
    <section aria-labelledby="attempts" className="flex flex-col gap-3">
      <h2 id="attempts" className="text-lg font-bold">
        {t(survey ? 'earlierSurvey' : 'earlier')}
      </h2>
      {survey || overview.countedAttempt === 'best' || overview.countedScorePercent === null ? null : (
        <p>{t('countedSoFar', { percent: Math.round(overview.countedScorePercent) })}</p>
      )}
      <ul className="flex flex-col gap-2">
        {overview.attempts.map(attempt => (
          <li
            key={attempt.id}
            className="flex flex-wrap items-center gap-x-5 gap-y-1 rounded-control border border-line bg-surface px-4 py-2"
          >
            <span className="font-semibold">
              {t(survey ? 'submission' : 'attempt', { number: attempt.attemptNumber })}
            </span>
            <span className="text-sm text-muted">
              {dayText(locale, attempt.submittedAt ?? attempt.startedAt)}
            </span>
            {attempt.late ? <Badge tone="amber">{t('late')}</Badge> : null}
            {attempt.state === 'in_progress' ? (
              <Badge tone="amber">{t('open')}</Badge>
            ) : attempt.awaitsMarking ? (
              <Badge tone="amber">{t('awaits')}</Badge>
            ) : attempt.scorePercent === null ? (
              <Badge>{t('submitted')}</Badge>
            ) : (
              <>
                <span className="tabular-nums">{Math.round(attempt.scorePercent)}%</span>
                <Badge tone={attempt.passed ? 'good' : 'neutral'}>
                  {attempt.passed ? t('passed') : t('notPassed')}
                </Badge>
              </>
            )}
            {attempt.state === 'in_progress' || attempt.awaitsMarking || attempt.scorePercent !== null ? (
              <a
                href={`${path}?attempt=${attempt.id}`}
                aria-label={t('showAttempt', { number: attempt.attemptNumber })}
                className="ms-auto py-2 font-semibold text-accent-ink underline underline-offset-4"
              >
                {t('show')}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
