import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartupFault } from '@azora/kit/config.ts'
import type { Account } from './account.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { createCluster } from './postgres-folder.ts'

export const superuser = 'azora'

/** English messages, because faults are recognised by them; no PG* setting of the caller. */
export const postgresEnvironment: Record<string, string> = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  PGTZ: 'UTC',
}

// Written into postgresql.conf at creation, where an administrator may change them.
const settings: Record<string, string> = {
  shared_buffers: '64MB',
  max_connections: '120',
  max_wal_size: '512MB',
  huge_pages: 'off',
  jit: 'off', // compiling costs more than our short queries take
  io_method: 'sync', // spares three worker processes; the page cache of the system serves a small machine well
  // systemd-logind removes the POSIX shared memory of an ordinary user who logs out (RemoveIPC), under a running
  // server; files stay.
  dynamic_shared_memory_type: 'mmap',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off', // every five minutes, for years
  log_error_verbosity: 'terse', // the details of an error quote row values, which may be personal
  log_min_error_statement: 'panic',
  log_line_prefix: '%m [%p] ',
}

type Finished = { code: number | null; lines: string[] }

function runTool(command: string, args: string[], account: Account | null, input = ''): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      // Our own folder may be closed to the account.
      ...(process.platform === 'win32' ? {} : { cwd: '/', env: postgresEnvironment as NodeJS.ProcessEnv }),
      detached: process.platform !== 'win32',
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.stdin.on('error', () => {}) // it ended without reading; its exit code says why
    child.stdin.end(input)
    child.once('error', reject)
    child.once('close', code => {
      const lines = output.split('\n').filter(line => line.trim() !== '')
      resolve({ code, lines: lines.slice(-8) })
    })
  })
}

/** What went wrong, from PostgreSQL's own words, and how to mend it. */
export function postgresFault(lines: string[], cluster: string, how: string): StartupFault {
  const text = lines.join('\n')
  const library = /error while loading shared libraries: (\S+?):/.exec(text)
  let remedy = `The database in ${cluster} did not start (${how}).`
  if (library) {
    remedy = `The database needs the system library ${library[1]}. Install it, or set DATABASE_URL to your own PostgreSQL.`
  } else if (/No space left on device|Disk quota exceeded/i.test(text)) {
    remedy = `There is no space left for the database in ${cluster}. Free some, or set AZORA_DATA_DIR to a larger disk.`
  } else if (/Read-only file system/i.test(text)) {
    remedy = `${cluster} is on a read-only file system. Set AZORA_DATA_DIR to a folder that can be written.`
  } else if (/Permission denied|Operation not permitted|wrong ownership|invalid permissions/i.test(text)) {
    remedy = `The database may not use ${cluster}. It must belong to the user who starts it, with mode 700.`
  } else if (/Cannot allocate memory|could not (map|create) .*shared memory/i.test(text)) {
    remedy = 'There is not enough memory for the database; it needs about 150 MB. Free some.'
  } else if (/invalid primary checkpoint record|could not locate a valid checkpoint|PANIC/i.test(text)) {
    remedy = `The database in ${cluster} is damaged. Restore it from a backup.`
  }
  return new StartupFault([remedy, ...lines.map(line => `PostgreSQL: ${line}`)])
}

/** The password of the superuser, kept in the data folder where only its owner reads it. */
export function storedPassword(dataDir: string): string | null {
  const file = join(dataDir, 'postgres-password')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() || null : null
}

function storePassword(dataDir: string): string {
  const password = randomBytes(24).toString('base64url')
  const file = join(dataDir, 'postgres-password')
  writeFileSync(`${file}.new`, password, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  return password
}

/**
 * Create the cluster (UTF-8, byte order collation with Unicode case rules, the same on every machine).
 * @returns the password of the superuser.
 * @throws StartupFault with the last words of initdb.
 */
export async function initialiseCluster(
  dataDir: string,
  cluster: string,
  binaries: PostgresBinaries,
  account: Account | null,
  durable: boolean,
): Promise<string> {
  const password = storePassword(dataDir)
  await createCluster(cluster, account, async (folder, beside) => {
    const passwordFile = join(beside, 'password')
    writeFileSync(passwordFile, password, { mode: 0o600 })
    if (account) chownSync(passwordFile, account.uid, account.gid)
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
    // Text search asks the C library what a letter is; where it knows Unicode, let it say so.
    if (process.platform === 'linux') locale.push('--lc-ctype=C.UTF-8')
    const made = await runTool(
      join(binaries.folder, 'bin', 'initdb'),
      [
        ...['-D', folder, '-U', superuser, '-E', 'UTF8', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
        ...['--no-instructions', ...(durable ? [] : ['--no-sync']), ...locale],
        ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
      ],
      account,
    )
    if (made.code !== 0) throw postgresFault(made.lines, cluster, `initdb ended with exit code ${made.code}`)
  })
  return password
}

/** Give the superuser a new password without knowing the old one, in single-user mode; the server must be down. */
export async function replacePassword(
  dataDir: string,
  cluster: string,
  binaries: PostgresBinaries,
  account: Account | null,
): Promise<string> {
  const password = storePassword(dataDir)
  const done = await runTool(
    join(binaries.folder, 'bin', 'postgres'),
    ['--single', '-D', cluster, 'postgres'],
    account,
    `alter role ${superuser} password '${password}'\n`,
  )
  if (done.code !== 0) throw postgresFault(done.lines, cluster, 'its password could not be replaced')
  return password
}
