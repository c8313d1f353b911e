'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import type { Submission } from '../../offline/answers.ts'
import { type Key, QuizSheet } from './quiz-sheet.tsx'

/** The sheet of a quiz as learners see it: what is printed for them is made of what has no key in it. */
export function LoadedSheet({ quizId, answers }: { quizId: string; answers: Key | null }) {
  const common = useTranslations('common')
  const [shown, setShown] = useState<Submission | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    let left = false
    call('assessment.previewQuiz', { quizId }).then(
      found => left || setShown(found),
      failure => left || setFault(faultText(failure, common('connectionLost'))),
    )
    return () => {
      left = true
    }
  }, [quizId, common])
  if (fault)
    return (
      <Notice tone="error" live>
        <p>{fault}</p>
      </Notice>
    )
  if (!shown) return <Skeleton className="mx-auto h-96 w-full max-w-[210mm]" />
  return <QuizSheet shown={shown} answers={answers} />
}
