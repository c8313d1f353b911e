import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { defineTask } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { removeBlobs } from '../storage/remove-blobs.ts'
import { cartridgeBlobKey } from './import-cartridge.ts'
import { importFailure } from './import-failure.ts'
import { selectOptionalImport } from './imports.store.ts'
import type { ImportJob } from './prepare-course.ts'
import { storedKeys } from './store-files.ts'
import { unpackCartridge } from './unpack-cartridge.ts'

/** One at a time: nobody waits for it, and it reads a whole cartridge. */
export const takeBackImportTask = defineTask<ImportJob>('education.take_back_import', {
  atOnce: 1,
  maxAttempts: 5,
  priority: 'late',
})

/**
 * Remove what an import stored that died in its last attempt, and its cartridge, which alone says what that may be. Safe
 * to repeat: the cartridge goes last.
 */
export async function takeBackImport(
  tools: Pick<ServiceKit, 'db' | 'blobs' | 'log' | 'scratchDir'>,
  job: ImportJob,
  signal: AbortSignal,
): Promise<void> {
  const { importId, organizationId } = job
  const found = await selectOptionalImport(tools.db.in(organizationId), importId)
  // Of a person who was erased no row is left.
  if (found && found.status !== 'failed') return
  const cartridge = await tools.blobs.get(cartridgeBlobKey(importId))
  if (!cartridge) return
  const folder = await mkdtemp(join(tools.scratchDir, 'import-'))
  try {
    const path = join(folder, 'cartridge')
    await pipeline(cartridge, createWriteStream(path), { signal })
    const { course } = await unpackCartridge({ path, folder: join(folder, 'files'), job }, () => {}, {
      signal,
    })
    await removeBlobs(tools, { keys: storedKeys(importId, course) })
  } catch (failure) {
    if (signal.aborted || importFailure(failure).mayPass) throw failure
    // Most often it could never be read, and nothing was stored of it. To read it again would change nothing.
    tools.log.error('What an import stored could not be looked for', { importId, failure })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  await tools.blobs.delete(cartridgeBlobKey(importId))
}
