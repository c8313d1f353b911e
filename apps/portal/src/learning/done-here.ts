'use client'
import { useSyncExternalStore } from 'react'
import { outboxEvent, rowsThatAre } from '../offline/outbox.ts'

/**
 * The lessons that this device knows to be done before the page shows it: `waiting` to be sent, or `counted`. The
 * outline, the share of the course and the lesson itself read it, so that they agree without loading the page again.
 */
type Done = 'waiting' | 'counted'

let done: ReadonlyMap<string, Done> = new Map()
const listeners = new Set<() => void>()

function set(next: Map<string, Done>) {
  done = next
  for (const listener of listeners) listener()
}

/** Notes that a lesson is done. */
export function noteDone(lessonId: string, how: Done): void {
  if (done.get(lessonId) !== how) set(new Map(done).set(lessonId, how))
}

async function completedThatAre(state: 'waiting' | 'refused'): Promise<Set<string>> {
  const lessons = new Set<string>()
  for (const row of await rowsThatAre(state))
    if (row.kind === 'progress' && row.progress.completed) lessons.add(row.subject)
  return lessons
}

/** Reads what waits on this device, as after an earlier visit without a connection. */
async function readWaiting(): Promise<void> {
  const waiting = await completedThatAre('waiting')
  const refused = await completedThatAre('refused')
  const next = new Map(done)
  // What waited and waits no longer was sent.
  for (const [lessonId, how] of done)
    if (how === 'waiting' && !waiting.has(lessonId)) next.set(lessonId, 'counted')
  for (const lessonId of waiting) next.set(lessonId, 'waiting')
  for (const lessonId of refused) next.delete(lessonId)
  set(next)
}

function subscribe(changed: () => void) {
  if (listeners.size === 0) {
    addEventListener(outboxEvent, reread)
    reread()
  }
  listeners.add(changed)
  return () => {
    listeners.delete(changed)
    if (listeners.size === 0) removeEventListener(outboxEvent, reread)
  }
}

function reread() {
  readWaiting().catch((failure: unknown) => {
    // A private window may have no database; the page then shows what the server told.
    console.warn('What waits on this device could not be read.', failure)
  })
}

const none: ReadonlyMap<string, Done> = new Map()

/** The lessons that are known here to be done. Empty on the server. */
export const useDoneHere = () =>
  useSyncExternalStore(
    subscribe,
    () => done,
    () => none,
  )
