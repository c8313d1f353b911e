'use client'
import { type MouseEvent, type ReactNode, useRef } from 'react'
import { Icon } from './icon.tsx'

type DrawerProps = {
  /** The button that opens it. */
  trigger: ReactNode
  triggerClassName: string
  title: string
  closeLabel: string
  children: ReactNode
}

/**
 * A panel at the start of the line, over the page. It is the browser's own `<dialog>`, which keeps the focus within
 * and closes on Escape, and so costs a phone nothing of React Aria's overlays.
 */
export function Drawer({ trigger, triggerClassName, title, closeLabel, children }: DrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const open = () => {
    dialog.current?.showModal()
    // A long list opens at where one is.
    dialog.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'center' })
  }
  const closeOutside = (event: MouseEvent) => {
    if (event.target === dialog.current) dialog.current?.close()
  }
  return (
    <>
      <button type="button" className={triggerClassName} onClick={open}>
        {trigger}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own key; the press is for the backdrop. */}
      <dialog
        ref={dialog}
        aria-label={title}
        onClick={closeOutside}
        className="m-0 h-dvh max-h-none w-[min(24rem,88vw)] max-w-none border-e border-line bg-ground p-0 text-ink shadow-float backdrop:bg-[rgb(10_20_20/0.45)]"
      >
        <div className="flex min-h-full flex-col gap-3 p-5">
          <div className="flex items-center justify-between gap-4">
            <p className="text-lg font-bold">{title}</p>
            <button
              type="button"
              aria-label={closeLabel}
              onClick={() => dialog.current?.close()}
              className="-me-2 grid size-11 place-items-center rounded-full text-muted hover:bg-sunken"
            >
              <Icon name="close" />
            </button>
          </div>
          {children}
        </div>
      </dialog>
    </>
  )
}
