'use client'
import { useEffect, useState } from 'react'
import { call } from '../../lib/api.browser.ts'

/** A lease is for a minute: one that is lost on the way does no harm. */
const everyMs = 20_000
const none: ReadonlySet<string> = new Set()

/**
 * The answers of the quiz that other markers have open. While one is open here and the page is seen, the service is
 * told so; a page in the background is not marking.
 */
export function useOpenElsewhere(answerId: string | null): ReadonlySet<string> {
  const [elsewhere, setElsewhere] = useState(none)
  useEffect(() => {
    if (answerId === null) return
    let left = false
    const hold = () => {
      if (document.hidden) return
      // It is a sign and no more: without it marking goes on.
      call('assessment.holdAnswer', { answerId })
        .then(({ openElsewhere }) => {
          if (!left) setElsewhere(new Set(openElsewhere))
        })
        .catch(() => {})
    }
    hold()
    const timer = setInterval(hold, everyMs)
    document.addEventListener('visibilitychange', hold)
    return () => {
      left = true
      clearInterval(timer)
      document.removeEventListener('visibilitychange', hold)
    }
  }, [answerId])
  return elsewhere
}
