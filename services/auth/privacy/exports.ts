import { personalDataServices } from '@azora/contracts/contract.ts'
import type { EventPayload } from '@azora/contracts/events.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import { type Database, everySchool, type Transaction } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { AppError } from '@azora/kit/errors.ts'
import { cancel, defineTask, enqueue } from '@azora/kit/jobs.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { v7 as uuidv7 } from 'uuid'
import {
  type DataExport,
  deleteExport,
  type ExportFile,
  expireExports,
  insertExport,
  lockOptionalGathering,
  lockUser,
  selectOptionalExport,
  selectParts,
  selectSchoolsOf,
  updatePart,
} from './exports.store.ts'

/**
 * An export of everything that is known of a person. Asking for one tells every service of each school by an event;
 * each writes files and reports; once all have, a job puts them into one archive, and an email says so.
 */

export const assembleTask = defineTask<{ exportId: string }>('auth.assemble_export', { atOnce: 2 })
export const deleteBlobsTask = defineTask<{ keys: string[] }>('auth.delete_blobs', { priority: 'late' })

/** For how long an archive can be fetched. */
export const keptDays = 7
// An export that someone waits for longer than this has met a fault, and may be asked for anew.
const patienceMs = 24 * 60 * 60_000

const assembleKey = (exportId: string) => `assemble:${exportId}`
export const archiveKey = (exportId: string) => `exports/${exportId}/archive`

/** Run for each of a person's schools, in a transaction that began across all. */
export async function inEachSchool(
  tx: Transaction,
  schools: string[],
  work: (organizationId: string) => Promise<void>,
): Promise<void> {
  for (const organizationId of schools) {
    await tx.enter(organizationId)
    await work(organizationId)
  }
  await tx.enter(everySchool)
}

/** Forget an export, and have its files deleted once that is committed. */
export async function discardExport(tx: Transaction, exportId: string): Promise<void> {
  await enqueueDeletion(tx, exportId, await deleteExport(tx, exportId))
}

async function enqueueDeletion(tx: Transaction, exportId: string, files: ExportFile[]): Promise<void> {
  const keys = [archiveKey(exportId), ...files.map(file => file.blobKey)]
  await enqueue(tx, deleteBlobsTask, { keys })
}

/** Ask for an export. One that is still being gathered is answered as it is; an older one is replaced. */
export function requestExport({ db }: Pick<ServiceKit, 'db'>, by: Caller): Promise<DataExport> {
  const { userId } = by.actor
  return db.across.transaction(async tx => {
    await lockUser(tx, userId)
    const last = await selectOptionalExport(tx, userId)
    if (last?.status === 'gathering' && Date.now() - Date.parse(last.requestedAt) < patienceMs) return last
    if (last) await discardExport(tx, last.id)
    const id = uuidv7()
    const schools = await selectSchoolsOf(tx, userId)
    const parts = schools.flatMap(organizationId =>
      personalDataServices.map(service => ({ organizationId, service })),
    )
    const made = await insertExport(tx, { id, userId, parts })
    await inEachSchool(tx, schools, async organizationId => {
      await publish(tx, 'auth', 'user.export_requested', { exportId: id, userId, organizationId })
      const subject = { kind: 'person', id: userId }
      await recordAudit(tx, 'auth', by, { action: 'export.requested', subject })
    })
    return made
  })
}

/**
 * End one's own export that is still being gathered, with what was gathered; what is reported later is not kept. One that
 * is ready, or has expired, stays as it is.
 * @returns the export that there is then. @throws AppError `not_found`.
 */
export function cancelExport(
  { db }: Pick<ServiceKit, 'db'>,
  by: Caller,
  exportId: string,
): Promise<DataExport | null> {
  const { userId } = by.actor
  return db.across.transaction(async tx => {
    if (!(await lockOptionalGathering(tx, { exportId, userId }))) {
      const last = await selectOptionalExport(tx, userId)
      if (last?.id !== exportId) throw new AppError('not_found')
      return last
    }
    await discardExport(tx, exportId)
    await cancel(tx, assembleKey(exportId))
    const subject = { kind: 'person', id: userId }
    await inEachSchool(tx, await selectSchoolsOf(tx, userId), () =>
      recordAudit(tx, 'auth', by, { action: 'export.cancelled', subject }),
    )
    return null
  })
}

/** A service has reported. The last report leads to the archive; the job sees whether it was the last. */
export async function takePart(tx: Transaction, part: EventPayload<'user.exported'>): Promise<void> {
  if (await updatePart(tx, part)) {
    await enqueue(tx, assembleTask, { exportId: part.exportId }, { key: assembleKey(part.exportId) })
  } else if (part.files.length > 0) {
    await enqueue(tx, deleteBlobsTask, { keys: part.files.map(file => file.blobKey) })
  }
}

/** The person's own export, to be fetched. @throws AppError `not_found`, `link_expired`. */
export async function selectDownload(
  db: Database,
  by: Caller,
  exportId: string,
): Promise<{ blobKey: string; bytes: number | null }> {
  const { userId, organizationId } = by.actor
  const found = await selectOptionalExport(db.across, userId)
  if (found?.id !== exportId || found.status === 'gathering') throw new AppError('not_found')
  if (found.status === 'expired' || Date.parse(found.expiresAt ?? '') <= Date.now())
    throw new AppError('link_expired')
  const subject = { kind: 'person', id: userId }
  await db
    .in(organizationId)
    .transaction(tx => recordAudit(tx, 'auth', by, { action: 'export.downloaded', subject }))
  return { blobKey: archiveKey(exportId), bytes: found.bytes }
}

/** Exports that have run out lose their files. */
export function endExports(db: Database): Promise<number> {
  return db.across.transaction(async tx => {
    const ended = await expireExports(tx)
    for (const { id } of ended) {
      const files = (await selectParts(tx, id)).flatMap(part => part.files ?? [])
      await enqueueDeletion(tx, id, files)
    }
    return ended.length
  })
}

export async function deleteBlobs(
  { blobs }: Pick<ServiceKit, 'blobs'>,
  job: { keys: string[] },
): Promise<void> {
  await eachAlone(job.keys, key => blobs.delete(key), 'files were not deleted')
}
