import { useRoom } from '@azora/web/rooms/use-room.ts'
import { useEffect, useRef } from 'react'

const renewEveryMs = 3000
// Told when something happens, the page asks then; the rest is for what may not have been told.
const renewRarelyMs = 30_000
const soonestMs = 300

/** Renews the list when something happens; where that is not told, again and again. */
export function useRenewal(
  paused: boolean,
  renew: () => Promise<boolean>,
  onLost: (lost: boolean) => void,
): void {
  const latest = useRef(renew)
  latest.current = renew
  const heard = useRef(0)
  const wake = useRef(() => {})
  const live = useRoom('operations', {}, null, () => {
    heard.current += 1
    wake.current()
  })
  useEffect(() => {
    if (paused) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    const wait = (ms: number) => {
      timer = setTimeout(again, ms)
      wake.current = () => {
        clearTimeout(timer)
        timer = setTimeout(again, soonestMs)
        wake.current = () => {}
      }
    }
    const again = async () => {
      wake.current = () => {}
      const before = heard.current
      // A page in the background asks for nothing.
      if (document.visibilityState === 'visible') onLost(!(await latest.current()))
      if (!left) wait(heard.current > before ? soonestMs : live ? renewRarelyMs : renewEveryMs)
    }
    wait(live ? soonestMs : renewEveryMs)
    return () => {
      left = true
      wake.current = () => {}
      clearTimeout(timer)
    }
  }, [paused, live, onLost])
}
