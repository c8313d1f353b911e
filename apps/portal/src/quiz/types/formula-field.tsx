'use client'
import { readFormula } from '@azora/contracts/assessment/formula/read-formula.ts'
import { useId } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { Html } from '../html.tsx'
import type { FieldProps } from './answer-field.ts'
import { mathmlOf } from './formula-mathml.ts'
import { TextInput } from './text-input.tsx'

/** A formula as one types it, and below it how it is understood: what is marked is what is drawn. */
export function FormulaField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'formula'>) {
  const t = useTranslations('quiz')
  const helpId = useId()
  const { variables, functions } = question.body
  const answer = answers[question.id]?.[0]
  const read = answer?.trim() ? readFormula(answer, { variables, functions }) : null
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <TextInput
        answer={answer}
        onAnswer={given => onAnswer(question.id, given)}
        disabled={isDisabled}
        aria-labelledby={labelledBy}
        aria-describedby={`${describedBy} ${helpId}`}
        className="w-full max-w-xl"
      />
      <p id={helpId} className="text-sm text-muted">
        {t('formulaHelp', {
          names: [...variables, ...functions.map(name => `${name}()`)].join(', ') || '0–9',
        })}
      </p>
      <div role="status" className="min-h-12 max-w-xl overflow-x-auto rounded-control bg-sunken px-4 py-2.5">
        {read === null ? (
          <span className="text-sm text-muted">{t('formulaEmpty')}</span>
        ) : 'formula' in read ? (
          <div className="flex flex-wrap items-center gap-x-3 text-lg">
            <span className="text-sm text-muted">{t('formulaRead')}</span>
            <Html html={mathmlOf(read.formula)} />
          </div>
        ) : (
          <span className="text-sm font-medium text-amber-ink">
            {'name' in read ? t('formulaUnknown', { name: read.name }) : t('formulaUnread')}
          </span>
        )}
      </div>
    </div>
  )
}
