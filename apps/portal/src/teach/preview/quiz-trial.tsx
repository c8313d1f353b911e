'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import type { Submission } from '../../offline/answers.ts'
import { QuizIntro } from '../../quiz/quiz-intro.tsx'
import { Submitted } from '../../quiz/submitted.tsx'
import type { QuizOverview } from '../../quiz/use-overview.ts'
import { useTrial, VariantOfTrial } from './use-trial.ts'

const Attempt = dynamic(() => import('../../quiz/attempt.tsx').then(module => module.Attempt), {
  loading: () => <Skeleton className="h-96 w-full" />,
})

const QuizResult = dynamic(() => import('../../quiz/quiz-result.tsx').then(module => module.QuizResult), {
  loading: () => <Skeleton className="h-96 w-full" />,
})

type QuizTrialProps = {
  overview: QuizOverview
  path: string
  /** The address of the course. */
  course: string
  next: string | null
  variant: number | null
}

/** A quiz from its beginning over the questions to the result, of which nothing is kept anywhere. */
export function QuizTrial({ overview, path, course, next, variant }: QuizTrialProps) {
  const t = useTranslations('preview')
  const [submission, setSubmission] = useState<Submission | null>(null)
  const show = (shown: Submission) => {
    setSubmission(shown)
    scrollTo({ top: 0 })
  }
  const quizId = overview.id
  const Outcome = submission?.result ? QuizResult : Submitted
  if (!submission)
    return (
      <QuizIntro
        overview={overview}
        path={path}
        begin={() => call('assessment.previewQuiz', { quizId, ...(variant === null ? {} : { variant }) })}
        onStart={show}
      />
    )
  return (
    <>
      <Notice>{t('unsaved')}</Notice>
      {submission.state === 'in_progress' ? (
        <VariantOfTrial value={variant}>
          <Attempt submission={submission} begun answering={useTrial} onGraded={show} />
        </VariantOfTrial>
      ) : (
        <Outcome
          submission={submission}
          fresh={false}
          mayRepeat
          path={path}
          course={submission.courseId}
          courseAddress={course}
          next={next}
        />
      )}
    </>
  )
}
