'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { ProgressBar } from '@azora/ui/progress-bar.tsx'
import dynamic from 'next/dynamic'
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Submission } from '../offline/answers.ts'
import { Aids } from './aids/aids.tsx'
import type { SaveState, Seen } from './answering.ts'
import { noDates, type QuizDates } from './break-dates.ts'
import { Countdown } from './countdown.tsx'
import { NextSection } from './next-section.tsx'
import { passageName } from './pages.ts'
import { PassageGroup } from './passage-group.tsx'
import { PracticeQuestion } from './practice-question.tsx'
import { Question } from './question.tsx'
import { QuestionOverview } from './question-overview.tsx'
import { questionStates } from './question-states.ts'
import { sectionFrom } from './section-from.ts'
import { SectionHead } from './section-head.tsx'
import { SectionTitle } from './section-title.tsx'
import { sectionNow } from './sections.ts'
import { StepButtons } from './step-buttons.tsx'
import { SubmitReview } from './submit-review.tsx'
import { TakeBreak } from './take-break.tsx'
import { isAnswered } from './types/answer-field.ts'
import { Runs } from './types/code/runs.tsx'
import { Files, useFileQueue } from './types/upload/files.tsx'
import { useAttempt } from './use-attempt.ts'
import { useHints } from './use-hints.ts'
import { useSectionEnd } from './use-section-end.ts'
import { useSteps } from './use-steps.ts'

// Only an attempt that is logged pays for it.
const ActivityNotes = dynamic(() => import('./log/activity-notes.tsx').then(module => module.ActivityNotes))

type AttemptProps = {
  submission: Submission
  /** It was begun just now, on this page: the keyboard goes to the first answer. */
  begun: boolean
  /** How the learner came to its section, on this page. */
  arrived?: 'learner' | 'clock' | null
  /** It was told just now, and not kept with the page. */
  heard?: boolean
  onGraded: (graded: Submission) => void
  /** When the quiz is due and when it closes for this learner. */
  dates?: QuizDates
  /** It asks another question now, where there is no way back, or is on a break. */
  onMoved?: (asking: Submission, seen: Seen) => void
  /** Keeps the answers and hands them in, of a trial without a clock; the same for as long as the attempt is shown. */
  answering?: typeof useAttempt
}

