import type { Duplex } from 'node:stream'
import pg from 'pg'
import { prepare, type Sql } from './sql.ts'

/**
 * Statements on one connection, sent without waiting for one another. PostgreSQL answers them in order, and what a
 * transaction sends after a statement that failed has no effect. So only what an answer is needed for has to wait, and
 * the first statement travels with `begin`, the last with `commit`: each journey costs both sides more processor time
 * than most statements do.
 */

export type ScopedClient = pg.PoolClient & {
  azoraScope?: string | undefined
  /** It no longer knows which statements PostgreSQL has prepared for it. */
  azoraUnusable?: boolean
}

const streamOf = (client: ScopedClient) =>
  (client as unknown as { connection: { stream: Duplex } }).connection.stream

/** What is sent on a connection in one turn of the event loop leaves in one packet. */
function gather(client: ScopedClient): void {
  const stream = streamOf(client)
  stream.cork()
  process.nextTick(() => stream.uncork())
}

export function execute(client: ScopedClient, statement: Sql): Promise<pg.QueryArrayResult> {
  const { text, name } = prepare(statement)
  const answer = client.query({ text, name, values: statement.values as unknown[], rowMode: 'array' })
  // A value that has no text: `pg` takes the prepared statement back and goes on believing that it is there.
  answer.catch(failure => {
    if (!(failure instanceof pg.DatabaseError)) client.azoraUnusable = true
  })
  return answer
}

/** Set the school whose rows a connection sees. Outside a transaction it has to be awaited before anything is sent. */
export async function enterScope(client: ScopedClient, scope: string): Promise<void> {
  if (client.azoraScope === scope) return
  client.azoraScope = undefined
  await setScope(client, scope)
  client.azoraScope = scope
}

const setScope = (client: ScopedClient, scope: string) =>
  client.query({
    name: 'azora_scope',
    text: "select set_config('azora.organization_id', $1, false)",
    values: [scope],
  })

/** The statements of a transaction, or of a step of one that is open. */
export type Pipeline = {
  /** @throws what went wrong first: after that, PostgreSQL only says that the transaction has failed. */
  query(statement: Sql): Promise<pg.QueryArrayResult>
  /** Change the school in mid-transaction. If that fails, so does all that follows. */
  enter(scope: string): void
  /** Until everything sent was answered. @throws what went wrong first, also where nobody awaited it. */
  landed(): Promise<void>
  /** Commit, if anything was sent. @throws as `landed`. */
  commit(): Promise<void>
  /** Refuse what comes from now on: it would run alone, and in whatever school the connection serves by then. */
  close(): void
}

/** @param begins with the scope to enter, where a transaction begins with the first statement; null in an open one. */
export function openPipeline(client: ScopedClient, begins: { scope: string | null } | null): Pipeline {
  let unbegun = begins
  let closed = false
  let failed: { reason: unknown } | null = null
  let last: Promise<unknown> = Promise.resolve()

  function watch<T>(answer: Promise<T>): Promise<T> {
    const told = answer.catch(reason => {
      failed ??= { reason }
      throw failed.reason
    })
    // `landed` tells of a failure for which nobody waited.
    last = told.catch(() => {})
    return told
  }

  function begin(): void {
    if (closed) throw new Error('This transaction has ended.')
    gather(client)
    if (!unbegun) return
    const { scope } = unbegun
    unbegun = null
    if (scope === null || scope === client.azoraScope) return void watch(client.query('begin'))
    // Not `set_config`: behind a query, the transaction could no longer choose its isolation.
    watch(client.query(`begin; set azora.organization_id = ${client.escapeLiteral(scope)}`))
    client.azoraScope = scope
  }

  function enter(scope: string): void {
    if (unbegun && unbegun.scope !== null) {
      unbegun = { scope }
      return
    }
    if (client.azoraScope === scope) return
    begin()
    watch(setScope(client, scope))
    // Should it fail, the transaction fails too, and what takes it back forgets the scope.
    client.azoraScope = scope
  }

  async function landed(): Promise<void> {
    await last
    if (failed) throw failed.reason
  }

  return {
    query(statement) {
      begin()
      return watch(execute(client, statement))
    },
    enter,
    landed,
    close: () => {
      closed = true
    },
    async commit() {
      closed = true
      if (unbegun) return
      const stream = streamOf(client)
      stream.cork()
      try {
        // By then it is known which statements could not even be sent: PostgreSQL would commit without them. Behind one
        // that fails there, it rolls back.
        await new Promise<void>(resolve => process.nextTick(resolve))
        if (!failed) watch(client.query('commit'))
      } finally {
        stream.uncork()
      }
      await landed()
    },
  }
}
