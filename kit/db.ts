import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import {
  insideTransaction,
  refuseInsideTransaction,
  settledWith,
  type Unsettled,
  unsettledHere,
} from './context.ts'
import { asLost, endedByAnother } from './database-failures.ts'
import { schemaOf } from './database-names.ts'
import { asStorageFull } from './errors.ts'
import { parseDecimal, parseInteger } from './exact-numbers.ts'
import { enterScope, execute, openPipeline, type Pipeline, type ScopedClient } from './pipeline.ts'
import { createSettlement, type Settlement } from './settlement.ts'
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

/** Something to run statements on, whatever its scope: for tables of no school, and for work across all of them. */
export type Unscoped = {
  /** Rows with camelCase keys. */
  rows<T = Row>(statement: Sql): Promise<T[]>
  /** The one row there must be; throws when there is none or more. */
  one<T = Row>(statement: Sql): Promise<T>
  /** The row, or null when there is none. */
  optional<T = Row>(statement: Sql): Promise<T | null>
  /** Run for its effect; the number of rows it touched. */
  run(statement: Sql): Promise<number>
}

/** What stores of a school's rows are given: the scope of that school, which each of their statements names as well. */
export type Queryable = Unscoped & { readonly organizationId: string }

/** An open transaction. `afterCommit` work runs once the commit has succeeded. */
export type Transaction = Queryable & {
  /** Whose tables it writes. */
  service: string
  /** Of the school it is in; read before a transaction across schools has entered one, it throws. */
  readonly organizationId: string
  /**
   * Run for its effect, without waiting: it is sent along with what follows, in the order of the calls. Where it fails,
   * the transaction does.
   */
  send(statement: Sql): void
  afterCommit(work: () => void): void
  /** Change the school in mid-transaction, or with `everySchool` go back to all of them. */
  enter(organizationId: string): Promise<void>
}

/** A door that is not one school's: a statement that names its school cannot be given it. */
export type AcrossSchools = Unscoped & {
  /**
   * All of it or nothing. When PostgreSQL ends it because of another transaction (a deadlock, a serialization
   * failure), `work` runs again, up to five times in all: it changes nothing but the database.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
}

export type ScopedDatabase = AcrossSchools & Queryable

export type Database = {
  service: string
  pool: pg.Pool
  /** The door for one school. */
  in(organizationId: string): ScopedDatabase
  /** Every school at once: signing in, public pages found by an unguessable id, infrastructure. */
  across: AcrossSchools
  /** Tables that belong to no school (outbox, inbox): in whatever scope the connection happens to be. */
  infrastructure: AcrossSchools
  /**
   * Run `work` so that whatever it writes through this database, in whichever transactions, commits in one with
   * `mark.done`; when `done` throws, nothing of it was written. When `work` throws, what it had completed is kept and
   * commits with `mark.failed`.
   */
  settle<T>(
    organizationId: string,
    work: () => Promise<T>,
    mark: { done(tx: Unscoped, made: T): Promise<void>; failed(tx: Unscoped): Promise<void> },
  ): Promise<T>
  close(): Promise<void>
}

/** The scope of every school at once. */
export const everySchool = '*'

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

const mostAttempts = 5

/** Between 0 and 10, 20, 40, 80 ms: those who met once should not meet again at the same moment. */
const pauseMs = (attempt: number) => Math.random() * 10 * 2 ** (attempt - 1)

