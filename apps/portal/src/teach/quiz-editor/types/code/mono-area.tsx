'use client'
import { useId } from 'react'
import { inputStyle } from '../row-style.ts'

type MonoAreaProps = {
  label: string
  value: string
  onText: (text: string) => void
  maxLength?: number
  rows?: number
}

/** Text as a program reads and prints it: each character as wide as the other, and lines as they are. */
export function MonoArea({ label, value, onText, maxLength, rows = 3 }: MonoAreaProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      <textarea
        id={id}
        value={value}
        onChange={event => onText(event.target.value)}
        maxLength={maxLength}
        rows={rows}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        className={`${inputStyle} field-sizing-content max-h-60 font-mono text-sm leading-relaxed`}
      />
    </div>
  )
}
