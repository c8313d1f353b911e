'use client'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { typedScore } from './typed-score.ts'

type ScoreFieldProps = {
  label: string
  initial: string
  /** What is there already: to leave it as it is changes nothing. */
  kept: string
  className: string
  autoFocus?: boolean
  /** Answers whether it was taken; else it stays as it was typed. */
  onScore: (score: number | null, leave: Leave) => void
  onFault: () => void
  onCancel?: () => void
}

/** Where the focus goes afterwards. */
export type Leave = 'down' | 'next' | 'before' | 'stay'

/** A score that is typed into a cell. Enter and Tab take it and lead on; Escape leaves it as it was. */
export function ScoreField({
  label,
  initial,
  kept,
  className,
  autoFocus,
  onScore,
  onFault,
  onCancel,
}: ScoreFieldProps) {
  const [text, setText] = useState(initial)
  const [faulty, setFaulty] = useState(false)
  // What was taken is not taken a second time when the field is left.
  const taken = useRef(kept)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // What is typed next comes behind the key that opened the field.
    if (autoFocus) input.current?.setSelectionRange(initial.length, initial.length)
  }, [autoFocus, initial])
  const take = (leave: Leave) => {
    if (leave === 'stay' && text === taken.current) return onCancel?.()
    const score = typedScore(text)
    setFaulty(score === undefined)
    if (score === undefined) return onFault()
    taken.current = text
    onScore(score, leave)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take('down')
    else if (event.key === 'Tab' && onCancel) take(event.shiftKey ? 'before' : 'next')
    else if (event.key === 'Escape' && onCancel) {
      taken.current = text
      onCancel()
    } else {
      event.stopPropagation()
      return
    }
    event.stopPropagation()
    event.preventDefault()
  }
  return (
    <input
      ref={input}
      aria-label={label}
      aria-invalid={faulty || undefined}
      // biome-ignore lint/a11y/noAutofocus: the cell was opened to type in it.
      autoFocus={autoFocus}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      onChange={event => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => take('stay')}
      className={`${className} ${faulty ? 'outline-2 outline-bad' : ''}`}
    />
  )
}
