'use client'
import { useMemo, useSyncExternalStore } from 'react'

function subscribe(changed: () => void) {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

/**
 * What stands behind the # of the address, as names and values. Emails and providers put there what no server and
 * no log is to see. Null while the page is rendered on the server.
 */
export function useFragment(): URLSearchParams | null {
  const text = useSyncExternalStore<string | null>(
    subscribe,
    () => location.hash.slice(1),
    () => null,
  )
  return useMemo(() => (text === null ? null : new URLSearchParams(text)), [text])
}
