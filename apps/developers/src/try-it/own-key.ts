import { useSyncExternalStore } from 'react'

/**
 * The API key that calls from these pages carry. It is kept for this tab alone (sessionStorage) and goes with it; no
 * server sees it but the API, and no other tab does.
 */
const place = 'azora_own_key'

const listeners = new Set<() => void>()

const wellFormed = /^azora_[0-9a-f]{32}_[\w-]{43}$/

/** Whether a text has the shape of an API key. */
export const isKey = (text: string) => wellFormed.test(text.trim())

/** The key of this tab, or null. */
const ownKey = () => sessionStorage.getItem(place)

/** Keeps a key for this tab, or lets go of it. */
export function keepOwnKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(place)
  else sessionStorage.setItem(place, key.trim())
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The key of this tab, or null; draws anew when it changes. */
export const useOwnKey = () => useSyncExternalStore(subscribe, ownKey)

/** Enough of a key to know it again, without what proves the right to it. */
export const shortened = (key: string) => `${key.slice(0, 18)}…`
