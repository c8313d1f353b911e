import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { enter, say, type TestSocket } from './realtime-fixture.ts'

/** Somebody who writes in a shared document, as a page would, for the tests. */

const fromOthers = Symbol('from others')
const bytes = (given: unknown) => new Uint8Array(given as ArrayBuffer)

export async function openEditor(socket: TestSocket, room: { name: string }, documentId: string) {
  const doc = new Doc()
  const awareness = new Awareness(doc)
  const keys = { documentId }
  const kept: Promise<unknown>[] = []
  const ask = (event: string, message: object) => say(socket, room, keys, event, message)
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== fromOthers) kept.push(ask('update', { update }))
  })
  awareness.on('update', ({ added, updated, removed }: Record<string, number[]>, origin: unknown) => {
    if (origin === fromOthers) return
    const clients = [...(added ?? []), ...(updated ?? []), ...(removed ?? [])]
    void ask('awareness', { awareness: encodeAwarenessUpdate(awareness, clients) })
  })
  socket.on('told', ({ event, payload }) => {
    const item = payload as Record<string, unknown>
    if (event === 'update') applyUpdate(doc, bytes(item.update), fromOthers)
    if (event === 'awareness') applyAwarenessUpdate(awareness, bytes(item.awareness), fromOthers)
  })

  /** Enter, or enter again: exchange what one has and the other does not. */
  async function sync(): Promise<void> {
    const entered = await enter(socket, room, keys)
    if (typeof entered === 'string') throw new Error(entered)
    const answer = await ask('sync', { stateVector: encodeStateVector(doc) })
    if (typeof answer === 'string') throw new Error(answer)
    const { update, stateVector } = answer as { update: unknown; stateVector: unknown }
    applyUpdate(doc, bytes(update), fromOthers)
    const missing = encodeStateAsUpdate(doc, bytes(stateVector))
    if (missing.length > 2) kept.push(ask('update', { update: missing }))
  }

  await sync()
  return {
    doc,
    text: doc.getText('text'),
    awareness,
    sync,
    /** The answers to all that was written so far. */
    kept: () => Promise.all(kept),
    close: () => awareness.destroy(),
  }
}
