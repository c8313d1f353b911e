'use client'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Submission } from '../offline/answers.ts'
import { Countdown } from './countdown.tsx'
import { Question } from './question.tsx'
import { type SaveState, useAttempt } from './use-attempt.ts'

type AttemptProps = {
  submission: Submission
  /** It was begun just now, on this page: the keyboard goes to the first answer. */
  begun: boolean
  onGraded: (graded: Submission) => void
  /** Keeps the answers and hands them in; the same for as long as the attempt is shown. */
  answering?: typeof useAttempt
}

/** All questions of an open attempt on one page. */
export function Attempt({ submission, begun, onGraded, answering: useAnswers = useAttempt }: AttemptProps) {
  const t = useTranslations('quiz')
  const { answers, state, fault, choose, submit } = useAnswers(submission, onGraded)
  const [asking, setAsking] = useState(false)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (begun) list.current?.querySelector('input')?.focus({ preventScroll: true })
  }, [begun])
  const [timeUp, setTimeUp] = useState(false)
  const survey = submission.kind === 'survey'
  const count = submission.questions.length
  const done = submission.questions.filter(question => answers[question.id]?.length).length
  const closed = timeUp || state === 'handing' || state === 'waiting'
  return (
    <div className="flex flex-col gap-6">
      <div className="sticky top-[calc(4rem+var(--bar,0px))] z-20 -mx-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-line bg-ground/95 px-4 py-2.5 backdrop-blur-sm">
        <p className="font-semibold tabular-nums">{t('answered', { done, count })}</p>
        {submission.expiresAt ? (
          <Countdown
            submission={submission}
            onEnd={() => {
              setTimeUp(true)
              void submit()
            }}
          />
        ) : null}
        <Saved state={state} />
      </div>
      {timeUp ? (
        <Notice tone="warning" live>
          {t('timeUp')}
        </Notice>
      ) : null}
      <ol ref={list} className="flex flex-col gap-5">
        {submission.questions.map((question, index) => (
          <Question
            key={question.id}
            question={question}
            number={index + 1}
            chosen={answers[question.id] ?? []}
            onChoose={chosen => choose(question.id, chosen)}
            isDisabled={closed}
            survey={survey}
          />
        ))}
      </ol>
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
      <Button
        size="large"
        onPress={() => setAsking(true)}
        isPending={state === 'handing'}
        isDisabled={closed}
      >
        {state === 'handing' ? t('handing') : t(survey ? 'submit' : 'handIn')}
      </Button>
      <ConfirmDialog
        isOpen={asking}
        onOpenChange={setAsking}
        title={t(survey ? 'submitTitle' : 'confirmTitle')}
        confirmLabel={t(survey ? 'submit' : 'handIn')}
        cancelLabel={t('back')}
        onConfirm={submit}
      >
        <p className={done < count ? 'font-semibold text-amber-ink' : ''}>
          {done < count ? t('confirmOpen', { count: count - done }) : t('confirmAll')}
        </p>
        <p className="mt-2 text-muted">{t('confirmText')}</p>
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
