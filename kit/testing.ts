import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { folderBlobs } from './blobs.ts'
import { memoryCache } from './cache.ts'
import { readConfig, testDatabaseUrl } from './config.ts'
import { roleOf } from './database-names.ts'
import { type Database, openDatabase, type Transaction } from './db.ts'
import { postgresDocuments } from './documents.ts'
import { type Actor, createIdentity } from './identity.ts'
import { createInternalKey } from './internal-key.ts'
import { createJobRunner } from './job-runner.ts'
import type { JobRun, TaskWork } from './jobs.ts'
import { createLimiter } from './limits.ts'
import { createLog, type Logger } from './log.ts'
import { localMail } from './mail.ts'
import { createMetrics } from './metrics.ts'
import { migrate, serviceDatabaseUrl } from './migrate.ts'
import { openNotices } from './notices.ts'
import { createOpenConnections } from './open-connections.ts'
import type { RequestContext } from './request-context.ts'
import { noRevocations } from './revocations.ts'
import { createSealing } from './sealing.ts'
import type { ServiceDefinition, ServiceKit } from './service.ts'
import { createSignals } from './signals.ts'
import { clientsOf, type Directory } from './sisters.ts'
import { type Sql, sql } from './sql.ts'

/**
 * A real database for a test file. The first test of a run migrates a template; each file gets a clone of it,
 * which PostgreSQL makes in some tens of milliseconds.
 */

export const testSecret = 'a secret that only tests use, never an installation'

async function withAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function inDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

async function fingerprint(definitions: readonly { name: string; migrations: URL }[]): Promise<string> {
  const hash = createHash('sha256').update(definitions.map(definition => definition.name).join())
  for (const folder of [new URL('./migrations/', import.meta.url), ...definitions.map(d => d.migrations)]) {
    for (const name of (await readdir(folder)).sort())
      hash.update(name).update(await readFile(new URL(name, folder)))
  }
  for (const file of ['./migrate.ts', './database-names.ts'])
    hash.update(await readFile(new URL(file, import.meta.url)))
  return hash.digest('hex').slice(0, 16)
}

/**
 * A fresh database with the schemas of the given services.
 * @returns the administrator's address, the secret from which role passwords derive, and how to drop it.
 */
export async function createTestDatabase(definitions: readonly { name: string; migrations: URL }[]) {
  const server = testDatabaseUrl()
  const template = `azora_template_${await fingerprint(definitions)}`
  const name = `azora_test_${randomBytes(6).toString('hex')}`
  await withAdmin(server, async client => {
    await client.query("select pg_advisory_lock(hashtext('azora test template'))")
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template])
    if (!rowCount) {
      await client.query(`create database ${template}_part`)
      await migrate(
        inDatabase(server, `${template}_part`),
        testSecret,
        definitions.map(d => ({ service: d.name, migrations: d.migrations })),
      )
      await client.query(`alter database ${template}_part rename to ${template}`)
    }
    await client.query(`create database ${name} template ${template}`)
    for (const role of [...definitions.map(d => roleOf(d.name)), 'azora_jobs']) {
      await client.query(`grant connect on database ${name} to ${role}`)
    }
  })
  return {
    adminUrl: inDatabase(server, name),
    secret: testSecret,
    drop: () =>
      withAdmin(server, async client => {
        // A connection that is just being closed, ended by force, fails in the test that closes it.
        for (let round = 0; round < 20; round++) {
          const { rowCount } = await client.query(
            "select from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
            [name],
          )
          if (!rowCount) break
          await setTimeout(50)
        }
        await client.query(`drop database if exists ${name} with (force)`)
      }),
  }
}

export type TestKit = ServiceKit & { adminUrl: string; directory: Directory; dispose(): Promise<void> }

