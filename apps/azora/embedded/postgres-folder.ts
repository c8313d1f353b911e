import { createHash } from 'node:crypto'
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { StartupFault } from '@azora/kit/config.ts'
import type { Logger } from '@azora/kit/log.ts'
import { type Account, succeedsAs } from './account.ts'
import { sharedFolder } from './postgres-binaries.ts'

const reachable = 'cd "$1"'

/** Whether the name exists, be it as a link that leads nowhere. */
function present(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/**
 * Where the cluster of this data folder is or will be. Usually `<dataDir>/postgres`; when the account of the database
 * cannot pass through a parent of it (root's home, a private folder), a folder of its own below /var/lib/azora, to
 * which `<dataDir>/postgres` then links.
 * @throws StartupFault when there is no such place.
 */
export function placeCluster(dataDir: string, account: Account | null, log: Logger): string {
  const name = join(dataDir, 'postgres')
  if (present(name) && lstatSync(name).isSymbolicLink()) {
    if (existsSync(name)) return realpathSync(name)
    // The link is made only after the cluster is whole, so what it names was there once. Never start empty instead.
    throw new StartupFault([
      `${name} links to a folder that does not exist. Restore that folder, or delete the link to start with an empty database.`,
    ])
  }
  if (!account || succeedsAs(account, reachable, dataDir)) return name
  if (existsSync(join(name, 'PG_VERSION'))) {
    throw new StartupFault([
      `PostgreSQL runs as ${account.name}, who cannot reach ${name}. Open the folders above it (chmod o+x), or start as the user who owns it.`,
    ])
  }
  const key = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16)
  const place = join(sharedFolder, key)
  try {
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 })
    if (succeedsAs(account, reachable, sharedFolder)) {
      if (existsSync(place)) setAside(place, log)
      log.info(`${account.name} cannot reach ${dataDir}; the database goes to ${place}, linked from there.`)
      return place
    }
  } catch (failure) {
    if (failure instanceof StartupFault) throw failure
    throw new StartupFault([unreachable(account, dataDir)], failure)
  }
  throw new StartupFault([unreachable(account, dataDir)])
}

// Nothing links to it, so its data folder was deleted and made anew: that asks for an empty database, but only a
// person may delete the old one.
function setAside(place: string, log: Logger): void {
  const aside = `${place}.${new Date().toISOString().replaceAll(':', '')}`
  renameSync(place, aside)
  log.warn(`The database of a deleted data folder was kept as ${aside}. Delete it when it is not needed.`)
}

const unreachable = (account: Account, dataDir: string) =>
  `PostgreSQL runs as ${account.name}, who can reach neither ${dataDir} nor ${sharedFolder}. Set AZORA_DATA_DIR to a folder that every user may pass through, for example /srv/azora.`

/** Link `<dataDir>/postgres` to where the cluster really is. */
export function linkCluster(dataDir: string, cluster: string): void {
  const name = join(dataDir, 'postgres')
  if (name !== cluster && !present(name)) symlinkSync(cluster, name)
}

/**
 * @returns whether a whole cluster is there.
 * @throws StartupFault when the folder holds something else, or the database of another version.
 */
export function clusterExists(cluster: string, major: string): boolean {
  if (!existsSync(cluster)) return false
  const version = join(cluster, 'PG_VERSION')
  if (!existsSync(version)) {
    // Creation ends with a rename, so this was not left by us: an empty one is harmless, the rest is someone's.
    if (readdirSync(cluster).length === 0) {
      rmdirSync(cluster)
      return false
    }
    throw new StartupFault([`${cluster} is not a database folder. Move it away and start again.`])
  }
  const found = readFileSync(version, 'utf8').trim()
  if (found === major) return true
  throw new StartupFault([
    `The database in ${cluster} was written by PostgreSQL ${found}; this release brings ${major}. Start the former release, save its databases with pg_dump, and restore them into a new data folder.`,
  ])
}

/**
 * Create a cluster so that it is either whole or not there: in a draft folder that is renamed at the end. What a
 * killed creation left is thrown away.
 * @param create fills the empty folder it is given; `beside` is a folder for its other files.
 */
export async function createCluster(
  cluster: string,
  account: Account | null,
  create: (folder: string, beside: string) => Promise<void>,
): Promise<void> {
  const draft = join(dirname(cluster), `${basename(cluster)}.unfinished`)
  rmSync(draft, { recursive: true, force: true })
  const folder = join(draft, 'cluster')
  mkdirSync(draft, { mode: 0o700 })
  mkdirSync(folder, { mode: 0o700 })
  if (account) {
    chownSync(draft, account.uid, account.gid)
    chownSync(folder, account.uid, account.gid)
  }
  try {
    await create(folder, draft)
    renameSync(folder, cluster)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}
