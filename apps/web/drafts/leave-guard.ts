'use client'

/**
 * Asks before what was typed is left behind: by a link in the page, by the browser's buttons, by closing the tab.
 * One listener for the page; every editor adds a guard, and the first that holds something unsaved is the one to ask.
 */
export type Guard = {
  isDirty: () => boolean
  /** Opens the question; `leave` goes where the person wanted, `stay` is called when they remain. */
  ask: (leave: () => void, stay: () => void) => void
}

const guards = new Set<Guard>()
let leaving = false
// Long enough for a page to go; after it a link that led nowhere, such as a download, leaves the guard as it was.
const leavingForMs = 3000

/** The guard that must be asked now, or undefined when nothing is unsaved or leaving was agreed to. */
export const dirtyGuard = () => (leaving ? undefined : [...guards].find(guard => guard.isDirty()))

/** Lets the next navigation pass without a question. */
export function allowLeaving(): void {
  leaving = true
  setTimeout(() => {
    leaving = false
  }, leavingForMs)
}

/** Adds a guard; the answer removes it. */
export function addGuard(guard: Guard): () => void {
  if (guards.size === 0) {
    document.addEventListener('click', clicked, true)
    addEventListener('beforeunload', unloading)
  }
  guards.add(guard)
  return () => {
    guards.delete(guard)
    if (guards.size > 0) return
    document.removeEventListener('click', clicked, true)
    removeEventListener('beforeunload', unloading)
  }
}

function unloading(event: BeforeUnloadEvent) {
  if (dirtyGuard()) event.preventDefault()
}

function clicked(event: MouseEvent) {
  const link = (event.target as Element | null)?.closest?.('a')
  if (!link || !leadsAway(link, event)) return
  const guard = dirtyGuard()
  if (!guard) return
  event.preventDefault()
  event.stopPropagation()
  guard.ask(
    () => {
      allowLeaving()
      if (link.isConnected) link.click()
      else location.assign(link.href)
    },
    () => link.focus(),
  )
}

function leadsAway(link: HTMLAnchorElement, event: MouseEvent): boolean {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false
  if (!link.href || link.hasAttribute('download') || (link.target && link.target !== '_self')) return false
  const to = new URL(link.href)
  if (!/^https?:$/.test(to.protocol)) return false
  const samePage =
    to.origin === location.origin && to.pathname === location.pathname && to.search === location.search
  return !(samePage && to.hash)
}
