import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { insideTransaction, refuseInsideTransaction } from './context.ts'
import { AppError, asStorageFull } from './errors.ts'
import { parseDecimal, parseInteger } from './exact-numbers.ts'
import { prepare, type Sql } from './sql.ts'
import { isStorageFull } from './storage-full.ts'

/**
 * A service's door to its own schema, under its own role.
 *
 * Every statement runs in the scope of one school: the session setting `azora.organization_id` holds its id, and
 * row-level security compares each row with it. The setting is sent only when a pooled connection last served
 * another school, so a single-school installation pays nothing for the wall.
 */

// Times leave the database as ISO 8601 strings and counts as numbers: what the wire carries.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, text => new Date(text).toISOString())
pg.types.setTypeParser(pg.types.builtins.INT8, parseInteger)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, parseDecimal)

export type Row = Record<string, unknown>

/** What stores are given: something to run statements on, in the scope of one school. */
export type Queryable = {
  /** Rows with camelCase keys. */
  rows<T = Row>(statement: Sql): Promise<T[]>
  /** The one row there must be; throws when there is none or more. */
  one<T = Row>(statement: Sql): Promise<T>
  /** The row, or null when there is none. */
  optional<T = Row>(statement: Sql): Promise<T | null>
  /** Run for its effect; the number of rows it touched. */
  run(statement: Sql): Promise<number>
}

/** An open transaction. `afterCommit` work runs once the commit has succeeded. */
export type Transaction = Queryable & {
  /** Whose tables it writes. */
  service: string
  organizationId: string
  afterCommit(work: () => void): void
  /** Change the school in mid-transaction: for infrastructure that handles events of several schools. */
  enter(organizationId: string): Promise<void>
}

export type ScopedDatabase = Queryable & {
  organizationId: string
  /**
   * All of it or nothing. When PostgreSQL ends it because of another transaction (a deadlock, a serialization
   * failure), `work` runs again, up to five times in all: it changes nothing but the database.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
}

export type Database = {
  service: string
  pool: pg.Pool
  /** The door for one school. */
  in(organizationId: string): ScopedDatabase
  /** Every school at once: signing in, public pages found by an unguessable id, infrastructure. */
  across: ScopedDatabase
  /** Tables that belong to no school (outbox, inbox): in whatever scope the connection happens to be. */
  infrastructure: ScopedDatabase
  close(): Promise<void>
}

const everySchool = '*'

type ScopedClient = pg.PoolClient & { azoraScope?: string | undefined }

const camel = new Map<string, string>()
function camelCase(name: string): string {
  let known = camel.get(name)
  if (known === undefined) {
    known = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    camel.set(name, known)
  }
  return known
}

function camelRows(result: pg.QueryArrayResult): Row[] {
  const names = result.fields.map(field => camelCase(field.name))
  return result.rows.map(values => {
    const row: Row = {}
    for (let index = 0; index < names.length; index++) row[names[index] as string] = values[index]
    return row
  })
}

// Connection-level failures: the statement never took effect or its fate is unknown to us, and a later try may do.
const lostConnection = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND', // the name of a container that is being replaced
  'EAI_AGAIN',
  '53300', // too many clients
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
])

// Serialization failure and deadlock: PostgreSQL asks for the whole transaction anew (manual, 13.5).
const endedByAnother = new Set(['40001', '40P01'])
const mostAttempts = 5

/** Between 0 and 10, 20, 40, 80 ms: those who met once should not meet again at the same moment. */
const pauseMs = (attempt: number) => Math.random() * 10 * 2 ** (attempt - 1)

function asLost(failure: unknown): unknown {
  const code = (failure as { code?: string }).code ?? ''
  const text = failure instanceof Error ? failure.message : ''
  if (
    lostConnection.has(code) ||
    /timeout exceeded when trying to connect|Connection terminated|is not queryable/.test(text)
  ) {
    return new AppError('unavailable', {}, { cause: failure })
  }
  return failure
}

async function execute(client: ScopedClient, statement: Sql): Promise<pg.QueryArrayResult> {
  const { text, name } = prepare(statement)
  return client.query({ text, name, values: statement.values as unknown[], rowMode: 'array' })
}

