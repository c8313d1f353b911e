import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { identify, lives, type ProcessIdentity } from './process-identity.ts'

/**
 * One process at a time owns a folder. The lock is a file that names its owner by process id and start time, so one
 * left behind by `kill -9`, a power cut or a reboot is recognised, even when its process id is in use again.
 * It guards within one machine (one set of process ids), not a folder shared by several.
 */
export type OwnerLock = { release(): void }

function read(file: string): { text: string; owner: ProcessIdentity | null } | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw failure
  }
  try {
    const owner = JSON.parse(text) as Partial<ProcessIdentity>
    const whole = typeof owner.pid === 'number' && typeof owner.startedAt === 'string'
    return { text, owner: whole ? (owner as ProcessIdentity) : null }
  } catch {
    return { text, owner: null } // emptied by a power cut
  }
}

/** Who owns the lock now; null when nobody living does. */
export function lockOwner(file: string): ProcessIdentity | null {
  const owner = read(file)?.owner ?? null
  return owner && lives(owner) ? owner : null
}

/** @returns the lock, or who holds it. */
export function takeLock(file: string): OwnerLock | { heldBy: ProcessIdentity } {
  const mine = JSON.stringify(identify(process.pid))
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, mine, { mode: 0o600 })
  try {
    for (;;) {
      try {
        linkSync(draft, file) // fails when the name exists, and the file is whole from its first moment
        let held = true
        return {
          release() {
            // A second call must not take away the lock that this process has taken anew meanwhile.
            if (held && read(file)?.text === mine) rmSync(file, { force: true })
            held = false
          },
        }
      } catch (failure) {
        if ((failure as NodeJS.ErrnoException).code !== 'EEXIST') throw failure
      }
      const found = read(file)
      if (!found) continue
      if (found.owner && lives(found.owner)) return { heldBy: found.owner }
      putAside(file, found.text)
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

// Two starts may find the same stale lock. The slower one must not remove the lock that the faster one has taken.
function putAside(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.stale`
  try {
    renameSync(file, aside)
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return
    throw new Error(`The stale lock ${basename(file)} cannot be removed.`, { cause: failure })
  }
  if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, file)
  rmSync(aside, { force: true })
}
