'use client'

/** What the open pages of this site, on this device, tell each other about the drafts they write. */

/**
 * Marks a draft as one that an open page is writing, until the answer is called or the page is gone. Without Web Locks
 * (plain HTTP) nothing is marked: the draft is then offered while its page is open, which loses nothing either.
 */
export function holdPage(key: string): () => void {
  if (!navigator.locks) return () => undefined
  let release: () => void = () => undefined
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  void navigator.locks.request(key, () => held)
  return release
}

/** The drafts that open pages are writing. */
export async function openPages(): Promise<Set<string>> {
  if (!navigator.locks) return new Set()
  const { held = [], pending = [] } = await navigator.locks.query()
  return new Set([...held, ...pending].map(({ name }) => name ?? ''))
}

export type Saved = { owner: string; thing: string; base: string; at: string }

const channelName = 'azora-drafts'

/** Tells the other open pages that a thing was saved here. */
export function tellSaved(saved: Saved): void {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage(saved)
  channel.close()
}

/** Calls back when another open page saves something. */
export function whenSaved(heard: (saved: Saved) => void): () => void {
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = event => heard(event.data as Saved)
  return () => channel.close()
}
