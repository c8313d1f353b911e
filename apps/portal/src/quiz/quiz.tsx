'use client'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import dynamic from 'next/dynamic'
import { useRef, useState } from 'react'
import type { Submission } from '../offline/answers.ts'
import { refreshKeptPage } from '../offline/refresh-kept-page.ts'
import { attemptsLeftAfter } from './attempts-left.ts'
import { QuizIntro } from './quiz-intro.tsx'
import { endedByClock } from './sections.ts'
import { Submitted } from './submitted.tsx'
import type { QuizOverview } from './use-overview.ts'

// Only who answers a quiz pays for the form controls.
const Attempt = dynamic(() => import('./attempt.tsx').then(module => module.Attempt), {
  loading: () => <Skeleton className="h-96 w-full" />,
})

const BreakScreen = dynamic(() => import('./break-screen.tsx').then(module => module.BreakScreen), {
  loading: () => <Skeleton className="h-64 w-full" />,
})

// Only who has a result pays for what each type of question shows of it.
const QuizResult = dynamic(() => import('./quiz-result.tsx').then(module => module.QuizResult), {
  loading: () => <Skeleton className="h-96 w-full" />,
})

const AttemptLog = dynamic(() => import('./log/attempt-log.tsx').then(module => module.AttemptLog))

const LateFiles = dynamic(() => import('./types/upload/late-files.tsx').then(module => module.LateFiles))

type QuizProps = {
  overview: QuizOverview
  initial: Submission | null
  path: string
  course: string
  lessonId: string
  next: string | null
}

/** A quiz from its beginning over the questions to the result. */
export function Quiz({ overview, initial, path, course, lessonId, next }: QuizProps) {
  const [submission, setSubmission] = useState(initial)
  const [fresh, setFresh] = useState(false)
  const [begun, setBegun] = useState(false)
  /** What is shown was told on this page, and not kept with it. */
  const [heard, setHeard] = useState(false)
  /** How its learner came to the section that is shown, on this page. */
  const [arrived, setArrived] = useState<'learner' | 'clock' | null>(null)
  /** The attempt as it was last shown with its questions. */
  const uncovered = useRef(initial)
  const show = (shown: Submission, justGraded: boolean) => {
    setSubmission(shown)
    setFresh(justGraded)
    setHeard(true)
    scrollTo({ top: 0 })
    void refreshKeptPage(path)
  }
  if (!submission)
    return (
      <QuizIntro
        overview={overview}
        path={path}
        onStart={started => {
          setBegun(true)
          show(started, false)
        }}
      />
    )
  if (submission.state === 'in_progress' && submission.breaks?.until)
    return (
      <BreakScreen
        key={submission.breaks.count}
        submission={submission}
        heard={heard}
        before={uncovered.current?.questions.length ? uncovered.current : null}
        dates={overview}
        onBack={shown => {
          setBegun(true)
          setArrived(null)
          show(shown, shown.state !== 'in_progress')
        }}
      />
    )
  uncovered.current = submission
  // Each section is a page of its own.
  const section = submission.currentSection?.number
  if (submission.state === 'in_progress')
    return (
      <Attempt
        key={`${submission.id} ${section}`}
        arrived={arrived}
        submission={submission}
        begun={begun}
        heard={heard}
        dates={overview}
        onGraded={graded => show(graded, true)}
        onMoved={(asking, seen) => {
          // Where the break ends without a line, it goes on from what was there to see.
          if (asking.breaks?.until && uncovered.current) uncovered.current = { ...uncovered.current, ...seen }
          if (asking.currentSection?.number !== section)
            setArrived(endedByClock(submission, asking) ? 'clock' : 'learner')
          show(asking, false)
        }}
      />
    )
  const attemptsLeft = attemptsLeftAfter(overview, submission.id)
  const ended = {
    submission,
    fresh,
    mayRepeat: attemptsLeft === null || attemptsLeft > 0,
    path,
    course,
    lessonId,
    next,
  }
  const asksForFiles = submission.questions.some(({ type }) => type === 'upload')
  return (
    <div className="flex flex-col gap-6">
      {asksForFiles ? <LateFiles submissionId={submission.id} /> : null}
      {submission.result ? (
        <QuizResult {...ended} />
      ) : (
        <Submitted {...ended} onResult={graded => show(graded, true)} />
      )}
      {submission.integrityLog ? <AttemptLog submissionId={submission.id} reader="learner" /> : null}
    </div>
  )
}
