import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { StartupFault } from '@azora/kit/config.ts'
import { takeLock } from './owner-lock.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

export type ServerFolder = {
  path: string
  temporary: boolean
  note(pid: number): void
  done(): void
}

/**
 * Where a server keeps its files: the given folder, which stays, or a temporary one.
 * @throws StartupFault when another process runs its server in the given folder.
 */
export async function openServerFolder(given: string | null): Promise<ServerFolder> {
  if (!given) {
    const folder = await createTemporaryFolder()
    return { path: folder.path, temporary: true, note: folder.note, done: folder.remove }
  }
  const path = resolve(given)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const lock = takeLock(`${path}/owner.lock`)
  if (!('release' in lock)) {
    throw new StartupFault([`Process ${lock.heldBy.pid} already runs a server in ${path}. Stop it first.`])
  }
  return { path, temporary: false, note: () => {}, done: lock.release }
}
