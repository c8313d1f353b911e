import {
  applyUpdate,
  Doc,
  diffUpdate,
  encodeStateAsUpdate,
  encodeStateVectorFromUpdate,
  mergeUpdates,
} from 'yjs'

/**
 * What has to be made of the parts of a document: `read` what somebody does not have yet, or `compact` them into one
 * part, without what was deleted.
 */
export type Combining =
  | { kind: 'read'; updates: Uint8Array[]; stateVector: Uint8Array | null }
  | { kind: 'compact'; updates: Uint8Array[] }

/** An update, and what it brings its reader to have. */
export type Combined = { update: Uint8Array; stateVector: Uint8Array }

/** Takes some 20 ms for a megabyte as people write it, far longer for one made to be slow, and cannot be interrupted. */
export function combineHere(job: Combining): Combined {
  if (job.kind === 'compact') {
    const doc = new Doc({ gc: true })
    doc.transact(() => {
      for (const update of job.updates) applyUpdate(doc, update)
    })
    const update = encodeStateAsUpdate(doc)
    return { update, stateVector: encodeStateVectorFromUpdate(update) }
  }
  const whole = mergeUpdates(job.updates)
  const update = job.stateVector ? diffUpdate(whole, job.stateVector) : whole
  return { update, stateVector: encodeStateVectorFromUpdate(whole) }
}
