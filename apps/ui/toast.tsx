'use client'
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { Notice, type NoticeTone } from './notice.tsx'

type Say = (message: string, tone?: NoticeTone) => void
const ToastContext = createContext<Say>(() => undefined)

// Long enough to read twice; errors stay until the next message (WCAG 2.2.1).
const shownForMs = 7000

/** Holds the messages that appear at the bottom of the screen. Stands once, around what may speak. */
export function ToastRegion({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<{ message: string; tone: NoticeTone } | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const say = useCallback<Say>((message, tone = 'success') => {
    clearTimeout(timer.current)
    setToast({ message, tone })
    if (tone !== 'error') timer.current = setTimeout(() => setToast(null), shownForMs)
  }, [])
  return (
    <ToastContext value={say}>
      {children}
      <div
        aria-live="polite"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex justify-center print:hidden"
      >
        {toast ? (
          <div className="max-w-md rounded-control shadow-float">
            <Notice tone={toast.tone}>{toast.message}</Notice>
          </div>
        ) : null}
      </div>
    </ToastContext>
  )
}

/** Says a short message to the person, seen and heard. Needs a ToastRegion above. */
export const useToast = () => useContext(ToastContext)
