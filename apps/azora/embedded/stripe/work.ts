import { missing } from './failure.ts'
import type { Kind, Objects } from './objects.ts'
import type { Store } from './store.ts'

/** What a handler stands on: the transaction of one request, or of work whose time has come. */
export type Work = {
  store: Store
  /** In seconds, as Stripe counts. */
  now: number
  /** Where browsers reach the sandbox's pages, without a trailing slash. */
  pagesUrl: string
  /** Who asked; nothing of work that nobody asked for just now. */
  request: { id: string | null; idempotencyKey: string | null }
}

/** @throws StripeFailure when there is none. */
export function need<K extends Kind>(work: Work, kind: K, id: string, param: string): Objects[K] {
  const found = work.store.find(kind, id)
  if (!found || work.store.hidden(id).deleted) throw missing(kind, id, param)
  return found
}
