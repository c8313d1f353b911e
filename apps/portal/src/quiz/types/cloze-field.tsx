'use client'
import { memo, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useTranslations } from '../../i18n/client.tsx'
import { Html } from '../html.tsx'
import type { FieldProps } from './answer-field.ts'
import { TextInput } from './text-input.tsx'
import { usePlaces } from './use-places.ts'

// Written once: the gaps stand within it, and drawing it anew would take them away.
const Text = memo(Html)

/** A text with its gaps in their places. */
export function ClozeField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'cloze'>) {
  const t = useTranslations('quiz')
  const { gaps } = question.body
  const box = useRef<HTMLFieldSetElement>(null)
  const { html, places } = usePlaces(question.content, box)
  return (
    <fieldset
      ref={box}
      aria-label={t('clozeText')}
      aria-describedby={describedBy}
      className="min-w-0 leading-loose"
    >
      <Text id={labelledBy} html={html} />
      {[...places].map(([number, place]) => {
        const gap = gaps[number - 1]
        if (!gap) return null
        const answer = answers[gap.id]?.[0]
        const field = {
          'aria-label': t('gap', { number }),
          disabled: isDisabled,
          className: 'm-1 inline-block max-w-full align-baseline',
        }
        return createPortal(
          gap.kind === 'inline_choice' ? (
            <select
              {...field}
              value={answer ?? ''}
              onChange={event => onAnswer(gap.id, event.target.value ? [event.target.value] : [])}
              className={`${field.className} min-h-11 rounded-control border border-edge bg-surface px-3 text-base text-ink disabled:opacity-60`}
            >
              <option value="">{t('chooseGap')}</option>
              {gap.options.map(({ id, text }) => (
                <option key={id} value={id}>
                  {text}
                </option>
              ))}
            </select>
          ) : (
            <TextInput
              {...field}
              answer={answer}
              onAnswer={given => onAnswer(gap.id, given)}
              // As wide as what is typed, so that it tells nothing of the answer's length.
              size={Math.min(Math.max((answer ?? '').length + 1, 10), 30)}
            />
          ),
          place,
          gap.id,
        )
      })}
    </fieldset>
  )
}
