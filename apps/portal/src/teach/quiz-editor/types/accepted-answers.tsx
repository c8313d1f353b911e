'use client'
import type { ReactNode } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { AnswerFeedback } from './answer-feedback.tsx'
import { ShareField } from './labelled.tsx'
import { AddRow, RemoveRow } from './row-buttons.tsx'
import { rowStyle } from './row-style.ts'

type AcceptedAnswersProps<A> = {
  answers: A[]
  onChange: (answers: A[]) => void
  /** What a new row begins with. */
  empty: () => A
  addLabel: string
  /** What is asked of an answer beside its share. */
  fields: (answer: A, number: number, change: (part: Partial<A>) => void) => ReactNode
}

/** A row for each answer that is accepted, with what it earns and what those who gave it are told. */
export function AcceptedAnswers<A extends { share: number; feedback: string | null }>({
  answers,
  onChange,
  empty,
  addLabel,
  fields,
}: AcceptedAnswersProps<A>) {
  const t = useTranslations('quizEditor')
  return (
    <>
      {answers.map((answer, at) => {
        const change = (part: Partial<A>) => onChange(answers.with(at, { ...answer, ...part }))
        return (
          <div key={at} className={rowStyle}>
            {fields(answer, at + 1, change)}
            <ShareField
              label={t('share')}
              value={answer.share}
              onChange={share => onChange(answers.with(at, { ...answer, share }))}
            />
            {answers.length > 1 ? (
              <RemoveRow
                label={t('removeAccepted', { number: at + 1 })}
                onPress={() => onChange(answers.toSpliced(at, 1))}
              />
            ) : null}
            <AnswerFeedback
              feedback={answer.feedback}
              number={at + 1}
              onChange={feedback => onChange(answers.with(at, { ...answer, feedback }))}
            />
          </div>
        )
      })}
      <AddRow label={addLabel} onPress={() => onChange([...answers, empty()])} />
    </>
  )
}
