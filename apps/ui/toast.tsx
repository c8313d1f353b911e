'use client'
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { Icon } from './icon.tsx'
import { Notice, type NoticeTone } from './notice.tsx'

type Say = (message: string, tone?: NoticeTone) => void
const ToastContext = createContext<Say>(() => undefined)

// Long enough to read twice. Errors stay until they are closed or another message comes (WCAG 2.2.1).
const shownForMs = 7000

/** Holds the messages that appear at the bottom of the screen. Stands once, around what may speak. */
export function ToastRegion({ closeLabel, children }: { closeLabel: string; children: ReactNode }) {
  const [toast, setToast] = useState<{ message: string; tone: NoticeTone } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const say = useCallback<Say>((message, tone = 'success') => {
    clearTimeout(timer.current)
    setToast({ message, tone })
    if (tone !== 'error') timer.current = setTimeout(() => setToast(null), shownForMs)
  }, [])
  const close = useCallback(() => {
    clearTimeout(timer.current)
    setToast(null)
  }, [])
  const wait = () => clearTimeout(timer.current)
  const goOn = () => {
    if (toast && toast.tone !== 'error') timer.current = setTimeout(close, shownForMs)
  }
  return (
    <ToastContext value={say}>
      {children}
      <div
        aria-live="polite"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex justify-center print:hidden"
      >
        {toast ? (
          // Under the pointer it stays, for who reads slowly or is about to close it.
          <div
            className="pointer-events-auto flex max-w-md items-start rounded-control shadow-float"
            onPointerEnter={wait}
            onPointerLeave={goOn}
          >
            <Notice tone={toast.tone}>
              <span className="flex items-start gap-3">
                <span className="min-w-0 flex-1">{toast.message}</span>
                <button
                  type="button"
                  aria-label={closeLabel}
                  onClick={close}
                  className="-my-2 -me-2 grid size-10 shrink-0 place-items-center rounded-full hover:bg-ink/10"
                >
                  <Icon name="close" className="size-4!" />
                </button>
              </span>
            </Notice>
          </div>
        ) : null}
      </div>
    </ToastContext>
  )
}

/** Says a short message to the person, seen and heard. Needs a ToastRegion above. */
export const useToast = () => useContext(ToastContext)