/** The questions of an open attempt: all on one page, or one after another. */
export function Attempt({
  submission,
  begun,
  arrived = null,
  heard = false,
  dates = noDates,
  onGraded,
  onMoved,
  answering,
}: AttemptProps) {
  const useAnswers = answering ?? useAttempt
  const t = useTranslations('quiz')
  const [asking, setAsking] = useState(false)
  const {
    answers,
    state,
    fault,
    choose,
    submit,
    unsent,
    flagged,
    flag,
    check,
    takeHint,
    confidence,
    rate,
    leave,
    rest,
    section: leaving,
  } = useAnswers(submission, onGraded, onMoved)
  const hintsOf = useHints(takeHint)
  const files = useFileQueue(submission, { isTrial: answering !== undefined, onAnswer: choose })
  const steps = useSteps(submission, answers, leave)
  const { offset } = steps
  const states = questionStates(submission.questions, answers, { unsent, flagged, offset })
  const section = sectionNow(submission)
  /** The last section ends with all of it, as one does that all of it ends before its own time. */
  const ownEnd = Boolean(section?.endsAt && section.endsAt !== submission.expiresAt)
  const [sectionOver, takeSectionEnd] = useSectionEnd(leaving?.takeEnd)
  const [overview, setOverview] = useState(false)
  const go = (place: number) => {
    setOverview(false)
    if (!asking) return steps.go(place)
    setAsking(false)
    // The dialog gives the focus back to its button as it goes.
    requestAnimationFrame(() => requestAnimationFrame(() => steps.go(place)))
  }
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (begun && !arrived)
      list.current
        ?.querySelector<HTMLElement>(':is([data-passage], input, select, textarea, button):not([data-flag])')
        ?.focus({ preventScroll: true })
  }, [begun, arrived])
  /** What was told of the attempt when its time was up: the server may say that it goes on. */
  const [ended, setEnded] = useState<Submission | null>(null)
  const timeUp = ended === submission
  const survey = submission.kind === 'survey'
  const { length: count } = states
  const done = states.filter(({ answered }) => answered).length
  const closed = timeUp || sectionOver || state === 'handing' || state === 'waiting'
  // What was left for good is not for now any more.
  const reviewed = steps.forward
    ? states.filter(({ id }) => steps.shown.some(shown => shown.id === id))
    : states
  const { number: from, last: to } = steps
  const stepName =
    from === to
      ? t('questionOf', { number: from, count: steps.count })
      : t('questionsOf', { from, to, count: steps.count })
  const asked = (question: Submission['questions'][number], number: number, above?: ReactNode) => {
    const props = {
      question,
      number,
      above,
      answers,
      onAnswer: choose,
      isDisabled: closed || steps.busy,
      survey,
      flagged: flagged?.has(question.id) ?? false,
      sure:
        question.asksConfidence && rate
          ? {
              counted: submission.confidenceMode === 'counted',
              level: confidence?.[question.id],
              onRate: (level: number) => rate(question.id, level),
            }
          : undefined,
      hints: hintsOf(question),
      onFlag: steps.forward || count < 2 ? undefined : flag,
    }
    return check ? (
      <PracticeQuestion key={question.id} {...props} check={check} />
    ) : (
      <Question key={question.id} {...props} />
    )
  }
  const isSectionToCome = section && !section.isLast && leaving
  const send = isSectionToCome ? (
    <NextSection
      section={section}
      states={reviewed}
      filesWaiting={files.waiting}
      isDisabled={closed}
      onGo={leaving.goOn}
    />
  ) : (
    <Button size="large" onPress={() => setAsking(true)} isPending={state === 'handing'} isDisabled={closed}>
      {state === 'handing' ? t('handing') : t(survey ? 'submit' : 'handIn')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-6">
      <div className="sticky top-[calc(4rem+var(--bar,0px))] z-20 -mx-4 flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line bg-ground/95 px-4 py-2.5 backdrop-blur-sm">
        {steps.forward ? null : count < 2 ? (
          <p className="font-semibold tabular-nums">{t('answered', { done, count })}</p>
        ) : (
          <button
            type="button"
            aria-expanded={overview}
            onClick={() => setOverview(shown => !shown)}
            className="-mx-2 inline-flex min-h-9 items-center gap-1.5 rounded-control px-2 font-semibold tabular-nums hover:bg-sunken"
          >
            {t('answered', { done, count })}
            <span className="sr-only">{t('overview')}</span>
            <Icon name="down" className={overview ? 'rotate-180' : ''} />
          </button>
        )}
        <div className="flex flex-wrap gap-x-4 gap-y-1 empty:hidden">
          {ownEnd && section ? (
            <Countdown
              submission={submission}
              heard={heard}
              section={section.number}
              onEnd={takeSectionEnd}
            />
          ) : null}
          {answering ? null : (
            <Countdown
              submission={submission}
              heard={heard}
              isWhole={ownEnd}
              onEnd={() => {
                setEnded(submission)
                void submit({ timeUp: true })
              }}
            />
          )}
        </div>
        <Saved state={state} />
        {overview ? (
          <QuestionOverview states={states} current={steps.single ? steps : null} onGo={go} />
        ) : null}
      </div>
      {timeUp ? (
        <Notice tone="warning" live>
          {t('timeUp')}
        </Notice>
      ) : ended ? (
        <Notice tone="warning" live>
          {t('moreTime')}
        </Notice>
      ) : null}
      {sectionOver ? (
        <Notice tone="warning" live>
          {t('sectionOver')}
        </Notice>
      ) : null}
      {section ? <SectionHead section={section} arrived={arrived} /> : null}
      {submission.integrityLog && !answering ? <ActivityNotes submissionId={submission.id} /> : null}
      <Aids submission={submission} />
      {rest ? (
        <TakeBreak
          submission={submission}
          dates={dates}
          filesWaiting={files.waiting}
          isDisabled={closed}
          onRest={rest}
        />
      ) : null}
      {steps.single ? (
        <div className="flex flex-col gap-2">
          <h2 ref={steps.heading} tabIndex={-1} className="text-lg font-bold outline-none">
            {stepName}
          </h2>
          <ProgressBar label={stepName} labelHidden percent={(steps.last * 100) / steps.count} />
        </div>
      ) : null}
      <Runs submission={submission} isTrial={answering !== undefined}>
        <Files submissionId={submission.id} queue={files.queue}>
          <ol ref={list} className="flex flex-col gap-5">
            {steps.pages.map(page => {
              const first = steps.single ? steps.number : offset + page.place + 1
              const begins = answering ? sectionFrom(submission.sections, first - 1) : null
              const questions = (above?: ReactNode) =>
                page.questions.map((question, index) => asked(question, first + index, above))
              return (
                <Fragment key={page.questions[0]?.id}>
                  {begins ? <SectionTitle {...begins} /> : null}
                  {page.passage ? (
                    <PassageGroup passage={page.passage} name={passageName(page, first, t)}>
                      {questions}
                    </PassageGroup>
                  ) : (
                    questions()
                  )}
                </Fragment>
              )
            })}
          </ol>
        </Files>
      </Runs>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {state === 'waiting' ? (
        <Notice tone="warning" live>
          {t('handInLater')}
        </Notice>
      ) : null}
      {steps.single ? (
        <StepButtons
          steps={steps}
          filesWaiting={files.waiting}
          answered={steps.shown.every(question => isAnswered(question, answers))}
          isDisabled={closed}
        >
          {send}
        </StepButtons>
      ) : (
        send
      )}
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t(survey ? 'submitTitle' : 'confirmTitle')}
        confirmLabel={t(survey ? 'submit' : 'handIn')}
        cancelLabel={t('back')}
        onConfirm={() => submit()}
      >
        <SubmitReview filesWaiting={files.waiting} states={reviewed} onGo={steps.forward ? undefined : go} />
      </ConfirmDialog>
    </div>
  )
}

function Saved({ state }: { state: SaveState }) {
  const t = useTranslations('quiz')
  return (
    <p role="status" className="flex items-center gap-2 text-sm text-muted">
      {state === 'saved' ? (
        <>
          <Icon name="check" className="text-good" />
          {t('savedAnswers')}
        </>
      ) : null}
      {state === 'saving' ? t('savingAnswers') : null}
      {state === 'gathered' ? t('gatheredAnswers') : null}
      {state === 'handing' ? t('handing') : null}
      {state === 'kept' || state === 'waiting' ? (
        <span className="flex items-center gap-2 font-medium text-amber-ink">
          <Icon name="offline" />
          {t('onDevice')}
        </span>
      ) : null}
    </p>
  )
}
