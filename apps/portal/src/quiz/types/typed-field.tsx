'use client'
import type { FieldProps } from './answer-field.ts'
import { TextInput } from './text-input.tsx'

/**
 * A short text, or a number as one writes it. The keys for numbers of some phones have no minus, so all keys are shown.
 */
export function TypedField({
  question,
  answers,
  onAnswer,
  isDisabled,
  labelledBy,
  describedBy,
}: FieldProps<'short_text' | 'numeric'>) {
  return (
    <TextInput
      answer={answers[question.id]?.[0]}
      onAnswer={given => onAnswer(question.id, given)}
      disabled={isDisabled}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className={question.type === 'numeric' ? 'w-full max-w-56 tabular-nums' : 'w-full max-w-xl'}
    />
  )
}
