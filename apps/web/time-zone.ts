'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** The reader's time zone, by its IANA name; UTC while the server draws the page and does not know it. */
export const useTimeZone = (): string =>
  useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  )
