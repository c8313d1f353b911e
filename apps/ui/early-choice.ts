'use client'
import { type RefObject, useEffect, useRef } from 'react'

/**
 * A checkbox or radio button that keeps what was chosen before the page was alive. On a slow line that is seconds, and
 * without this the next drawing would show again what the server had sent. @returns a ref of its input
 */
export function useEarlyChoice(): RefObject<HTMLInputElement | null> {
  const ref = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const input = ref.current
    // `defaultChecked` is what was drawn. Of radio buttons the one that is chosen now speaks for all.
    if (!input || input.checked === input.defaultChecked || (input.type === 'radio' && !input.checked)) return
    // As if it were pressed now, so that what holds the choice hears of it, be that the field, a group or a page.
    input.checked = input.defaultChecked
    input.click()
  }, [])
  return ref
}
