import { draftPrefix } from '@azora/web/offline/caches.ts'

/**
 * A copy of what is being written, on this device, against a power cut or a closed window. One per lesson and
 * account; gone once it is saved.
 */
export type Draft<T> = {
  /** What the server held when the writing began, to tell whether it changed since. */
  base: string
  value: T
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (id: string) => `${draftPrefix}${id}`

/** Keeps a draft. Answers whether it could: a full or forbidden storage keeps nothing, and the page must say so. */
export function keepDraft<T>(shelf: Shelf, id: string, draft: Draft<T>): boolean {
  try {
    shelf.setItem(keyOf(id), JSON.stringify(draft))
    return true
  } catch (failure) {
    if (failure instanceof DOMException) return false
    throw failure
  }
}

/** The draft of this id, or null. `isValue` guards against what an older version of this page kept. */
export function keptDraft<T>(
  shelf: Shelf,
  id: string,
  isValue: (value: unknown) => value is T,
): Draft<T> | null {
  const kept = shelf.getItem(keyOf(id))
  if (kept === null) return null
  try {
    const draft = JSON.parse(kept) as { base?: unknown; value?: unknown }
    if (typeof draft.base === 'string' && isValue(draft.value))
      return { base: draft.base, value: draft.value }
  } catch (failure) {
    if (!(failure instanceof SyntaxError)) throw failure
  }
  forgetDraft(shelf, id)
  return null
}

export function forgetDraft(shelf: Shelf, id: string): void {
  shelf.removeItem(keyOf(id))
}
