import { PassThrough } from 'node:stream'
import { enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { ZipFile } from 'yazl'
import { exportEmailTask } from '../emails/export-ready.ts'
import {
  type ExportFile,
  finishExport,
  selectIsKept,
  selectOptionalGathering,
  selectParts,
} from './exports.store.ts'
import { archiveKey, keptDays } from './exports.ts'

const aboutText = `This archive holds what this installation keeps of you, as JSON (RFC 8259), one folder for each school and,
in it, one for each part of the system. Certificates are verifiable credentials (JSON-LD), as they were issued.
`

/** The files as one ZIP, each read when its turn comes. */
function archive(blobs: ServiceKit['blobs'], files: ExportFile[], signal: AbortSignal): PassThrough {
  const zip = new ZipFile()
  const output = new PassThrough()
  const fail = (failure: unknown) => output.destroy(failure as Error)
  // The reader learns of a failure also when it came before they began; unheard, it would end the process.
  output.on('error', () => {})
  zip.on('error', fail)
  signal.addEventListener('abort', () => fail(signal.reason), { once: true })
  zip.addBuffer(Buffer.from(aboutText), 'README.txt')
  for (const { name, blobKey } of files) {
    zip.addReadStreamLazy(name, found => {
      blobs
        .get(blobKey)
        .then(
          stream =>
            stream
              ? found(null, stream.on('error', fail))
              : fail(new Error(`A file of the export is gone: ${blobKey}`)),
          fail,
        )
    })
  }
  zip.end()
  zip.outputStream.on('error', fail).pipe(output)
  return output
}

/**
 * Put an export together once every service of every school has reported; before that there is nothing to do. Safe to
 * run again: the archive is written under the same key, and the export becomes ready once.
 * @param signal aborted when the export is cancelled, which deletes what was gathered.
 */
export async function assembleExport(
  { db, blobs }: Pick<ServiceKit, 'db' | 'blobs'>,
  { exportId }: { exportId: string },
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  if (!(await selectOptionalGathering(db.across, exportId))) return
  const parts = await selectParts(db.across, exportId)
  if (parts.some(part => part.files === null)) return
  const files = parts.flatMap(({ slug, service, files }) =>
    (files ?? []).map(file => ({ ...file, name: `${slug}/${service}/${file.name}` })),
  )
  const bytes = await blobs.put(archiveKey(exportId), archive(blobs, files, signal), 'application/zip')
  const finished = await db.across.transaction(async tx => {
    if (!(await finishExport(tx, { exportId, bytes, days: keptDays }))) return false
    await enqueue(tx, exportEmailTask, { exportId })
    return true
  })
  // Replaced meanwhile, by someone who did not know of this archive.
  if (!finished && !(await selectIsKept(db.across, exportId))) await blobs.delete(archiveKey(exportId))
  for (const { blobKey } of files) await blobs.delete(blobKey)
}
