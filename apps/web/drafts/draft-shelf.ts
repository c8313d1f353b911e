import { draftPrefix } from '../offline/caches.ts'

/**
 * Copies of what is being written, on this device, against a power cut, a closed window or a wrong click. A key names
 * the account, the thing that is written (`quiz:<id>`) and the open page that writes it, so that two tabs on one thing
 * never overwrite each other. All of it goes when someone signs out (`offline/forget.ts`).
 */
export type Draft<T> = {
  /** When it was kept, as an ISO time. */
  at: string
  /** What the server held when the writing began, to tell whether it changed since. */
  base: string
  value: T
}

export type KeptDraft<T> = Draft<T> & { key: string }

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

// A text that nobody came back to for a month is no longer being written.
const keptForMs = 30 * 24 * 60 * 60 * 1000

/** The key of what one open page writes. `page` is any text that no other open page uses. */
export const draftKey = (owner: string, thing: string, page: string) =>
  `${draftPrefix}${owner}:${thing}:${page}`

/** Keeps a draft. Answers whether it could: a full or forbidden storage keeps nothing, and the page must say so. */
export function keepDraft<T>(shelf: Shelf, key: string, draft: Draft<T>): boolean {
  try {
    shelf.setItem(key, JSON.stringify(draft))
    return true
  } catch (failure) {
    if (failure instanceof DOMException) return false
    throw failure
  }
}

export const forgetDraft = (shelf: Shelf, key: string) => shelf.removeItem(key)

/**
 * What was left unsaved of a thing, newest first. Leaves out what an open page is still writing (`isOpen`), and throws
 * away what is too old or what `isValue` does not know, such as drafts of an older version of a page.
 */
export function keptDrafts<T>(
  shelf: Shelf,
  owner: string,
  thing: string,
  isValue: (value: unknown) => value is T,
  isOpen: (key: string) => boolean,
  now = Date.now(),
): KeptDraft<T>[] {
  const mine = draftKey(owner, thing, '')
  const keys = Array.from({ length: shelf.length }, (_, at) => shelf.key(at)).filter(key => key !== null)
  const found: KeptDraft<T>[] = []
  for (const key of keys.filter(name => name.startsWith(mine) && !isOpen(name))) {
    const draft = read(shelf.getItem(key))
    if (draft && isValue(draft.value) && now - Date.parse(draft.at) < keptForMs)
      found.push({ key, at: draft.at, base: draft.base, value: draft.value })
    else forgetDraft(shelf, key)
  }
  return found.sort((a, b) => b.at.localeCompare(a.at))
}

function read(text: string | null): Draft<unknown> | null {
  try {
    const draft = JSON.parse(text ?? 'null') as Partial<Draft<unknown>> | null
    if (!draft || typeof draft.base !== 'string' || Number.isNaN(Date.parse(draft.at ?? ''))) return null
    return draft as Draft<unknown>
  } catch (failure) {
    if (failure instanceof SyntaxError) return null
    throw failure
  }
}
