'use client'
import { useEffect } from 'react'

declare global {
  interface Window {
    /** As early-press.tsx leaves it. */
    earlyPress?: { hear: (event: Event) => void; pressed?: HTMLElement; event?: Event }
  }
}

/** Presses what was pressed before the page was alive. Stands after everything that can be pressed: effects run in that order. */
export function PressAgain() {
  useEffect(() => {
    const { earlyPress } = window
    if (!earlyPress) return
    delete window.earlyPress
    removeEventListener('click', earlyPress.hear, true)
    const { pressed, event } = earlyPress
    pressed?.removeAttribute('data-pressed-early')
    // A press that is still under way made React hurry, which hands it on by itself.
    if (pressed?.isConnected && event?.eventPhase === Event.NONE) pressed.click()
  }, [])
  return null
}
