import {
  copyFileSync,
  existsSync,
  mkdirSync,
  realpathSync,
  statfsSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { StartupFault } from '@azora/kit/config.ts'
import type { Logger } from '@azora/kit/log.ts'
import pg from 'pg'
import { type Account, postgresAccount, runningAsRoot, succeedsAs } from './account.ts'
import type { EmbeddedServer, StartedServer } from './embedded-server.ts'
import { freePort } from './free-port.ts'
import { type OwnerLock, takeLock } from './owner-lock.ts'
import { findPostgres, type PostgresBinaries, sharedFolder } from './postgres-binaries.ts'
import {
  initialiseCluster,
  postgresEnvironment,
  postgresFault,
  replacePassword,
  storedPassword,
  superuser,
} from './postgres-cluster.ts'
import { clusterExists, linkCluster, placeCluster } from './postgres-folder.ts'
import { stopLeftover } from './postgres-leftover.ts'
import { accepts, lastLines, type ServerProcess, startServer, untilReady } from './server-process.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

/**
 * A real PostgreSQL under the data folder, so that nothing needs to be installed. It listens on 127.0.0.1 only.
 *
 *   <dataDir>/postgres            the cluster, or a link to it when root's folders are closed to its account
 *   <dataDir>/postgres-password   of the superuser `azora`
 *   <dataDir>/postgres.log        what the server says, kept small
 *   <dataDir>/azora.lock          who uses the data folder
 *
 * When the server dies on its own it is started again on the same port, so that pools only have to reconnect.
 */
export type EmbeddedPostgres = StartedServer & {
  /** As superuser, database `azora`. */
  adminUrl: string
  port: number
  /** Process id of the postmaster; changes when it is restarted. */
  pid(): number
  /** Settles, with the reason, when the server died and could not be brought back. */
  lost: Promise<Error>
  /** Fast shutdown: sessions end, everything committed is on disk. Resolves when the process has ended. */
  stop(): Promise<void>
}

type Running = {
  cluster: string
  dataDir: string
  binaries: PostgresBinaries
  account: Account | null
  password: string
  durable: boolean
  log: Logger
}

const logLimitBytes = 10_000_000
const fullPauseMs = 2000
// What one more segment of its log takes, which it cannot start or go on without.
const leastBytes = 16 * 1024 * 1024

function isFull({ cluster }: Running): boolean {
  const { bavail, bsize } = statfsSync(cluster)
  return bavail * bsize < leastBytes
}

function trimLog(file: string): void {
  if (!existsSync(file) || statSync(file).size < logLimitBytes) return
  copyFileSync(file, `${file}.1`)
  truncateSync(file) // the server appends, so it carries on at the new end
}

const url = (run: Running, port: number, database: string) =>
  `postgres://${superuser}:${run.password}@127.0.0.1:${port}/${database}`

async function query(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // an end in mid-air also rejects the call below
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** @returns false while the server is not up yet. */
async function answers(run: Running, port: number): Promise<boolean> {
  // A refused socket costs next to nothing, a PostgreSQL client does.
  if (!(await accepts(port))) return false
  try {
    await query(url(run, port, 'azora'), 'select 1')
    return true
  } catch (failure) {
    const { code, message } = failure as Error & { code?: string }
    if (code === '3D000') {
      await query(url(run, port, 'postgres'), 'create database azora')
      return true
    }
    // 57P03: still starting or recovering; the rest: it went away between the two connections.
    if (code === '57P03' || code === 'ECONNREFUSED' || code === 'ECONNRESET') return false
    if (/Connection terminated/.test(message)) return false
    if (code === '28P01') {
      throw new StartupFault([
        `The database refuses the password in ${join(run.dataDir, 'postgres-password')}. Delete that file to have a new one set.`,
      ])
    }
    throw failure
  }
}

async function launch(
  run: Running,
  givenPort: number | null,
): Promise<{ server: ServerProcess; port: number }> {
  const logFile = join(run.dataDir, 'postgres.log')
  const loose = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=256MB']
  const deadline = Date.now() + 15_000
  for (;;) {
    trimLog(logFile)
    const from = existsSync(logFile) ? statSync(logFile).size : 0
    const port = givenPort ?? (await freePort())
    // No Unix socket: the data folder's path may well be longer than the 107 bytes that a socket's may have.
    const fixed = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'logging_collector=off']
    const options = [...fixed, ...(run.durable ? [] : loose)].flatMap(option => ['-c', option])
    const server = await startServer({
      command: join(run.binaries.folder, 'bin', 'postgres'),
      args: ['-D', run.cluster, '-p', String(port), ...options],
      env: postgresEnvironment,
      cwd: '/',
      logFile,
      account: run.account,
    })
    try {
      // Recovery after a power cut replays the log first, at most max_wal_size of it.
      const ready = await untilReady(server, () => answers(run, port), {
        name: 'The database',
        timeoutMs: 120_000,
        everyMs: 10,
      })
      if (ready) return { server, port }
    } catch (failure) {
      await server.stop('SIGINT', 10_000, 'SIGQUIT')
      throw failure
    }
    const said = lastLines(logFile, from)
    // The port was taken since we looked, or children of a killed postmaster are about to end: both pass.
    const passing = /Address already in use|shared memory block .* is still in use/i.test(said.join('\n'))
    if (!passing || Date.now() > deadline) throw postgresFault(said, run.cluster, await server.exited)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** Keep the server up until stop() is called. */
async function supervise(run: Running): Promise<EmbeddedPostgres> {
  const first = await launch(run, null)
  const { port } = first
  let server = first.server
  let stopping = false
  let restart: Promise<void> = Promise.resolve()
  const { promise: lost, resolve: giveUp } = Promise.withResolvers<Error>()
  const deaths: number[] = []
  /** Start it again; while its disk is full, again and again until there is space. */
  async function bringBack(): Promise<ServerProcess> {
    await stopLeftover(run.cluster, run.log)
    for (;;) {
      try {
        return (await launch(run, port)).server
      } catch (failure) {
        if (stopping || !isFull(run)) throw failure
        run.log.error('The database has no space left; it starts again when there is some.')
        await new Promise(resolve => setTimeout(resolve, fullPauseMs))
        if (stopping) throw failure
      }
    }
  }
  const watch = () => {
    server.exited.then(how => {
      if (stopping) return
      // A death for want of space tells nothing about the next one.
      if (!isFull(run)) deaths.push(Date.now())
      run.log.error(`The database ${how}; starting it again.`)
      // Five in a minute: it does not help.
      if ((deaths.at(-5) ?? 0) > Date.now() - 60_000) {
        return giveUp(new Error(`The database keeps failing; it ${how}.`))
      }
      restart = bringBack()
        .then(next => {
          server = next
          run.log.info('The database is back.')
          watch()
        })
        .catch(failure => {
          if (!stopping) giveUp(failure)
        })
    })
  }
  watch()
  const trimming = setInterval(() => trimLog(join(run.dataDir, 'postgres.log')), 3_600_000).unref()
  return {
    url: url(run, port, 'azora'),
    adminUrl: url(run, port, 'azora'),
    port,
    ports: [port],
    answers: () => accepts(port),
    pid: () => server.pid,
    lost,
    async stop() {
      stopping = true
      clearInterval(trimming)
      await restart
      await server.stop('SIGINT', 30_000, 'SIGQUIT')
    },
  }
}

function lockOrRefuse(file: string, dataDir: string): OwnerLock {
  const lock = takeLock(file)
  if ('release' in lock) return lock
  throw new StartupFault([
    `Another azora (process ${lock.heldBy.pid}) is using the data folder ${dataDir}. Stop it, or set AZORA_DATA_DIR to another folder.`,
  ])
}

// The faults of the file system that a person can mend.
function explained(failure: unknown, dataDir: string): unknown {
  const { code, path } = failure as NodeJS.ErrnoException
  const where = path ?? dataDir
  if (code === 'EACCES' || code === 'EPERM') {
    return new StartupFault(
      [
        `No permission for ${where}. Give the starting user the folder, or set AZORA_DATA_DIR to one of theirs.`,
      ],
      failure,
    )
  }
  if (code === 'EROFS') return new StartupFault([`${where} cannot be written. Set AZORA_DATA_DIR.`], failure)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StartupFault([`No space left for ${where}. Free some, or set AZORA_DATA_DIR.`], failure)
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new StartupFault(
      [`${where} is in the way: a folder is needed there. Set AZORA_DATA_DIR.`],
      failure,
    )
  }
  return failure
}

async function prepare(dataDir: string, log: Logger, locks: OwnerLock[]): Promise<Omit<Running, 'durable'>> {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 })
  locks.push(lockOrRefuse(join(dataDir, 'azora.lock'), dataDir))
  const name = join(dataDir, 'postgres')
  const account = postgresAccount(existsSync(name) ? name : null)
  const binaries = findPostgres(account, log)
  const cluster = placeCluster(dataDir, account, log)
  // A copied data folder carries the link along; two must not run the one cluster behind it.
  if (cluster !== name) locks.push(lockOrRefuse(`${cluster}.lock`, cluster))
  if (!clusterExists(cluster, binaries.major)) {
    log.info('Creating the database.')
    const password = await initialiseCluster(dataDir, cluster, binaries, account, true)
    linkCluster(dataDir, cluster)
    return { cluster: realpathSync(cluster), dataDir, binaries, account, password, log }
  }
  const real = realpathSync(cluster)
  if (!runningAsRoot && process.getuid && statSync(real).uid !== process.getuid()) {
    throw new StartupFault([
      `The database in ${real} belongs to user ${statSync(real).uid}. Start as that user or as root, or set AZORA_DATA_DIR.`,
    ])
  }
  await stopLeftover(real, log)
  const password = storedPassword(dataDir) ?? (await replacePassword(dataDir, real, binaries, account))
  return { cluster: real, dataDir, binaries, account, password, log }
}

