'use client'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

type Given = { value?: string; defaultValue?: string; onChange?: (text: string) => void }

type Held<E> = {
  /** Of the element that holds the text. */
  ref: RefObject<E | null>
  value: string
  onChange(text: string): void
}

/**
 * The text of a field, with what was typed before the page was alive. On a slow line that is seconds, and without this
 * the next drawing of the field would write over it what the server had sent.
 */
export function useEarlyText<E extends HTMLInputElement | HTMLTextAreaElement>(given: Given): Held<E> {
  const [own, setOwn] = useState(given.defaultValue ?? '')
  const ref = useRef<E>(null)
  const value = given.value ?? own
  const onChange = (text: string) => {
    if (given.value === undefined) setOwn(text)
    given.onChange?.(text)
  }
  const first = useRef({ value, onChange })
  useLayoutEffect(() => {
    const typed = ref.current?.value
    if (typed !== undefined && typed !== first.current.value) first.current.onChange(typed)
  }, [])
  return { ref, value, onChange }
}
