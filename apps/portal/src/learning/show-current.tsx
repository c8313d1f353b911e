'use client'
import { useEffect, useRef } from 'react'

/** Scrolls the list around it, and nothing else, so that the current lesson is in sight. */
export function ShowCurrent() {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const list = place.current?.parentElement
    const current = list?.querySelector('[aria-current=page]')
    if (!list || !current) return
    const { top } = list.getBoundingClientRect()
    const at = current.getBoundingClientRect()
    list.scrollTop += at.top - top - (list.clientHeight - at.height) / 2
  }, [])
  return <span ref={place} hidden />
}
