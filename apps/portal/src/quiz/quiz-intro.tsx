'use client'
import { Card } from '@azora/ui/card.tsx'
import { Icon, type IconName } from '@azora/ui/icon.tsx'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Submission } from '../offline/answers.ts'
import { useAnswersHeld } from './answers-held.ts'
import { EarlierAttempts } from './earlier-attempts.tsx'
import { Html } from './html.tsx'
import { LocalTime } from './local-time.tsx'
import { LogNotice } from './log/log-notice.tsx'
import { toldDays } from './log/told-days.ts'
import { QuizDates } from './quiz-dates.tsx'
import { StartQuiz } from './start-quiz.tsx'
import { type QuizOverview, useOverview } from './use-overview.ts'

// Few quizzes have sections.
const SectionsToCome = dynamic(() => import('./sections-to-come.tsx').then(module => module.SectionsToCome))

type QuizIntroProps = {
  overview: QuizOverview
  path: string
  onStart: (submission: Submission) => void
  /** Begins an attempt; of a learner unless told otherwise. */
  begin?: () => Promise<Submission>
}

/** What a quiz or a survey asks, before it is begun, and how earlier attempts went. */
export function QuizIntro({ overview: initial, path, onStart, begin }: QuizIntroProps) {
  const t = useTranslations('quiz')
  const { overview, refresh } = useOverview(initial)
  const survey = overview.kind === 'survey'
  const held = useAnswersHeld(overview)
  const logDays = toldDays(overview)
  return (
    <>
      <Card className="flex flex-col gap-5">
        {overview.description ? <Html html={overview.description} /> : null}
        <ul className="grid gap-3 sm:grid-cols-2">
          <Fact icon="quiz">{t('questions', { count: overview.questionCount })}</Fact>
          {overview.practice ? <Fact icon="check">{t('practiceFact')}</Fact> : null}
          {survey || overview.practice ? null : (
            <Fact icon="award">{t('passMark', { percent: overview.passingScore })}</Fact>
          )}
          {overview.timeLimitMinutes || !overview.sections?.some(section => section.timeLimitMinutes) ? (
            <Fact icon="clock">
              {overview.timeLimitMinutes
                ? t('limit', { count: Math.floor(overview.timeLimitMinutes * 10) / 10 })
                : t('noLimit')}
            </Fact>
          ) : null}
          {(overview.timeLimitMinutes || overview.sections?.some(section => section.timeLimitMinutes)) &&
          overview.breakMinutes ? (
            <Fact icon="clock">{t('breaksFact', { count: overview.breakMinutes })}</Fact>
          ) : null}
          <Fact icon="edit">
            {overview.attemptsLeft === null
              ? t(survey ? 'anySubmissions' : 'anyAttempts')
              : t('attemptsLeft', { count: overview.attemptsLeft })}
          </Fact>
          {survey ? null : held ? (
            <Fact icon="eye">{held}</Fact>
          ) : overview.resultsShown === 'all' && overview.answerRelease !== 'never' ? null : (
            <Fact icon="eye">{t(overview.resultsShown === 'none' ? 'shown_none' : 'shown_score')}</Fact>
          )}
          {overview.layout === 'all_at_once' ? null : (
            <Fact icon="numbers">{t(`layout_${overview.layout}`)}</Fact>
          )}
          {overview.confidence === 'not_asked' ? null : (
            <Fact icon="info">{t(`confidenceFact_${overview.confidence}`)}</Fact>
          )}
          {survey ? <Fact icon="info">{t('surveyFact')}</Fact> : null}
          {survey ||
          overview.practice ||
          overview.maxAttempts === 1 ||
          overview.countedAttempt === 'best' ? null : (
            <Fact icon="overview">{t(`counted_${overview.countedAttempt}`)}</Fact>
          )}
        </ul>
        {overview.sections?.length ? <SectionsToCome sections={overview.sections} /> : null}
        {overview.accommodated ? <p className="text-sm font-medium">{t('accommodated')}</p> : null}
        <QuizDates overview={overview} />
        {logDays === null ? null : <LogNotice days={logDays} />}
        {overview.locked && overview.opensAt ? (
          <Shut text={t(survey ? 'surveyOpensLater' : 'opensLater')} time={overview.opensAt} />
        ) : overview.closed && overview.closesAt ? (
          <Shut text={t(survey ? 'surveyClosed' : 'closed')} time={overview.closesAt} />
        ) : overview.attemptsLeft === 0 ? null : (
          <StartQuiz overview={overview} refresh={refresh} begin={begin} onStart={onStart} />
        )}
      </Card>
      {overview.attempts.length ? <EarlierAttempts overview={overview} path={path} /> : null}
    </>
  )
}

/** Why an attempt cannot begin now. */
function Shut({ text, time }: { text: string; time: string }) {
  return (
    <div className="flex gap-4 rounded-control border border-line bg-sunken/60 p-4" role="status">
      <Icon name="clock" className="mt-0.5 size-6! text-accent" />
      <div>
        <p className="font-semibold">{text}</p>
        <p>
          <LocalTime time={time} />
        </p>
      </div>
    </div>
  )
}

function Fact({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <li className="flex items-start gap-3">
      <Icon name={icon} className="mt-0.5 text-accent" />
      <span>{children}</span>
    </li>
  )
}
