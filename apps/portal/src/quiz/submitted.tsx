'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { useEffect, useRef } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { CourseOutcome } from '../learning/course-outcome.tsx'
import { noteDone } from '../learning/done-here.ts'
import type { Submission } from '../offline/answers.ts'

type SubmittedProps = {
  submission: Submission
  /** Submitted just now. */
  fresh: boolean
  mayRepeat: boolean
  path: string
  course: string
  /** The address of the course, where that is not a learner's. */
  courseAddress?: string
  /** The lesson that a survey completes; none in a preview. */
  lessonId?: string
  next: string | null
}

/** What follows a survey, and a quiz whose result is not shown: that it arrived, and where to go from here. */
export function Submitted({
  submission,
  fresh,
  mayRepeat,
  path,
  course,
  courseAddress = `/learn/${course}`,
  lessonId,
  next,
}: SubmittedProps) {
  const t = useTranslations('quiz')
  const lesson = useTranslations('lesson')
  const heading = useRef<HTMLHeadingElement>(null)
  const survey = submission.kind === 'survey'
  useEffect(() => {
    if (fresh) heading.current?.focus()
  }, [fresh])
  useEffect(() => {
    // A survey completes its lesson; whether a hidden result does is not for this page to tell.
    if (fresh && survey && lessonId) noteDone(lessonId, 'counted')
  }, [fresh, survey, lessonId])
  return (
    <div className="flex flex-col gap-6">
      <section className="flex flex-col items-center gap-5 rounded-card border border-good/40 bg-good-soft p-6 text-center sm:flex-row sm:gap-6 sm:p-8 sm:text-start">
        <span className="grid size-16 shrink-0 place-items-center rounded-full bg-surface text-good">
          <Icon name="check" className="size-8!" />
        </span>
        <div className="flex flex-col gap-1">
          <h2 ref={heading} tabIndex={-1} className="text-title font-bold outline-none">
            {t(survey ? 'surveyThanks' : 'hiddenTitle')}
          </h2>
          <p>{t(survey ? 'surveyThanksText' : 'hiddenText')}</p>
        </div>
      </section>
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