/**
 * Start the database of a data folder, creating it the first time.
 * @throws StartupFault: the folder is in use, not writable or full, or the server does not run here; with remedies.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string
  log: Logger
}): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir)
  const locks: OwnerLock[] = []
  const release = () => {
    for (const lock of locks) lock.release()
  }
  try {
    const running = await supervise({ ...(await prepare(dataDir, options.log, locks)), durable: true })
    return {
      ...running,
      async stop() {
        await running.stop()
        release()
      },
    }
  } catch (failure) {
    release()
    throw explained(failure, dataDir)
  }
}

// Memory that looks like a disk. A database is nearly a thousand files, and copying them takes twenty times less here.
const memory = '/dev/shm'
// What a run of all tests has at most at a time, and as much again.
const memoryNeeded = 2 * 1024 ** 3

/** @returns undefined where there is none, or too little, as in a container that was given 64 MB of it. */
function memoryFolder(): string | undefined {
  if (!existsSync(memory)) return undefined
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= memoryNeeded && process.availableMemory() >= memoryNeeded ? memory : undefined
}

/** A throw-away server for tests: nothing is synced to disk, and stop() removes it. */
export async function startTemporaryPostgres({ log }: { log: Logger }): Promise<EmbeddedPostgres> {
  const account = postgresAccount(null)
  const binaries = findPostgres(account, log)
  let folder = await createTemporaryFolder(memoryFolder())
  if (account && !succeedsAs(account, 'cd "$1"', folder.path)) {
    folder.remove()
    mkdirSync(sharedFolder, { recursive: true, mode: 0o755 })
    folder = await createTemporaryFolder(sharedFolder)
  }
  const dataDir = folder.path
  try {
    const cluster = join(realpathSync(dataDir), 'postgres')
    const password = await initialiseCluster(dataDir, cluster, binaries, account, false)
    const running = await supervise({ cluster, dataDir, binaries, account, password, durable: false, log })
    folder.note(running.pid())
    return {
      ...running,
      async stop() {
        await running.stop()
        folder.remove()
      },
    }
  } catch (failure) {
    folder.remove()
    throw failure
  }
}

export const postgresServer: EmbeddedServer<EmbeddedPostgres> = {
  name: 'postgres',
  what: 'The database. Always needed.',
  setting: 'DATABASE_URL',
  named: config => config.databaseUrl,
  folder: 'postgres',
  start: ({ dataDir, log }) => startEmbeddedPostgres({ dataDir, log }),
}
