'use client'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { QuestionDraft, Scoring } from './question-draft.ts'
import { Labelled } from './types/labelled.tsx'
import { inputStyle } from './types/row-style.ts'

/** Types whose answer has one part: it is right or not, whatever the scheme. */
const onePart: QuestionDraft['type'][] = ['single_choice', 'true_false', 'short_text', 'numeric', 'formula']

type ScoringFieldsProps = { question: QuestionDraft; onChange: (scoring: Scoring) => void }

/** How a question is scored: in part or whole, and what a wrong answer costs. */
export function ScoringFields({ question, onChange }: ScoringFieldsProps) {
  const t = useTranslations('quizEditor')
  const { scoring } = question
  const change = (part: Partial<Scoring>) => onChange({ ...scoring, ...part })
  return (
    <details open={scoring.wrongCosts > 0} className="rounded-control border border-line">
      <summary className="px-4 py-3 text-sm font-semibold">{t('scoring')}</summary>
      <div className="flex flex-col gap-4 px-4 pb-4">
        {onePart.includes(question.type) ? null : (
          <Checkbox isSelected={scoring.partial} onChange={partial => change({ partial })}>
            {t(question.type === 'multiple_choice' ? 'partialChoice' : 'partial')}
          </Checkbox>
        )}
        <Labelled label={t('wrongCosts')} className="max-w-64">
          <input
            type="number"
            min={0}
            max={100}
            step={1}
            value={scoring.wrongCosts}
            onChange={event => {
              const cost = Math.round(event.target.valueAsNumber)
              change({ wrongCosts: Number.isNaN(cost) ? 0 : Math.min(Math.max(cost, 0), 100) })
            }}
            className={`${inputStyle} tabular-nums`}
          />
        </Labelled>
        {scoring.wrongCosts > 0 ? (
          <Checkbox isSelected={scoring.belowZero} onChange={belowZero => change({ belowZero })}>
            {t('belowZero')}
          </Checkbox>
        ) : null}
      </div>
    </details>
  )
}
