import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import { receiveBody, safeFileName } from '@azora/kit/receive-file.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Request } from 'express'
import { v7 as uuidv7 } from 'uuid'
import { refuseBeyondQuota } from '../storage/quota.ts'
import { cartridgeBlobKey } from './import-cartridge.ts'
import { mayReadImport } from './import-rules.ts'
import { type ImportRow, insertImport, selectOptionalImport } from './imports.store.ts'
import type { ImportJob } from './prepare-course.ts'

/** The job's. */
export const importKey = (importId: string) => `import:${importId}`
export const importTask = defineTask<ImportJob>('education.import_cartridge', { atOnce: 2, maxAttempts: 3 })
const maxCartridgeBytes = 1024 * 1024 * 1024

const shown = ({ createdBy, ...item }: ImportRow) => item

/** Take in a cartridge and queue its import; the answer names what to watch. */
export async function startImport(
  { db, blobs, config }: Pick<ServiceKit, 'db' | 'blobs' | 'config'>,
  actor: Actor,
  name: string,
  req: Request,
) {
  // About what its files will take: a course that cannot fit is not received.
  const announcedBytes = Number(req.headers['content-length'] ?? 0)
  await refuseBeyondQuota(db.in(actor.organizationId), config.storageQuota, actor.userId, announcedBytes)
  const id = uuidv7()
  await receiveBody(req, blobs, cartridgeBlobKey(id), 'application/zip', maxCartridgeBytes)
  return db.in(actor.organizationId).transaction(async tx => {
    await insertImport(tx, {
      id,
      organizationId: actor.organizationId,
      createdBy: actor.userId,
      fileName: safeFileName(name),
    })
    const job: ImportJob = { importId: id, organizationId: actor.organizationId, createdBy: actor.userId }
    await enqueue(tx, importTask, job, { key: importKey(id) })
    const made = await selectOptionalImport(tx, id)
    if (!made) throw new Error('The import vanished.')
    return shown(made)
  })
}

/** One's own import; who manages all courses sees everybody's. @throws AppError `not_found`. */
export async function readImport({ db }: Pick<ServiceKit, 'db'>, actor: Actor, importId: string) {
  const found = await selectOptionalImport(db.in(actor.organizationId), importId)
  if (!found || !mayReadImport(actor, found)) throw new AppError('not_found')
  return shown(found)
}
