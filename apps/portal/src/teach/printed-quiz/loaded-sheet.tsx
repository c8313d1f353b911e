'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { useEffect, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { call } from '../../lib/api.browser.ts'
import type { Submission } from '../../offline/answers.ts'
import { type Key, QuizSheet } from './quiz-sheet.tsx'

type LoadedSheetProps = {
  quizId: string
  /** The numbers of the variants that are printed; null where all learners have the same. */
  variants: number[] | null
  answers: Key | null
}
type Sheet = { variant: number | null; shown: Submission; answers: Key | null }

async function load(quizId: string, variant: number | null, answers: Key | null): Promise<Sheet> {
  if (variant === null) return { variant, shown: await call('assessment.previewQuiz', { quizId }), answers }
  const [shown, drawn] = await Promise.all([
    call('assessment.previewQuiz', { quizId, variant }),
    answers && call('assessment.getVariant', { quizId, variant }),
  ])
  return { variant, shown, answers: drawn?.questions ?? null }
}

/** The sheets of a quiz as learners see it: what is printed for them is made of what has no key in it. */
export function LoadedSheet({ quizId, variants, answers }: LoadedSheetProps) {
  const common = useTranslations('common')
  const [sheets, setSheets] = useState<Sheet[] | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    let left = false
    Promise.all((variants ?? [null]).map(variant => load(quizId, variant, answers))).then(
      found => left || setSheets(found),
      failure => left || setFault(faultText(failure, common('connectionLost'))),
    )
    return () => {
      left = true
    }
  }, [quizId, variants, answers, common])
  if (fault)
    return (
      <Notice tone="error" live>
        <p>{fault}</p>
      </Notice>
    )
  if (!sheets) return <Skeleton className="mx-auto h-96 w-full max-w-[210mm]" />
  return (
    <div className="flex flex-col gap-8 print:block">
      {sheets.map(sheet => (
        <QuizSheet key={sheet.variant} {...sheet} />
      ))}
    </div>
  )
}
