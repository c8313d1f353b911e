'use client'
import { type ReactNode, useEffect, useRef } from 'react'

type DisclosureProps = {
  summary: ReactNode
  /** Names the summary when it is only an icon. */
  label?: string
  summaryClassName?: string
  panelClassName?: string
  children: ReactNode
}

/**
 * A panel of links below its button: `<details>`, so that it works before and without JavaScript. With it, Escape,
 * a press outside and leaving it by keyboard close it. For a list of actions use Menu.
 */
export function Disclosure({ summary, label, summaryClassName, panelClassName, children }: DisclosureProps) {
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const element = details.current
    if (!element) return
    const close = (event: Event) => {
      if (element.open && !element.contains(event.target as Node)) element.open = false
    }
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !element.open) return
      element.open = false
      element.querySelector('summary')?.focus()
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('focusin', close)
    element.addEventListener('keydown', closeByKey)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('focusin', close)
      element.removeEventListener('keydown', closeByKey)
    }
  }, [])
  return (
    <details ref={details} className="group/details relative">
      <summary
        aria-label={label}
        className={`list-none [&::-webkit-details-marker]:hidden ${summaryClassName ?? ''}`}
      >
        {summary}
      </summary>
      <div
        className={
          panelClassName ??
          'absolute end-0 top-full z-40 mt-2 min-w-60 rounded-card border border-line bg-surface p-2 shadow-float'
        }
      >
        {children}
      </div>
    </details>
  )
}