async function enterScope(client: ScopedClient, scope: string): Promise<void> {
  if (client.azoraScope === scope) return
  client.azoraScope = undefined
  await client.query({
    name: 'azora_scope',
    text: "select set_config('azora.organization_id', $1, false)",
    values: [scope],
  })
  client.azoraScope = scope
}

function queryable(run: (statement: Sql) => Promise<pg.QueryArrayResult>): Queryable {
  const rows = async (statement: Sql) => camelRows(await run(statement))
  return {
    rows: async <T>(statement: Sql) => (await rows(statement)) as T[],
    async one<T>(statement: Sql) {
      const found = await rows(statement)
      if (found.length !== 1)
        throw new Error(`Expected one row, found ${found.length}: ${prepare(statement).text}`)
      return found[0] as T
    },
    async optional<T>(statement: Sql) {
      const found = await rows(statement)
      if (found.length > 1) throw new Error(`Expected at most one row: ${prepare(statement).text}`)
      return (found[0] as T | undefined) ?? null
    },
    async run(statement: Sql) {
      return (await run(statement)).rowCount ?? 0
    },
  }
}

type DatabaseOptions = {
  service: string
  url: string
  maxConnections: number
  onError(failure: Error): void
  /** The database refused a write because it has no space left. */
  onFull?(): void
  /** A transaction was ended because of another one, and is tried again. */
  onRetry?(): void
}

/** Connect a service to its schema. Connections are opened when first needed. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    application_name: `azora-${options.service}`,
    options: `-c search_path=${options.service},public -c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000`,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  })
  // A pooled connection that dies while idle is replaced at its next use; unheard, its error would end the process.
  pool.on('error', options.onError)
  // So is one that dies between two statements of a transaction; there the next statement tells of it.
  pool.on('connect', client => client.on('error', () => {}))

  async function withClient<T>(scope: string | null, work: (client: ScopedClient) => Promise<T>): Promise<T> {
    let client: ScopedClient
    try {
      client = await pool.connect()
    } catch (failure) {
      throw asLost(failure)
    }
    let broken = false
    try {
      if (scope !== null) await enterScope(client, scope)
      return await work(client)
    } catch (failure) {
      const lost = asLost(failure)
      broken = lost !== failure
      if (isStorageFull(failure)) options.onFull?.()
      throw asStorageFull(lost)
    } finally {
      client.release(broken)
    }
  }

  async function transact<T>(scope: string | null, work: (tx: Transaction) => Promise<T>): Promise<T> {
    refuseInsideTransaction('A second transaction')
    for (let attempt = 1; ; attempt++) {
      try {
        return await transactOnce(scope, work)
      } catch (failure) {
        if (attempt === mostAttempts || !endedByAnother.has((failure as { code?: string }).code ?? ''))
          throw failure
        options.onRetry?.()
        await setTimeout(pauseMs(attempt))
      }
    }
  }

  async function transactOnce<T>(scope: string | null, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const committed: (() => void)[] = []
    const result = await withClient(scope, async client => {
      await client.query('begin')
      try {
        const tx: Transaction = {
          ...queryable(statement => execute(client, statement)),
          service: options.service,
          organizationId: scope ?? everySchool,
          afterCommit: done => void committed.push(done),
          enter: async organizationId => {
            await enterScope(client, organizationId)
            tx.organizationId = organizationId
          },
        }
        const made = await insideTransaction(options.service, () => work(tx))
        await client.query('commit')
        return made
      } catch (failure) {
        // A rollback also takes back a scope that was set inside the transaction.
        client.azoraScope = undefined
        await client.query('rollback').catch(() => {})
        throw failure
      }
    })
    for (const done of committed) done()
    return result
  }

  const scoped = (scope: string | null): ScopedDatabase => ({
    ...queryable(statement => {
      refuseInsideTransaction('A statement on another connection')
      return withClient(scope, client => execute(client, statement))
    }),
    organizationId: scope ?? everySchool,
    transaction: work => transact(scope, work),
  })

  // One door per school, kept: schools are few and each request would otherwise build its closures again.
  const doors = new Map<string, ScopedDatabase>()
  return {
    service: options.service,
    pool,
    in(organizationId) {
      let door = doors.get(organizationId)
      if (!door) {
        if (doors.size > 1000) doors.clear()
        door = scoped(organizationId)
        doors.set(organizationId, door)
      }
      return door
    },
    across: scoped(everySchool),
    infrastructure: scoped(null),
    close: () => pool.end(),
  }
}
