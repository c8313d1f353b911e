'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { createContext, use, useRef, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import type { Answers, Submission } from '../../offline/answers.ts'
import type { Answering } from '../../quiz/answering.ts'

/** The number of the variant that is tried; null for what its author sees at first. */
export const VariantOfTrial = createContext<number | null>(null)

/** The answers of a trial: on this page alone until they are graded, and then gone. */
export function useTrial(submission: Submission, onGraded: (graded: Submission) => void): Answering {
  const common = useTranslations('common')
  const variant = use(VariantOfTrial)
  const tried = { quizId: submission.quizId, ...(variant === null ? {} : { variant }) }
  const [answers, setAnswers] = useState<Answers>({})
  const [state, setState] = useState<Answering['state']>('unkept')
  const [fault, setFault] = useState<string | null>(null)
  /** How many hints of each question were taken. */
  const hints = useRef<Record<string, number>>({})
  const takeHint: Answering['takeHint'] = async (questionId, number) => {
    const counts = { ...hints.current, [questionId]: number }
    const shown = await call('assessment.previewQuiz', { ...tried, hints: counts })
    const found = shown.questions.find(({ id }) => id === questionId)?.hints
    if (!found) throw new Error(`The preview has no hints of question ${questionId}.`)
    hints.current = counts
    return found
  }
  const [confidence, setConfidence] = useState<Record<string, number>>({})
  const submit = async () => {
    setState('handing')
    setFault(null)
    try {
      onGraded(await call('assessment.previewQuiz', { ...tried, answers, confidence, hints: hints.current }))
    } catch (failure) {
      setFault(faultText(failure, common('connectionLost')))
      setState('unkept')
    }
  }
  // Of the whole preview, as nothing of it is an attempt.
  const check: Answering['check'] = async question => {
    const graded = await call('assessment.previewQuiz', { ...tried, answers, hints: hints.current })
    const found = graded.result?.questions.find(({ id }) => id === question.id)
    if (!found) throw new Error(`The preview has no question ${question.id}.`)
    return found
  }
  return {
    takeHint,
    confidence,
    rate: (questionId, level) => setConfidence(before => ({ ...before, [questionId]: level })),
    check: submission.practice ? check : undefined,
    answers,
    state,
    fault,
    choose: (questionId, chosen) => setAnswers(before => ({ ...before, [questionId]: chosen })),
    submit,
  }
}
