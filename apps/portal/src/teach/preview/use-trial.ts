'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import type { Answers, Submission } from '../../offline/answers.ts'
import type { Answering } from '../../quiz/use-attempt.ts'

/** The answers of a trial: on this page alone until they are graded, and then gone. */
export function useTrial(submission: Submission, onGraded: (graded: Submission) => void): Answering {
  const common = useTranslations('common')
  const [answers, setAnswers] = useState<Answers>({})
  const [state, setState] = useState<Answering['state']>('unkept')
  const [fault, setFault] = useState<string | null>(null)
  const submit = async () => {
    setState('handing')
    setFault(null)
    try {
      onGraded(await call('assessment.previewQuiz', { quizId: submission.quizId, answers }))
    } catch (failure) {
      setFault(faultText(failure, common('connectionLost')))
      setState('unkept')
    }
  }
  // Of the whole preview, as nothing of it is an attempt.
  const check: Answering['check'] = async question => {
    const graded = await call('assessment.previewQuiz', { quizId: submission.quizId, answers })
    const found = graded.result?.questions.find(({ id }) => id === question.id)
    if (!found) throw new Error(`The preview has no question ${question.id}.`)
    return found
  }
  return {
    check: submission.practice ? check : undefined,
    answers,
    state,
    fault,
    choose: (questionId, chosen) => setAnswers(before => ({ ...before, [questionId]: chosen })),
    submit,
  }
}
