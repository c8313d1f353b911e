'use client'
import { NumberField } from '@azora/ui/number-field.tsx'
import { useTranslations } from '../../../../i18n/client.tsx'
import type { CodeDraft } from '../../code-draft.ts'

type Bounds = Pick<CodeDraft, 'processorSeconds' | 'memoryMiB'>

const bounds = { processorSeconds: [1, 10], memoryMiB: [16, 512] } as const

/** How much time and memory a run may take. */
export function RunLimits({ body, onChange }: { body: Bounds; onChange: (part: Partial<Bounds>) => void }) {
  const t = useTranslations('codeEditor')
  return (
    <details className="rounded-control border border-line">
      <summary className="px-4 py-3 text-sm font-semibold">{t('runLimits')}</summary>
      <div className="flex flex-wrap gap-4 px-4 pb-4">
        {(['processorSeconds', 'memoryMiB'] as const).map(name => {
          const [least, most] = bounds[name]
          return (
            <NumberField
              key={name}
              label={t(name)}
              minValue={least}
              maxValue={most}
              step={1}
              value={body[name]}
              onChange={typed => Number.isNaN(typed) || onChange({ [name]: typed })}
            />
          )
        })}
      </div>
    </details>
  )
}
