'use client'
import { useTranslations } from '../../../i18n/client.tsx'
import { Labelled, LabelledChoice, LabelledText } from '../types/labelled.tsx'
import { RemoveRow } from '../types/row-buttons.tsx'
import { inputStyle, rowStyle } from '../types/row-style.ts'
import type { ValueDraft } from '../values-draft.ts'

type ValueRowProps = {
  value: ValueDraft
  number: number
  onChange: (part: Partial<ValueDraft>) => void
  onRemove: () => void
}

const kinds = ['number', 'list', 'computed'] as const
const roundings = ['none', 'decimals', 'significant_figures'] as const

/** One value: its name, and what it is drawn or computed from. */
export function ValueRow({ value, number, onChange, onRemove }: ValueRowProps) {
  const t = useTranslations('quizEditor')
  const { kind } = value
  const text = (name: 'from' | 'to' | 'step', className: string) => (
    <LabelledText
      label={t(`value_${name}`)}
      inputMode="decimal"
      value={value[name]}
      maxLength={20}
      onText={typed => onChange({ [name]: typed })}
      className={className}
    />
  )
  return (
    <fieldset aria-label={t('valueTitle', { number })} className={rowStyle}>
      <LabelledText
        label={t('valueName')}
        value={value.name}
        maxLength={20}
        autoCapitalize="none"
        spellCheck={false}
        onText={name => onChange({ name })}
        className="w-20"
      />
      <LabelledChoice
        label={t('valueKind')}
        value={kind}
        options={kinds.map(id => ({ id, label: t(`value_${id}`) }))}
        onChoose={chosen => onChange({ kind: chosen })}
        className="w-44"
      />
      {kind === 'number' ? (
        <>
          {text('from', 'w-20')}
          {text('to', 'w-20')}
          {text('step', 'w-20')}
          <LabelledText
            label={t('valueExcept')}
            placeholder="0; 1"
            value={value.except}
            maxLength={200}
            onText={except => onChange({ except })}
            className="w-28"
          />
        </>
      ) : kind === 'list' ? (
        <Labelled label={t('valueList')} className="min-w-40 flex-1">
          <textarea
            rows={3}
            value={value.values}
            onChange={event => onChange({ values: event.target.value })}
            className={inputStyle}
          />
        </Labelled>
      ) : (
        <>
          <LabelledText
            label={t('valueExpression')}
            placeholder="2*a + b"
            value={value.expression}
            maxLength={200}
            autoCapitalize="none"
            spellCheck={false}
            onText={expression => onChange({ expression })}
            className="min-w-40 flex-1"
          />
          <LabelledChoice
            label={t('valueRounding')}
            value={value.rounding}
            options={roundings.map(id => ({ id, label: t(`rounding_${id}`) }))}
            onChoose={rounding => onChange({ rounding })}
            className="w-48"
          />
          {value.rounding === 'none' ? null : (
            <LabelledText
              label={t('valueDigits')}
              inputMode="numeric"
              value={value.digits}
              maxLength={2}
              onText={digits => onChange({ digits })}
              className="w-20"
            />
          )}
        </>
      )}
      <RemoveRow label={t('removeValue', { number })} onPress={onRemove} />
    </fieldset>
  )
}
