'use client'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import type { QuestionDraft } from '../question-draft.ts'

const ValuesEditor = dynamic(() => import('./values-editor.tsx').then(part => part.ValuesEditor), {
  loading: () => <Skeleton className="h-40 w-full" />,
})

type ValuesSectionProps = {
  question: QuestionDraft
  survey: boolean
  onChange: (part: Partial<QuestionDraft>) => void
}

/** Values that each attempt has of its own, folded until a question has some. */
export function ValuesSection({ question, survey, onChange }: ValuesSectionProps) {
  const t = useTranslations('quizEditor')
  const used = (question.parameters?.items.length ?? 0) > 0
  const [open, setOpen] = useState(used)
  return (
    <details
      open={open || used}
      onToggle={event => setOpen(event.currentTarget.open)}
      className="rounded-control border border-line"
    >
      <summary className="px-4 py-3 text-sm font-semibold">{t('values')}</summary>
      <div className="px-4 pb-4">
        {open || used ? <ValuesEditor question={question} survey={survey} onChange={onChange} /> : null}
      </div>
    </details>
  )
}
