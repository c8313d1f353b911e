import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isStorageFull } from './storage-full.ts'

/** Knows whether what this process writes to has space, so that its readiness can say why it is not fit to write. */
export type StorageWatch = {
  /** Note that the database has just refused a write for want of space. */
  databaseWasFull(): void
  /** One sentence for each thing that is wrong, none when all is well. */
  problems(): Promise<string[]>
}

// PostgreSQL needs 16 MB for each next segment of its log, and stops altogether without them.
const leastBytes = 16 * 1024 * 1024
// Readiness is asked every second by each gateway.
const knownMs = 2000
// Nothing tells when a database on another machine has space again; the next refused write notes it anew.
const databaseFullMs = 15_000

/** @param folder where this process writes, made already. */
export function createStorageWatch(
  folder: string,
  { freeBytes }: { freeBytes(bytes: number): void },
): StorageWatch {
  let databaseFullAt = Number.NEGATIVE_INFINITY
  let known: { at: number; problem: Promise<string | null> } | null = null

  async function look(): Promise<string | null> {
    const probe = join(folder, `.probe-${process.pid}`)
    try {
      const { bavail, bsize } = await statfs(folder)
      freeBytes(bavail * bsize)
      if (bavail * bsize < leastBytes) return 'The data folder has no space left.'
      // What only a write finds out: a quota that is used up, a file system that became read-only.
      await writeFile(probe, 'x')
      await rm(probe, { force: true })
      return null
    } catch (failure) {
      if (isStorageFull(failure)) return 'The data folder has no space left.'
      return `The data folder cannot be written (${(failure as NodeJS.ErrnoException).code}).`
    }
  }

  return {
    databaseWasFull() {
      databaseFullAt = performance.now()
    },
    async problems() {
      if (!known || performance.now() - known.at > knownMs) known = { at: performance.now(), problem: look() }
      const problem = await known.problem
      const databaseFull = performance.now() - databaseFullAt < databaseFullMs
      return [...(problem ? [problem] : []), ...(databaseFull ? ['The database has no space left.'] : [])]
    },
  }
}
