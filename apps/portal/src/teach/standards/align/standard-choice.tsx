'use client'
import { NativeSelect } from '@azora/ui/native-select.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import type { QuizStandards } from './quiz-standards.ts'

type StandardChoiceProps = {
  label: string
  standards: QuizStandards['standards']
  chosen: string
  onChosen: (id: string) => void
  /** What is done with the chosen one. */
  children: ReactNode
}

/** Chooses a standard. What becomes of it says a button, since the arrow keys change a choice at once. */
export function StandardChoice({ label, standards, chosen, onChosen, children }: StandardChoiceProps) {
  const t = useTranslations('quizStandards')
  return (
    <div className="flex flex-wrap items-end gap-3">
      <div className="min-w-0 flex-1 basis-60">
        <NativeSelect
          label={label}
          value={chosen}
          onChange={event => onChosen(event.target.value)}
          options={[
            { id: '', label: t('choose') },
            ...standards.map(({ id, code, title }) => ({ id, label: `${code} · ${title}` })),
          ]}
        />
      </div>
      {children}
    </div>
  )
}
