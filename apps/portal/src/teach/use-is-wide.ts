'use client'
import { useSyncExternalStore } from 'react'

const wide = '(min-width: 64rem)'
const watchWidth = (changed: () => void) => {
  const query = matchMedia(wide)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** Whether there is room for a sheet of many columns. */
export const useIsWide = (): boolean =>
  useSyncExternalStore(
    watchWidth,
    () => matchMedia(wide).matches,
    () => true,
  )
