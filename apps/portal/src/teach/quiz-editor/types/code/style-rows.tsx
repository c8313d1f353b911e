'use client'
import { limits } from '@azora/contracts/limits.ts'
import { NumberField } from '@azora/ui/number-field.tsx'
import type { ErrorPlace } from '../../../../code/code-files.tsx'
import type { RunResult } from '../../../../code/runs/run-result.ts'
import { StyleOutcome } from '../../../../code/runs/style-outcome.tsx'
import { useTranslations } from '../../../../i18n/client.tsx'
import { type CodeDraft, newStyle } from '../../code-draft.ts'
import { LabelledChoice, LabelledText } from '../labelled.tsx'
import { AddRow, RemoveRow } from '../row-buttons.tsx'

type Style = NonNullable<CodeDraft['style']>
type StyleRowsProps = {
  style: Style
  onChange: (style: Style) => void
  resultOf: (id: string) => RunResult | null
  onGoTo: (place: ErrorPlace) => void
}

const rules = [
  'must_use',
  'must_not_use',
  'line_length',
  'docstrings',
  'no_mixed_tabs',
  'naming',
] as const satisfies Style[number]['rule'][]

/** Rules that a program is held against as it is written. */
export function StyleRows({ style, onChange, resultOf, onGoTo }: StyleRowsProps) {
  const t = useTranslations('codeEditor')
  return (
    <details open={style.length > 0} className="min-w-0 rounded-control border border-line">
      <summary className="px-4 py-3 text-sm font-semibold">{t('style')}</summary>
      <div className="flex min-w-0 flex-col gap-3 px-4 pb-4">
        <p className="text-sm text-muted">{t('styleHelp')}</p>
        <ol className="flex flex-col gap-4">
          {style.map((row, at) => {
            const set = (part: Partial<Style[number]>) => onChange(style.with(at, { ...row, ...part }))
            const result = resultOf(row.id)
            return (
              <li key={row.id} className="flex min-w-0 flex-col gap-3 rounded-control border border-line p-3">
                <div className="flex flex-wrap items-end gap-3">
                  <LabelledChoice
                    label={t('styleRule', { number: at + 1 })}
                    value={row.rule}
                    options={rules.map(id => ({ id, label: t(`style_${id}`) }))}
                    onChoose={rule => set({ rule, value: rule === 'line_length' ? '79' : '' })}
                    className="min-w-0 flex-1 basis-52"
                  />
                  {row.rule === 'must_use' || row.rule === 'must_not_use' ? (
                    <LabelledText
                      label={t('styleName')}
                      value={row.value}
                      onText={value => set({ value: value.trim() })}
                      maxLength={limits.programPathLength}
                      spellCheck={false}
                      autoCapitalize="off"
                      placeholder="math.sqrt"
                      className="min-w-0 flex-1 basis-40"
                    />
                  ) : null}
                  {row.rule === 'line_length' ? (
                    <NumberField
                      label={t('styleLength')}
                      minValue={20}
                      maxValue={999}
                      step={1}
                      value={Number(row.value)}
                      onChange={most => Number.isNaN(most) || set({ value: String(most) })}
                    />
                  ) : null}
                  <NumberField
                    label={t('worth')}
                    minValue={0}
                    maxValue={1000}
                    value={row.worth}
                    onChange={worth => Number.isNaN(worth) || set({ worth })}
                  />
                  <RemoveRow
                    label={t('removeStyle', { number: at + 1 })}
                    onPress={() => onChange(style.toSpliced(at, 1))}
                  />
                </div>
                {result ? <StyleOutcome rule={row} result={result} onGoTo={onGoTo} /> : null}
              </li>
            )
          })}
        </ol>
        {style.length < limits.styleChecksOfProgram ? (
          <AddRow label={t('addStyle')} onPress={() => onChange([...style, newStyle()])} />
        ) : null}
      </div>
    </details>
  )
}
