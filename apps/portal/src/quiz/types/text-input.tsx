import { limits } from '@azora/contracts/limits.ts'
import type { InputHTMLAttributes } from 'react'

type TextInputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> & {
  answer: string | undefined
  onAnswer: (given: string[]) => void
}

/** A typed answer. Nothing on the device corrects or completes it: it would answer in the learner's place. */
export function TextInput({ answer, onAnswer, className = '', ...props }: TextInputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      maxLength={limits.shortTextLength}
      {...props}
      value={answer ?? ''}
      onChange={event => onAnswer(event.target.value === '' ? [] : [event.target.value])}
      className={`min-h-11 rounded-control border border-edge bg-surface px-3 py-2 text-base text-ink disabled:opacity-60 ${className}`}
    />
  )
}
