'use client'
import { Checkbox } from '@azora/ui/checkbox.tsx'
import { useTranslations } from '../../../i18n/client.tsx'
import { emptyNumber, type NumericDraft } from '../body-draft.ts'
import { AcceptedAnswers } from './accepted-answers.tsx'
import { LabelledChoice, LabelledText } from './labelled.tsx'

type Props = { body: NumericDraft; survey: boolean; onChange: (body: NumericDraft) => void }

/** The numbers that are accepted, how exact an answer has to be, and its unit. */
export function NumericEditor({ body, survey, onChange }: Props) {
  const t = useTranslations('quizEditor')
  if (survey) return null
  const { answers, unit } = body
  const kinds = (['absolute', 'percent', 'significant_figures'] as const).map(id => ({
    id,
    label: t(`tolerance_${id}`),
  }))
  const changeUnit = (part: Partial<NonNullable<NumericDraft['unit']>>) =>
    onChange({ ...body, unit: { symbol: '', required: true, convertible: true, ...unit, ...part } })
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm font-semibold">{t('accepted')}</legend>
      <AcceptedAnswers
        answers={answers}
        onChange={changed => onChange({ ...body, answers: changed })}
        empty={emptyNumber}
        addLabel={t('addNumber')}
        fields={(answer, number, change) => (
          <>
            <LabelledText
              label={t('acceptedNumber', { number })}
              value={answer.value}
              onText={value => change({ value })}
              maxLength={210}
              className="w-36"
            />
            <LabelledText
              label={t('tolerance')}
              value={answer.tolerance}
              onText={tolerance => change({ tolerance })}
              maxLength={210}
              className="w-28"
            />
            <LabelledChoice
              label={t('toleranceKind')}
              value={answer.toleranceKind}
              options={kinds}
              onChoose={toleranceKind => change({ toleranceKind })}
              className="w-48"
            />
          </>
        )}
      />
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <LabelledText
          label={t('unit')}
          placeholder={t('unitExample')}
          value={unit?.symbol ?? ''}
          onText={symbol => changeUnit({ symbol })}
          maxLength={40}
          className="w-40"
        />
        {unit?.symbol ? (
          <div className="flex flex-col gap-2">
            <Checkbox isSelected={unit.required} onChange={required => changeUnit({ required })}>
              {t('unitRequired')}
            </Checkbox>
            <Checkbox isSelected={unit.convertible} onChange={convertible => changeUnit({ convertible })}>
              {t('unitConvertible')}
            </Checkbox>
          </div>
        ) : null}
      </div>
    </fieldset>
  )
}
