'use client'
import {
  type Confidence,
  confidenceShare,
  confidences,
} from '@azora/contracts/assessment/confidence-shares.ts'
import { Radio, RadioGroup } from '@azora/ui/radio-group.tsx'
import { useLocale, useTranslations } from '../i18n/client.tsx'

type ConfidenceFieldProps = {
  points: number
  /** Whether it counts: then each choice says what it earns and costs. */
  counted: boolean
  level: number | undefined
  onRate: (level: number) => void
  isDisabled: boolean
}

/** How sure a learner is of an answer. */
export function ConfidenceField({ points, counted, level, onRate, isDisabled }: ConfidenceFieldProps) {
  const t = useTranslations('quiz')
  const signed = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 2, signDisplay: 'exceptZero' })
  const told = (confidence: Confidence, right: boolean) =>
    signed.format(points * confidenceShare(confidence, right))
  return (
    <RadioGroup
      label={t('confidence')}
      description={t(counted ? 'confidenceCounts' : 'confidenceShown')}
      value={level === undefined ? null : String(level)}
      onChange={value => onRate(Number(value))}
      isDisabled={isDisabled}
    >
      <div className="grid gap-2 sm:grid-cols-3">
        {confidences.map(confidence => (
          <Radio key={confidence} value={String(confidence)} card>
            <span className="font-semibold">{t(`confidence_${confidence}`)}</span>
            {counted ? (
              <span className="block text-sm text-muted">
                {t('confidenceEarns', { right: told(confidence, true), wrong: told(confidence, false) })}
              </span>
            ) : null}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
