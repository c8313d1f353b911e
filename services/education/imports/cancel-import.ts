import type { Actor } from '@azora/kit/identity.ts'
import { cancel, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { removeBlobsTask } from '../storage/remove-blobs.ts'
import { cartridgeBlobKey } from './import-cartridge.ts'
import { cancelled } from './import-failure.ts'
import { importMoved } from './import-moved.ts'
import { failImport, selectOptionalImport } from './imports.store.ts'
import { importKey, readImport } from './start-import.ts'
import { takeBackImportTask } from './take-back-import.ts'

/**
 * End an import that waits or runs: no course is made of it, and what it stored is removed. One that has ended stays as
 * it is. @throws AppError `not_found`.
 */
export async function cancelImport(
  { db, signals }: Pick<ServiceKit, 'db' | 'signals'>,
  actor: Actor,
  importId: string,
) {
  await readImport({ db }, actor, importId)
  await db.in(actor.organizationId).transaction(async tx => {
    // Its last transaction takes the same row: it is either done by now, or will find that it is not wanted.
    const before = await selectOptionalImport(tx, importId)
    if (!before || !(await failImport(tx, importId, cancelled))) return
    tx.afterCommit(() => importMoved(signals, importId))
    const was = await cancel(tx, importKey(importId))
    // One that has begun removes the file itself, with all else that it stored.
    if (was === 'begun') return
    const { status, createdBy } = before
    const { organizationId } = actor
    if (status === 'waiting') await enqueue(tx, removeBlobsTask, { keys: [cartridgeBlobKey(importId)] })
    else await enqueue(tx, takeBackImportTask, { importId, organizationId, createdBy })
  })
  return readImport({ db }, actor, importId)
}
