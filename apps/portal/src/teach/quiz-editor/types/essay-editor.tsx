'use client'
import { limits } from '@azora/contracts/limits.ts'
import { useTranslations } from '../../../i18n/client.tsx'
import type { EssayDraft } from '../body-draft.ts'
import { Labelled } from './labelled.tsx'
import { inputStyle } from './row-style.ts'
import { RubricEditor } from './rubric-editor.tsx'

type Props = { body: EssayDraft; survey: boolean; onChange: (body: EssayDraft) => void }

/** How long a text should be, and what a person marks it by. */
export function EssayEditor({ body, survey, onChange }: Props) {
  const t = useTranslations('quizEditor')
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap gap-4">
        {(['minWords', 'maxWords'] as const).map(name => (
          <Labelled key={name} label={t(name)} className="w-40">
            <input
              type="number"
              min={1}
              max={limits.essayWords}
              step={1}
              value={body[name] ?? ''}
              onChange={event => {
                const words = Math.round(event.target.valueAsNumber)
                const fits = words >= 1 && words <= limits.essayWords
                onChange({ ...body, [name]: fits ? words : null })
              }}
              className={`${inputStyle} tabular-nums`}
            />
          </Labelled>
        ))}
      </div>
      {survey ? null : <RubricEditor body={body} onChange={part => onChange({ ...body, ...part })} />}
    </div>
  )
}
