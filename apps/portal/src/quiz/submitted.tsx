'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { CourseOutcome } from '../learning/course-outcome.tsx'
import type { Submission } from '../offline/answers.ts'
import { type EndedAttempt, useEndedAttempt } from './ended-attempt.ts'
import { useTestResult } from './use-test-result.ts'
import { waitsForTests } from './waits-for-tests.ts'
import { WrittenEssays } from './written-essays.tsx'

/** What follows a survey, a quiz that a person marks first, and one whose result is not shown: that it arrived, and where to go from here. */
export function Submitted({
  submission,
  fresh,
  mayRepeat,
  path,
  course,
  courseAddress = `/learn/${course}`,
  lessonId,
  next,
  onResult,
}: EndedAttempt & {
  /** Called with the attempt once its programs have been tested. */
  onResult?: (graded: Submission) => void
}) {
  const t = useTranslations('quiz')
  const lesson = useTranslations('lesson')
  const survey = submission.kind === 'survey'
  const awaits = submission.awaitsMarking
  const tested = waitsForTests(submission)
  const isSlow = useTestResult(submission, onResult)
  const awaitsText =
    submission.resultsShown === 'none'
      ? 'awaitsHiddenText'
      : !tested
        ? 'awaitsText'
        : isSlow
          ? 'testedLaterText'
          : 'testedText'
  // A survey completes its lesson; whether a hidden result does is not for this page to tell.
  const heading = useEndedAttempt({ fresh, lessonId }, survey)
  return (
    <div className="flex flex-col gap-6">
      <section className="flex flex-col items-center gap-5 rounded-card border border-good/40 bg-good-soft p-6 text-center sm:flex-row sm:gap-6 sm:p-8 sm:text-start">
        <span className="grid size-16 shrink-0 place-items-center rounded-full bg-surface text-good">
          <Icon name="check" className="size-8!" />
        </span>
        <div className="flex flex-col gap-1">
          <h2 ref={heading} tabIndex={-1} className="text-title font-bold outline-none">
            {t(survey ? 'surveyThanks' : awaits ? (tested ? 'testedTitle' : 'awaitsTitle') : 'hiddenTitle')}
          </h2>
          <p {...(tested ? { role: 'status' } : {})}>
            {t(survey ? 'surveyThanksText' : awaits ? awaitsText : 'hiddenText')}
          </p>
        </div>
      </section>
      {awaits ? <WrittenEssays submission={submission} /> : null}
      {fresh && survey && lessonId ? <CourseOutcome course={course} lessonId={lessonId} /> : null}
      <div className="flex flex-wrap gap-3">
        <LinkButton href={next ?? courseAddress} size="large">
          {next ? lesson('continue') : lesson('finish')}
          <Icon name="forward" />
        </LinkButton>
        {mayRepeat ? (
          <a href={path} className={buttonStyle({ size: 'large', variant: 'secondary' })}>
            {t(survey ? 'surveyAgain' : 'again')}
          </a>
        ) : null}
      </div>
    </div>
  )
}
