'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { HintDraft } from './question-draft.ts'
import { Labelled } from './types/labelled.tsx'
import { AddRow, RemoveRow } from './types/row-buttons.tsx'
import { inputStyle } from './types/row-style.ts'

type HintRowsProps = { hints: HintDraft[]; onChange: (hints: HintDraft[]) => void }

const defaultCost = 10

/** The hints of a question, in the order in which learners take them, and what each costs. */
export function HintRows({ hints, onChange }: HintRowsProps) {
  const t = useTranslations('quizEditor')
  const change = (at: number, part: Partial<HintDraft>) =>
    onChange(hints.map((hint, i) => (i === at ? { ...hint, ...part } : hint)))
  const move = (at: number, to: number) =>
    onChange(hints.with(at, hints[to] as HintDraft).with(to, hints[at] as HintDraft))
  const add = () => onChange([...hints, { key: crypto.randomUUID(), content: '', costPercent: defaultCost }])
  return (
    <details open={hints.length > 0} className="rounded-control border border-line">
      <summary className="px-4 py-3 text-sm font-semibold">{t('hints')}</summary>
      <div className="flex flex-col gap-4 px-4 pb-4">
        <p className="text-sm text-muted">{t('hintsHelp')}</p>
        {hints.map((hint, at) => {
          const number = at + 1
          return (
            <div key={hint.key} className="flex flex-col gap-3 rounded-control border border-line p-3">
              <TextArea
                label={t('hint', { number })}
                value={hint.content}
                onChange={content => change(at, { content })}
                rows={2}
              />
              <div className="flex flex-wrap items-end justify-between gap-3">
                <Labelled label={t('hintCost', { number })} className="w-40">
                  <input
                    type="number"
                    min={0}
                    max={100}
                    step={1}
                    value={hint.costPercent}
                    onChange={event => {
                      const cost = Math.round(event.target.valueAsNumber)
                      change(at, { costPercent: Number.isNaN(cost) ? 0 : Math.min(Math.max(cost, 0), 100) })
                    }}
                    className={`${inputStyle} tabular-nums`}
                  />
                </Labelled>
                <div className="flex">
                  <Button
                    variant="quiet"
                    size="small"
                    aria-label={t('hintUp', { number })}
                    isDisabled={at === 0}
                    onPress={() => move(at, at - 1)}
                  >
                    <Icon name="up" />
                  </Button>
                  <Button
                    variant="quiet"
                    size="small"
                    aria-label={t('hintDown', { number })}
                    isDisabled={number === hints.length}
                    onPress={() => move(at, at + 1)}
                  >
                    <Icon name="down" />
                  </Button>
                  <RemoveRow
                    label={t('removeHint', { number })}
                    onPress={() => onChange(hints.filter((_, i) => i !== at))}
                  />
                </div>
              </div>
            </div>
          )
        })}
        {hints.length < limits.hintsOfQuestion ? <AddRow label={t('addHint')} onPress={add} /> : null}
      </div>
    </details>
  )
}
