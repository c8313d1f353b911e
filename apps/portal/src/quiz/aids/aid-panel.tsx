'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from 'react-aria-components/Button'

/** Closes the panel that is open: two would lie over each other. */
let closeOpen: (() => void) | null = null

type AidPanelProps = { title: string; closeLabel: string; onClose: () => void; children: ReactNode }

/** A panel beside the questions, which stay readable and can be answered: on a phone it leaves them the upper part. */
export function AidPanel({ title, closeLabel, onClose, children }: AidPanelProps) {
  const titleId = useId()
  const panel = useRef<HTMLElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  }, [onClose])
  useEffect(() => {
    const opener = document.activeElement
    closeOpen?.()
    const closeThis = () => close.current()
    closeOpen = closeThis
    panel.current?.focus()
    return () => {
      if (closeOpen === closeThis) closeOpen = null
      // Back to where the keyboard was, unless the learner has moved on to a question.
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-labelledby={titleId}
      onKeyDown={event => {
        if (event.key === 'Escape') onClose()
      }}
      className="fixed inset-x-0 bottom-0 z-30 flex max-h-[60dvh] flex-col gap-2 rounded-t-card border border-line bg-surface p-4 shadow-float outline-none sm:inset-x-auto sm:end-6 sm:bottom-6 sm:max-h-[80dvh] sm:w-96 sm:rounded-card"
    >
      <div className="flex items-center justify-between gap-4">
        <h2 id={titleId} className="text-lg font-bold">
          {title}
        </h2>
        <Button
          aria-label={closeLabel}
          onPress={onClose}
          className="-me-2 -mt-1 grid size-11 place-items-center rounded-full text-muted hover:bg-sunken"
        >
          <Icon name="close" />
        </Button>
      </div>
      <div className="-mx-1 overflow-y-auto px-1 pb-1">{children}</div>
    </section>
  )
}
