import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { identify, lives, type ProcessIdentity } from './embedded/process-identity.ts'

/**
 * A folder for what one process needs on disk for a while. Each process has its own below `scratch` and says so in
 * a file, so that what a killed one left is found at the next start and by age, and what another living process uses
 * is never taken from it, also where several machines share the data folder.
 */

type Owner = ProcessIdentity & { host: string }

const ownerFile = 'owner.json'
const beatMs = 60_000
// A process on another machine cannot be looked at: so long without a beat, it is gone.
const silentMs = 60 * 60_000

async function ownerOf(folder: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(join(folder, ownerFile), 'utf8'))
  } catch {
    // There is none, or its process is writing it at this moment: then its age decides.
    return null
  }
}

async function isLeftBehind(folder: string): Promise<boolean> {
  const owner = await ownerOf(folder)
  if (owner?.host === hostname()) return !lives(owner)
  const { mtimeMs } = await stat(folder)
  return Date.now() - mtimeMs > silentMs
}

/** Remove what processes that ended left; how many folders. */
export async function sweepScratch(root: string): Promise<number> {
  let swept = 0
  for (const name of await readdir(root)) {
    const path = join(root, name)
    try {
      if (!(await isLeftBehind(path))) continue
      await rm(path, { recursive: true, force: true })
      swept += 1
    } catch (failure) {
      // Another process sweeps as well.
      if ((failure as NodeJS.ErrnoException).code !== 'ENOENT') throw failure
    }
  }
  return swept
}

/** @param onSwept told what was left by others, at the start and later. */
export async function openScratch(
  root: string,
  on: { swept(count: number): void; failed(failure: unknown): void },
): Promise<{ folder: string; close(): Promise<void> }> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  const folder = join(root, `${process.pid}-${crypto.randomUUID()}`)
  await mkdir(folder, { mode: 0o700 })
  await writeFile(join(folder, ownerFile), JSON.stringify({ ...identify(process.pid), host: hostname() }))
  const sweep = async () => {
    const now = new Date()
    await utimes(folder, now, now)
    const swept = await sweepScratch(root)
    if (swept > 0) on.swept(swept)
  }
  await sweep()
  const timer = setInterval(() => void sweep().catch(on.failed), beatMs).unref()
  return {
    folder,
    async close() {
      clearInterval(timer)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
