import { useCallback, useEffect, useRef, useState } from 'react'

const retryAfterMs = 5_000

/**
 * What becomes of a section at its end: the server is asked for the next one, and without a line again until it answers.
 * @returns whether the time of the section is over while the next is not there, and what to call at its end
 */
export function useSectionEnd(takeEnd: (() => Promise<boolean>) | undefined): [boolean, () => void] {
  const [over, setOver] = useState(false)
  const latest = useRef(takeEnd)
  latest.current = takeEnd
  const begin = useCallback(() => setOver(true), [])
  useEffect(() => {
    if (!over) return
    let here = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      clearTimeout(timer)
      const isHeard = (await latest.current?.()) ?? true
      if (!here) return
      // It asks the same section where more time was given: then it goes on.
      if (isHeard) setOver(false)
      else timer = setTimeout(ask, retryAfterMs)
    }
    void ask()
    addEventListener('online', ask)
    return () => {
      here = false
      clearTimeout(timer)
      removeEventListener('online', ask)
    }
  }, [over])
  return [over, begin]
}
