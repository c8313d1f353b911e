'use client'
import { Button } from '@azora/ui/button.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import type { Answering } from './answering.ts'
import { type Graded, GradedQuestion } from './graded-question.tsx'
import { Question } from './question.tsx'
import { isAnswered } from './types/answer-field.ts'

type PracticeQuestionProps = Omit<ComponentProps<typeof Question>, 'children'> & {
  check: NonNullable<Answering['check']>
}

/** A question whose answer can be checked at once, and changed after that. */
export function PracticeQuestion({ check, ...props }: PracticeQuestionProps) {
  const { question, number, answers } = props
  const t = useTranslations('quiz')
  const lost = useTranslations('common')('connectionLost')
  const [result, setResult] = useState<Graded | null>(null)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const turned = useRef(false)
  useEffect(() => {
    // The card that had the focus is gone: the one in its place is read next.
    if (turned.current || result) document.getElementById(`asked-${question.id}`)?.focus()
    turned.current = result !== null
  }, [result, question.id])
  const look = async () => {
    setFault(null)
    setBusy(true)
    try {
      setResult(await check(question))
    } catch (failure) {
      setFault(faultText(failure, lost))
    }
    setBusy(false)
  }
  if (result)
    return (
      <GradedQuestion question={result} number={number}>
        {props.above}
        <Button variant="secondary" className="sm:self-start" onPress={() => setResult(null)}>
          {t('changeAnswer')}
        </Button>
      </GradedQuestion>
    )
  return (
    <Question {...props}>
      <Button
        variant="secondary"
        className="sm:self-start"
        onPress={look}
        isPending={busy}
        isDisabled={props.isDisabled || !isAnswered(question, answers)}
      >
        {t('check')}
      </Button>
      {fault ? (
        <p role="alert" className="text-sm font-medium text-bad-ink">
          {fault}
        </p>
      ) : null}
    </Question>
  )
}
