import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openDatabase } from './db.ts'
import { AppError } from './errors.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

/** What callers are told when the database fails, and what goes on afterwards. */

let kit: TestKit
let admin: pg.Client
const school = randomUUID()

before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
  admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
})
after(async () => {
  await admin.end()
  await kit.dispose()
})

const isUnavailable = (failure: unknown) => {
  assert.ok(failure instanceof AppError, String(failure))
  assert.equal(failure.code, 'unavailable')
  assert.ok(failure.cause, 'the reason is kept for the log')
  return true
}

const insert = (id: string) =>
  sql`insert into documents (organization_id, collection, id, body) values (${school}, 'notes', ${id}, '{}')`

/** End a connection from outside, and wait until this process has noticed. */
async function cut(pid: number, client: pg.PoolClient): Promise<void> {
  const noticed = new Promise<void>(resolve => client.on('end', () => resolve()))
  await admin.query('select pg_terminate_backend($1)', [pid])
  await noticed
}

test('A database that cannot be reached, by port or by name, is unavailable, also to a transaction.', async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  for (const host of [`127.0.0.1:${port}`, 'no-such-host.invalid']) {
    const away = openDatabase({
      service: 'education',
      url: `postgres://azora_education:x@${host}/azora`,
      maxConnections: 1,
      onError: () => {},
    })
    await assert.rejects(away.in(school).rows(sql`select 1`), isUnavailable)
    let entered = false
    const attempt = away.across.transaction(async () => {
      entered = true
    })
    await assert.rejects(attempt, isUnavailable)
    assert.equal(entered, false)
    await away.close()
  }
})

test('A connection that dies between two statements of a transaction ends neither the process nor the pool.', async () => {
  const id = randomUUID()
  const clients: pg.PoolClient[] = []
  const remember = (client: pg.PoolClient) => void clients.push(client)
  kit.db.pool.on('acquire', remember)
  const attempt = kit.db.in(school).transaction(async tx => {
    await tx.run(insert(id))
    const { pid } = await tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await cut(pid, clients.at(-1) ?? assert.fail('no connection'))
    await tx.run(sql`select 1`)
  })
  await assert.rejects(attempt, isUnavailable)
  kit.db.pool.off('acquire', remember)
  assert.equal(await kit.db.in(school).run(sql`select from documents where id = ${id}`), 0)
})

test('A commit that does not come through is told as unavailable, and nothing tells of a commit.', async () => {
  let told = false
  const clients: pg.PoolClient[] = []
  const remember = (client: pg.PoolClient) => void clients.push(client)
  kit.db.pool.on('acquire', remember)
  const attempt = kit.db.in(school).transaction(async tx => {
    tx.afterCommit(() => {
      told = true
    })
    const { pid } = await tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await cut(pid, clients.at(-1) ?? assert.fail('no connection'))
  })
  await assert.rejects(attempt, isUnavailable)
  kit.db.pool.off('acquire', remember)
  assert.equal(told, false)
})

test('A statement that PostgreSQL refuses is no outage: its own error comes through, and its connection stays.', async () => {
  const id = randomUUID()
  await kit.db.in(school).run(insert(id))
  const { pid } = await kit.db.in(school).one<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  await assert.rejects(kit.db.in(school).run(insert(id)), { code: '23505' })
  await assert.rejects(kit.db.in(school).rows(sql`select nothing`), { code: '42703' })
  const again = await kit.db.in(school).one<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  assert.equal(again.pid, pid)
})

test('What a transaction throws itself comes out as it was thrown.', async () => {
  const refusal = new AppError('attempts_exhausted')
  const attempt = kit.db.in(school).transaction(async () => {
    throw refusal
  })
  await assert.rejects(attempt, (failure: unknown) => failure === refusal)
})

test('However often transactions fail, their connections come back to the pool.', async () => {
  const attempts = Array.from({ length: 50 }, () =>
    kit.db
      .in(school)
      .transaction(async tx => {
        await tx.rows(sql`select nothing`)
      })
      .then(
        () => 'kept',
        () => 'refused',
      ),
  )
  assert.deepEqual(new Set(await Promise.all(attempts)), new Set(['refused']))
  const { totalCount, idleCount, waitingCount } = kit.db.pool
  assert.deepEqual([idleCount, waitingCount], [totalCount, 0])
  assert.ok(totalCount <= 5)
})