function unscoped(run: (statement: Sql) => Promise<pg.QueryArrayResult>): Unscoped {
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

const isRead = (statement: Sql) =>
  /^\s*select\b(?!.*\bfor (?:no key )?(?:update|share)\b)/is.test(prepare(statement).text)

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
    options: `-c search_path=${schemaOf(options.service)},public -c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000`,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    // See kit/pipeline.ts.
    pipeline: true,
  })
  // A pooled connection that dies while idle is replaced at its next use; unheard, its error would end the process.
  pool.on('error', options.onError)
  // So is one that dies between two statements of a transaction; there the next statement tells of it.
  pool.on('connect', client => client.on('error', () => {}))

  const settlements = new WeakMap<Unsettled, Settlement<ScopedClient>>()

  async function withClient<T>(scope: string | null, work: (client: ScopedClient) => Promise<T>): Promise<T> {
    const client = await connect()
    let broken = false
    try {
      if (scope !== null) await enterScope(client, scope)
      return await work(client)
    } catch (failure) {
      const described = describe(failure)
      broken = described.broken
      throw described.fault
    } finally {
      release(client, broken)
    }
  }

  const release = (client: ScopedClient, broken: boolean) =>
    client.release(broken || client.azoraUnusable === true)

  async function connect(): Promise<ScopedClient> {
    try {
      return await pool.connect()
    } catch (failure) {
      throw asLost(failure)
    }
  }

  function describe(failure: unknown): { fault: unknown; broken: boolean } {
    const lost = asLost(failure)
    if (isStorageFull(failure)) options.onFull?.()
    return { fault: asStorageFull(lost), broken: lost !== failure }
  }

  /** What the current request has not settled yet, if it settles its writes together and through this database. */
  function settlementHere(): Settlement<ScopedClient> | null {
    const unsettled = unsettledHere()
    const ours = unsettled ? (settlements.get(unsettled) ?? null) : null
    return ours?.isAnswered() ? null : ours
  }

  async function transact<T>(scope: string | null, work: (tx: Transaction) => Promise<T>): Promise<T> {
    refuseInsideTransaction('A second transaction')
    for (let attempt = 1; ; attempt++) {
      try {
        return await transactOnce(scope, work)
      } catch (failure) {
        if (attempt === mostAttempts || !endedByAnother(failure)) throw failure
        options.onRetry?.()
        await setTimeout(pauseMs(attempt))
      }
    }
  }

  async function transactOnce<T>(scope: string | null, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const inside = async (pipeline: Pipeline, afterCommit: Transaction['afterCommit']) => {
      let school = scope ?? everySchool
      const tx: Transaction = {
        ...unscoped(pipeline.query),
        service: options.service,
        get organizationId() {
          if (school === everySchool) throw new Error('This transaction is across schools: enter one first.')
          return school
        },
        send: statement => void pipeline.query(statement),
        afterCommit,
        enter: async organizationId => {
          pipeline.enter(organizationId)
          school = organizationId
        },
      }
      return insideTransaction(options.service, () => work(tx))
    }
    const settlement = settlementHere()
    if (settlement) {
      return settlement.step(async (client, after) => {
        if (scope !== null) await enterScope(client, scope)
        const pipeline = openPipeline(client, null)
        const made = await inside(pipeline, after)
        await pipeline.landed()
        pipeline.close()
        return made
      })
    }
    const committed: (() => void)[] = []
    const result = await withClient(null, async client => {
      const pipeline = openPipeline(client, { scope })
      try {
        const made = await inside(pipeline, done => void committed.push(done))
        await pipeline.commit()
        return made
      } catch (failure) {
        pipeline.close()
        // A rollback also takes back a scope that was set inside the transaction.
        client.azoraScope = undefined
        await client.query('rollback').catch(() => {
          client.azoraUnusable = true
        })
        throw failure
      }
    })
    for (const done of committed) done()
    return result
  }

  function runAlone(scope: string | null, statement: Sql): Promise<pg.QueryArrayResult> {
    refuseInsideTransaction('A statement on another connection')
    const settlement = settlementHere()
    // Until something was written there is nothing to settle, and reading holds no transaction open.
    if (!settlement || (!settlement.isOpen() && isRead(statement)))
      return withClient(scope, client => execute(client, statement))
    return settlement.step(async client => {
      if (scope !== null) await enterScope(client, scope)
      return execute(client, statement)
    })
  }

  const across = (scope: string | null): AcrossSchools => ({
    ...unscoped(statement => runAlone(scope, statement)),
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
        door = { ...across(organizationId), organizationId }
        doors.set(organizationId, door)
      }
      return door
    },
    across: across(everySchool),
    infrastructure: across(null),
    async settle(organizationId, work, mark) {
      const settlement = createSettlement<ScopedClient>({
        service: options.service,
        connect,
        release,
        undone: client => {
          client.azoraScope = undefined
        },
        describe,
      })
      settlements.set(settlement, settlement)
      const marked = (write: (tx: Unscoped) => Promise<void>) => async (client: ScopedClient) => {
        await enterScope(client, organizationId)
        await write(unscoped(statement => execute(client, statement)))
      }
      let made: Awaited<ReturnType<typeof work>>
      try {
        made = await settledWith(settlement, work)
      } catch (failure) {
        // What was lost with the connection cannot be kept; that the work may be tried again is still to be said.
        if (settlement.isLost()) await withClient(organizationId, marked(mark.failed))
        else await settlement.finish(marked(mark.failed))
        throw failure
      }
      await settlement.finish(marked(tx => mark.done(tx, made)))
      return made
    },
    close: () => pool.end(),
  }
}