/** A service kit on a fresh database and a temporary folder. Call `dispose` when done. */
export async function createTestKit(
  definition: Pick<ServiceDefinition, 'name' | 'migrations'>,
  others: Pick<ServiceDefinition, 'name' | 'migrations'>[] = [],
): Promise<TestKit> {
  const database = await createTestDatabase([definition, ...others])
  const folder = await mkdtemp(join(tmpdir(), 'azora-test-'))
  const db: Database = openDatabase({
    service: definition.name,
    url: serviceDatabaseUrl(database.adminUrl, database.secret, definition.name),
    maxConnections: 5,
    onError: () => {},
  })
  const log = createLog({ level: 'error', file: null, console: false })(definition.name)
  const directory: Directory = {
    running: new Map(),
    urls: {},
    internalKey: createInternalKey(testSecret),
  }
  return {
    db,
    documents: postgresDocuments(db),
    blobs: folderBlobs(join(folder, 'blobs')),
    cache: memoryCache(),
    limiter: createLimiter(null),
    mail: localMail(join(folder, 'mail')),
    sealing: createSealing([testSecret]),
    log,
    metrics: createMetrics(),
    identity: createIdentity(async () => ({ keys: [] })),
    revocations: noRevocations,
    connections: createOpenConnections({
      revocations: noRevocations,
      bounds: { perPerson: 100, inAll: 1000 },
    }),
    signals: createSignals(null, log),
    stripe: async () => null,
    config: readConfig({}),
    publicUrl: 'http://localhost:8080',
    scratchDir: folder,
    others: context => clientsOf(directory, context),
    adminUrl: database.adminUrl,
    directory,
    async dispose() {
      await db.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The jobs of a service, run as a process runs them. For tests that wait for one. */
export async function startTestJobs(options: {
  adminUrl: string
  service: string
  tasks: TaskWork[]
  log?: Logger
  lookEveryMs?: number
  sureAfterMs?: number
}): Promise<{ stop(): Promise<void> }> {
  const { adminUrl, service, tasks, ...pauses } = options
  const url = serviceDatabaseUrl(adminUrl, testSecret, 'jobs')
  const log = options.log ?? createLog({ level: 'error', file: null, console: false })(service)
  const notices = await openNotices({ url, log })
  const runner = createJobRunner({ metrics: createMetrics(), ...pauses, url, notices, log })
  runner.add(service, tasks, log)
  await runner.begin()
  return {
    async stop() {
      await runner.stop()
      await notices.stop()
    },
  }
}

/** What work sees of its run when a test calls it: its first attempt, with more to come. */
export const testRun: JobRun = {
  attempt: 1,
  lastAttempt: false,
  signal: new AbortController().signal,
  reporter: () => ({ report() {}, settled: async () => {} }),
}

type TestContext = RequestContext & { setCookies: string[] }

/** A request's context as a handler gets it, for calling handlers directly; with an actor, a caller of use cases too. */
export function testContext(actor: Actor, cookies?: Record<string, string>): TestContext & { actor: Actor }
export function testContext(actor?: Actor | null, cookies?: Record<string, string>): TestContext
export function testContext(actor: Actor | null = null, cookies: Record<string, string> = {}): TestContext {
  const setCookies: string[] = []
  const context: RequestContext = {
    actor,
    authorization: null,
    school: null,
    ip: '127.0.0.1',
    userAgent: 'test',
    internal: false,
    idempotencyKey: null,
    cookie: name => cookies[name] ?? null,
    setCookie: text => void setCookies.push(text),
  }
  return Object.assign(context, { setCookies })
}

/**
 * What is asked of the database, statement by statement, while `work` is done. Not that a school is entered, which depends
 * on what the pooled connection did before.
 */
export async function statementsOf(db: Database, work: () => Promise<unknown>): Promise<string[]> {
  const asked: string[] = []
  const watched = new Map<pg.PoolClient, pg.PoolClient['query']>()
  const watch = (client: pg.PoolClient) => {
    if (watched.has(client)) return
    const { query } = client
    watched.set(client, query)
    client.query = ((what: string | { name?: string; text: string }, ...rest: unknown[]) => {
      if (typeof what === 'string') asked.push(what.replace(/^begin; set .*/, 'begin'))
      else if (what.name !== 'azora_scope') asked.push(what.text)
      return (query as (...all: unknown[]) => unknown).call(client, what, ...rest)
    }) as typeof query
  }
  db.pool.on('acquire', watch)
  try {
    await work()
  } finally {
    db.pool.off('acquire', watch)
    for (const [client, query] of watched) client.query = query
  }
  return asked
}

/** So long may it take on a busy machine until what was begun asks for its lock. */
const longestToLockMs = 60_000

/** Until so many transactions of the test's database wait for locks that others hold. @throws Error where they never do */
export async function untilBlocked(db: Database, count: number | (() => number) = 1): Promise<void> {
  const blocked = sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  const wanted = typeof count === 'number' ? () => count : count
  const deadline = performance.now() + longestToLockMs
  for (;;) {
    const waiting = await db.infrastructure.run(blocked)
    if (waiting >= wanted()) return
    if (performance.now() > deadline)
      throw new Error(`Of ${wanted()} transactions that should wait for a lock ${waiting} do.`)
    await setTimeout(5)
  }
}

/**
 * Two whole use cases at the same moment, in a known order: each is held up at the row that `hold` locks, `first` before
 * `second`, and then they go on. One that asks for no lock is not held up, which is what the test finds out.
 * @returns what comes of each.
 */
export async function inTurn<A, B>(
  db: Database,
  hold: Sql,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[PromiseSettledResult<A>, PromiseSettledResult<B>]> {
  const locked = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const holder = db.across.transaction(async tx => {
    if ((await tx.run(hold)) !== 1) throw new Error('There is no such row to hold.')
    locked.resolve()
    await release.promise
  })
  await Promise.race([locked.promise, holder])
  let open = 0
  const begin = async <T>(work: () => Promise<T>): Promise<T> => {
    open += 1
    return work().finally(() => {
      open -= 1
    })
  }
  try {
    const one = Promise.allSettled([begin(first)])
    await untilBlocked(db, () => open)
    const other = Promise.allSettled([begin(second)])
    await untilBlocked(db, () => open)
    release.resolve()
    return [...(await one), ...(await other)]
  } finally {
    release.resolve()
    await holder
  }
}

/**
 * Two writes in one order: `first` runs in a transaction of the school, and before it commits, `second` begins and comes
 * to wait for it.
 * @returns what comes of `second`.
 */
export async function overlapped<T>(
  db: Database,
  organizationId: string,
  first: (tx: Transaction) => Promise<unknown>,
  second: () => Promise<T>,
): Promise<T> {
  const done = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const held = db.in(organizationId).transaction(async tx => {
    await first(tx)
    done.resolve()
    await commit.promise
  })
  await Promise.race([done.promise, held])
  const outcome = second()
  outcome.catch(() => {})
  try {
    await untilBlocked(db)
  } finally {
    commit.resolve()
    await held
  }
  return outcome
}
