'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Spinner } from '@azora/ui/spinner.tsx'
import { useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../lib/api.browser.ts'
import type { Submission } from '../offline/answers.ts'
import { dayText } from '../text/date.ts'

export type QuizOverview = OutputOf<'assessment.getQuiz'>

type QuizIntroProps = {
  overview: QuizOverview
  path: string
  onStart: (submission: Submission) => void
  /** Begins an attempt; of a learner unless told otherwise. */
  begin?: () => Promise<Submission>
}

/** What a quiz asks, before it is begun, and how earlier attempts went. */
export function QuizIntro({ overview, path, onStart, begin }: QuizIntroProps) {
  const t = useTranslations('quiz')
  const common = useTranslations('common')
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const start = async () => {
    setBusy(true)
    setFault(null)
    try {
      onStart(await (begin?.() ?? call('assessment.startSubmission', { quizId: overview.id })))
    } catch (failure) {
      setFault(failure instanceof ApiError ? failure.message : common('connectionLost'))
      setBusy(false)
    }
  }
  const spent = overview.attemptsLeft === 0
  return (
    <>
      <Card className="flex flex-col gap-5">
        {overview.description ? (
          <div className="prose prose-compact" dangerouslySetInnerHTML={{ __html: overview.description }} />
        ) : null}
        <ul className="grid gap-3 sm:grid-cols-2">
          <Fact icon="quiz">{t('questions', { count: overview.questionCount })}</Fact>
          <Fact icon="award">{t('passMark', { percent: overview.passingScore })}</Fact>
          <Fact icon="clock">
            {overview.timeLimitMinutes ? t('limit', { count: overview.timeLimitMinutes }) : t('noLimit')}
          </Fact>
          <Fact icon="edit">
            {overview.attemptsLeft === null
              ? t('anyAttempts')
              : t('attemptsLeft', { count: overview.attemptsLeft })}
          </Fact>
        </ul>
        {fault ? (
          <Notice tone="error" live>
            {fault}
          </Notice>
        ) : null}
        {spent ? null : (
          <button
            type="button"
            onClick={start}
            disabled={busy}
            className={buttonStyle({ size: 'large', className: 'sm:self-start' })}
          >
            {busy ? <Spinner /> : null}
            {busy ? t('starting') : overview.attempts.length ? t('again') : t('start')}
          </button>
        )}
      </Card>
      {overview.attempts.length ? <Attempts overview={overview} path={path} /> : null}
    </>
  )
}

function Fact({ icon, children }: { icon: 'quiz' | 'award' | 'clock' | 'edit'; children: string }) {
  return (
    <li className="flex items-center gap-3">
      <Icon name={icon} className="text-accent" />
      {children}
    </li>
  )
}

function Attempts({ overview, path }: { overview: QuizOverview; path: string }) {
  const t = useTranslations('quiz')
  const locale = useLocale()
  return (
    <section aria-labelledby="attempts" className="flex flex-col gap-3">
      <h2 id="attempts" className="text-lg font-bold">
        {t('earlier')}
      </h2>
      <ul className="flex flex-col gap-2">
        {overview.attempts.map(attempt => (
          <li
            key={attempt.id}
            className="flex flex-wrap items-center gap-x-5 gap-y-1 rounded-control border border-line bg-surface px-4 py-2"
          >
            <span className="font-semibold">{t('attempt', { number: attempt.attemptNumber })}</span>
            <span className="text-sm text-muted">
              {dayText(locale, attempt.submittedAt ?? attempt.startedAt)}
            </span>
            {attempt.scorePercent === null ? (
              <Badge tone="amber">{t('open')}</Badge>
            ) : (
              <>
                <span className="tabular-nums">{Math.round(attempt.scorePercent)}%</span>
                <Badge tone={attempt.passed ? 'good' : 'neutral'}>
                  {attempt.passed ? t('passed') : t('notPassed')}
                </Badge>
              </>
            )}
            <a
              href={`${path}?attempt=${attempt.id}`}
              aria-label={t('showAttempt', { number: attempt.attemptNumber })}
              className="ms-auto py-2 font-semibold text-accent-ink underline underline-offset-4"
            >
              {t('show')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
