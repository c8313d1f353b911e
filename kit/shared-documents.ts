import { mostUpdateBytes } from '@azora/contracts/shared-document.ts'
import { v7 as uuidv7 } from 'uuid'
import { decodeUpdate, ID, Item } from 'yjs'
import type { Database, Queryable } from './db.ts'
import type { Documents } from './documents.ts'
import { AppError } from './errors.ts'
import type { Logger } from './log.ts'
import {
  deleteSharedDocument,
  insertPart,
  lockSharedDocument,
  replaceParts,
  selectParts,
} from './shared-documents.store.ts'
import type { Combined } from './shared-documents-combine.ts'
import { combine } from './shared-documents-in-thread.ts'

/**
 * Documents that several people write at once, as Yjs keeps them. An update is stored as a part of its own before it
 * is acknowledged, so a process that is killed loses nothing that it acknowledged; parts can be merged in any order
 * and any number of times, so no process owns a document and none holds one in memory. When there are many parts, they
 * are replaced by one. See decision 0033.
 */
export type SharedDocuments = {
  /**
   * What somebody does not have yet, and what there is in all.
   * @param stateVector what they have, as Yjs says it; nothing unless given.
   */
  read(organizationId: string, documentId: string, stateVector?: Uint8Array): Promise<Combined>
  /**
   * Keep an update: it is safe once this settles.
   * @throws AppError `invalid_input` for what is no update, `payload_too_large` for too large a one or a full document.
   */
  append(organizationId: string, documentId: string, update: Uint8Array): Promise<void>
  delete(organizationId: string, documentId: string): Promise<void>
}

export type SharedDocumentBounds = {
  mostUpdateBytes: number
  mostDocumentBytes: number
  /** As many parts are merged into one. */
  mostParts: number
}

const standard: SharedDocumentBounds = {
  mostUpdateBytes,
  mostDocumentBytes: 4_000_000,
  mostParts: 64,
}

const collection = 'shared_document_parts'
const mostReads = 5
// Merging is begun at `mostParts`. Where it fails or falls behind, a document is full at as many times that number.
const partsBeforeFull = 8

type Part = { update: string }

export function createSharedDocuments(options: {
  db: Database
  documents: Documents
  log: Logger
  bounds?: SharedDocumentBounds
}): SharedDocuments {
  const { db, documents, log } = options
  const bounds = options.bounds ?? standard
  const merging = new Set<string>()

  /** The parts of a document and what is in them; another process may be replacing them, and then they are read again. */
  async function partsOf(organizationId: string, documentId: string) {
    for (let read = 1; ; read++) {
      const parts = await selectParts(db.in(organizationId), documentId)
      const ids = parts.map(part => part.partId)
      const bodies = await documents.getMany<Part>(organizationId, collection, ids)
      if (bodies.size === parts.length || read === mostReads) {
        const missing = ids.filter(id => !bodies.has(id))
        if (missing.length > 0)
          throw new Error(`Parts of the document ${documentId} are lost: ${missing.join()}.`)
        return { ids, updates: [...bodies.values()].map(part => Buffer.from(part.update, 'base64')) }
      }
    }
  }

  async function store(organizationId: string, update: Uint8Array): Promise<string> {
    const partId = uuidv7()
    await documents.put(organizationId, collection, partId, {
      update: Buffer.from(update).toString('base64'),
    })
    return partId
  }

  /**
   * Store a part, then let `point` make it count; if it refuses to, the part goes again. After any other failure it
   * stays: the commit may have succeeded all the same, and a part too many is harmless.
   */
  async function storeAndPoint<T>(
    organizationId: string,
    update: Uint8Array,
    point: (tx: Queryable, partId: string) => Promise<T>,
  ): Promise<T> {
    const partId = await store(organizationId, update)
    try {
      return await db.in(organizationId).transaction(tx => point(tx, partId))
    } catch (failure) {
      if (failure instanceof AppError || failure instanceof AlreadyMerged)
        await documents.delete(organizationId, collection, [partId])
      throw failure
    }
  }

  /** Replace the parts that there are by one. Those that are added meanwhile stay beside it. */
  async function merge(organizationId: string, documentId: string): Promise<void> {
    const { ids, updates } = await partsOf(organizationId, documentId)
    if (ids.length < 2) return
    const { update: merged } = await combine({ kind: 'compact', updates }, organizationId)
    const replaced = await storeAndPoint(organizationId, merged, async (tx, partId) => {
      await lockSharedDocument(tx, organizationId, documentId)
      const part = { organizationId, documentId, partId, bytes: merged.length }
      if (!(await replaceParts(tx, part, ids))) throw new AlreadyMerged()
      return true
    }).catch(failure => {
      if (failure instanceof AlreadyMerged) return false
      throw failure
    })
    if (replaced) await documents.delete(organizationId, collection, ids)
  }

  function mergeSoon(organizationId: string, documentId: string): void {
    if (merging.has(documentId)) return
    merging.add(documentId)
    merge(organizationId, documentId)
      .catch(failure =>
        log.warn('The parts of a shared document could not be merged', { documentId, failure }),
      )
      .finally(() => merging.delete(documentId))
  }

  return {
    async read(organizationId, documentId, stateVector) {
      const { updates } = await partsOf(organizationId, documentId)
      return combine({ kind: 'read', updates, stateVector: stateVector ?? null }, organizationId)
    },
    async append(organizationId, documentId, update) {
      if (update.length > bounds.mostUpdateBytes) throw new AppError('payload_too_large')
      refuseUnreadable(update)
      const isFull = (bytes: number) => bytes + update.length > bounds.mostDocumentBytes
      const add = () =>
        storeAndPoint(organizationId, update, async (tx, partId) => {
          const { bytes, parts } = await lockSharedDocument(tx, organizationId, documentId)
          if (isFull(bytes) || parts >= bounds.mostParts * partsBeforeFull)
            throw new AppError('payload_too_large')
          await insertPart(tx, { organizationId, documentId, partId, bytes: update.length })
          return parts + 1
        })
      const count = await add().catch(async failure => {
        if (!(failure instanceof AppError && failure.code === 'payload_too_large')) throw failure
        // What was written and deleted again may be all that fills it.
        await merge(organizationId, documentId)
        return add()
      })
      if (count >= bounds.mostParts) mergeSoon(organizationId, documentId)
    },
    async delete(organizationId, documentId) {
      const ids = await db.in(organizationId).transaction(tx => deleteSharedDocument(tx, documentId))
      await documents.delete(organizationId, collection, ids)
    },
  }
}

class AlreadyMerged extends Error {
  override name = 'AlreadyMerged'
}

/**
 * Only what can be read to its end is stored: an update that cannot would break the document for everybody. So would a
 * piece that names itself, or a later one of its own writer, as its neighbour: Yjs reads that and throws when it applies it.
 */
function refuseUnreadable(update: Uint8Array): void {
  let structs: ReturnType<typeof decodeUpdate>['structs']
  try {
    structs = decodeUpdate(update).structs
  } catch (failure) {
    throw new AppError('invalid_input', {}, { cause: failure })
  }
  for (const struct of structs) {
    if (!(struct instanceof Item)) continue
    const { id, origin, rightOrigin, parent } = struct
    for (const neighbour of [origin, rightOrigin, parent instanceof ID ? parent : null])
      if (neighbour?.client === id.client && neighbour.clock >= id.clock) throw new AppError('invalid_input')
  }
}
