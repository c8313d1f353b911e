import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockOwner, takeLock } from './owner-lock.ts'
import { ended, identify, type ProcessIdentity, signal } from './process-identity.ts'

const prefix = 'azora-temporary-'

export type TemporaryFolder = {
  path: string
  /** Write down a server that runs in the folder, so that a later run can end it should this one be killed. */
  note(pid: number): void
  remove(): void
}

// Throw-away servers of a run that was killed: nothing in them is worth a graceful stop.
async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent).filter(entry => entry.startsWith(prefix))) {
    const folder = join(parent, name)
    try {
      // Others may put a folder of this name into a shared place; theirs is not ours to read or remove.
      if (lstatSync(folder).uid !== (process.getuid?.() ?? 0)) continue
      const age = Date.now() - lstatSync(folder).mtimeMs
      if (lockOwner(join(folder, 'owner.lock')) || age < 2000) continue
      for (const server of noted(folder)) {
        signal(server, 'SIGKILL')
        await ended(server, 5000)
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    } catch (failure) {
      // Another run sweeps the same folder at the same time.
      if ((failure as NodeJS.ErrnoException).code !== 'ENOENT') throw failure
    }
  }
}

function noted(folder: string): ProcessIdentity[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.process'))
    .map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ProcessIdentity)
}

/** A new folder in the system's temporary folder; those of killed runs are removed, with their servers. */
export async function createTemporaryFolder(parent = tmpdir()): Promise<TemporaryFolder> {
  await sweep(parent)
  const path = mkdtempSync(join(parent, prefix))
  chmodSync(path, 0o711) // a server under another account must pass through
  const lock = takeLock(join(path, 'owner.lock'))
  return {
    path,
    note(pid) {
      const identity = identify(pid)
      if (identity) writeFileSync(join(path, `${pid}.process`), JSON.stringify(identity))
    },
    remove() {
      rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
      if ('release' in lock) lock.release()
    },
  }
}
