import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { redisCache } from './cache.ts'
import { everySchool } from './db.ts'
import { AppError } from './errors.ts'
import { none, sql } from './sql.ts'
import { createTestKit, type TestKit, testContext } from './testing.ts'

// The kit's own tables are enough to stand on: documents belong to schools as every service's rows do.
const migrations = new URL('./migrations/', import.meta.url)
let kit: TestKit
const north = randomUUID()
const south = randomUUID()

before(async () => {
  kit = await createTestKit({ name: 'education', migrations }, [{ name: 'auth', migrations }])
  for (const organizationId of [north, south]) await insertDocument(organizationId)
})
after(() => kit.dispose())

const document = (organizationId: string, id: string = randomUUID()) => sql`
  insert into documents (organization_id, collection, id, body) values (${organizationId}, 'notes', ${id}, '{}')`

async function insertDocument(organizationId: string): Promise<void> {
  await kit.db.in(organizationId).run(document(organizationId))
}

const schoolsSeen = async (door: typeof kit.db.across) =>
  (await door.rows<{ organizationId: string }>(sql`select organization_id from documents`)).map(
    row => row.organizationId,
  )

describe('The wall between schools', () => {
  test('shows a school its own rows alone, even to a statement without a condition.', async () => {
    assert.deepEqual(await schoolsSeen(kit.db.in(north)), [north])
    assert.deepEqual(await schoolsSeen(kit.db.in(south)), [south])
  })
  test('is crossed by name only.', async () => {
    assert.deepEqual((await schoolsSeen(kit.db.across)).sort(), [north, south].sort())
  })
  test('takes no row for another school, and changes and deletes none of its rows.', async () => {
    const foreign = kit.db.in(north).run(document(south))
    await assert.rejects(foreign, /row-level security/)
    assert.equal(
      await kit.db.in(north).run(sql`update documents set collection = 'x' where organization_id = ${south}`),
      0,
    )
    assert.equal(await kit.db.in(north).run(sql`delete from documents where organization_id = ${south}`), 0)
  })
  test('holds for each of many schools that share few connections at once.', async () => {
    const schools = Array.from({ length: 20 }, () => randomUUID())
    await Promise.all(schools.map(insertDocument))
    await Promise.all(
      Array.from({ length: 200 }, async (_, at) => {
        const school = schools[at % schools.length] as string
        assert.deepEqual(await schoolsSeen(kit.db.in(school)), [school])
      }),
    )
  })
  test('stands again after a transaction that entered another school was rolled back.', async () => {
    await assert.rejects(
      kit.db.in(north).transaction(async tx => {
        await tx.enter(south)
        throw new Error('stop')
      }),
      /stop/,
    )
    for (let at = 0; at < 10; at++) assert.deepEqual(await schoolsSeen(kit.db.in(north)), [north])
  })
  test('stands twice: a statement that names its school shows none of another when the connection has the wrong one.', async () => {
    const clients = await Promise.all(
      Array.from({ length: kit.db.pool.options.max }, () => kit.db.pool.connect()),
    )
    for (const client of clients) {
      await client.query("select set_config('azora.organization_id', $1, false)", [south])
      Object.assign(client, { azoraScope: north })
      client.release()
    }
    const school = kit.db.in(north)
    const named = sql`select organization_id from documents where organization_id = ${school.organizationId}`
    try {
      assert.deepEqual(await schoolsSeen(school), [south])
      assert.deepEqual(await school.rows(named), [])
    } finally {
      const taken = await Promise.all(clients.map(() => kit.db.pool.connect()))
      for (const client of taken) client.release(true)
    }
    assert.deepEqual(await school.rows(named), [{ organizationId: north }])
  })
  test('shows nothing to a connection that names no school.', async () => {
    const client = await kit.db.pool.connect()
    try {
      await client.query('reset azora.organization_id')
      assert.equal((await client.query('select from documents')).rowCount, 0)
    } finally {
      client.release(true)
    }
  })
})

test('A service\u2019s role reads no other service\u2019s schema and makes nothing of its own.', async () => {
  for (const statement of ['select from auth.documents', 'select from azora_jobs._private_jobs']) {
    await assert.rejects(kit.db.pool.query(statement), /permission denied/, statement)
  }
  for (const statement of [
    'create table education.mine (id int)',
    'create table public.mine (id int)',
    'drop table education.documents',
  ]) {
    await assert.rejects(kit.db.pool.query(statement), /permission denied|must be owner/, statement)
  }
  await assert.rejects(
    kit.db.pool.query("insert into migrations (name, hash) values ('x', 'y')"),
    /permission denied/,
  )
})

describe('A transaction', () => {
  const insert = (id: string) => document(north, id)
  const count = async (id: string) =>
    (await kit.db.in(north).one<{ n: number }>(sql`select count(*) as n from documents where id = ${id}`)).n

  test('across schools names none until it enters one, and none again once it is back.', async () => {
    await kit.db.across.transaction(async tx => {
      assert.throws(() => tx.organizationId, /across schools/)
      await tx.enter(north)
      assert.equal(tx.organizationId, north)
      await tx.enter(everySchool)
      assert.throws(() => tx.organizationId, /across schools/)
    })
  })
  test('keeps all or nothing, and tells of its commit only after it.', async () => {
    const id = randomUUID()
    let told = 0
    await assert.rejects(
      kit.db.in(north).transaction(async tx => {
        await tx.run(insert(id))
        tx.afterCommit(() => {
          told += 1
        })
        throw new Error('stop')
      }),
      /stop/,
    )
    assert.deepEqual([await count(id), told], [0, 0])
    await kit.db.in(north).transaction(async tx => {
      await tx.run(insert(id))
      tx.afterCommit(() => {
        told += 1
      })
      assert.equal(told, 0)
    })
    assert.deepEqual([await count(id), told], [1, 1])
  })

  test('refuses the network, another connection and another transaction inside it.', async () => {
    const never = async () => assert.fail('the network was reached')
    const redis = { get: never, set: never, del: never } as never
    const attempts: Record<string, () => Promise<unknown>> = {
      'a second transaction': () => kit.db.in(north).transaction(async () => {}),
      'a statement outside it': () => kit.db.in(north).rows(sql`select 1`),
      'storing a file': () => kit.blobs.put('a', null as never, 'text/plain'),
      'a call to Redis': () => redisCache(redis, () => {}).get('key'),
      'a call to another service': async () => kit.others(testContext()).auth.jwks(),
    }
    for (const [what, attempt] of Object.entries(attempts)) {
      await kit.db.in(north).transaction(async () => {
        await assert.rejects(attempt, /inside a database transaction of education/, what)
      })
    }
  })
})

describe('SQL', () => {
  test('keeps values apart from text, whatever is in them.', async () => {
    const name = "x'; drop table documents; --"
    assert.deepEqual(await kit.db.across.one(sql`select ${name}::text as said`), { said: name })
  })
  test('splices fragments within fragments, with their values in order.', async () => {
    const inner = sql`${2}::int + ${3}::int`
    const outer = sql`${1}::int + (${inner}) ${none}`
    assert.deepEqual(await kit.db.across.one(sql`select ${outer} as sum, ${4}::int as last_one`), {
      sum: 6,
      lastOne: 4,
    })
  })
  test('uses one statement\u2019s text with and without a fragment as two statements.', async () => {
    const pick = (only: boolean) =>
      kit.db.across.one<{ n: number }>(
        sql`select count(*) as n from generate_series(1, 3) g ${only ? sql`where g = ${2}` : none}`,
      )
    assert.deepEqual([(await pick(true)).n, (await pick(false)).n, (await pick(true)).n], [1, 3, 1])
  })
  test('gives times as ISO 8601 and counts as numbers.', async () => {
    const row = await kit.db.across.one(sql`
      select timestamptz '2026-01-02 03:04:05.6+02' as at, count(*) as n, 1.5::numeric as share from generate_series(1, 2)`)
    assert.deepEqual(row, { at: '2026-01-02T01:04:05.600Z', n: 2, share: 1.5 })
  })
  test('`one` is one row and `optional` at most one.', async () => {
    await assert.rejects(kit.db.across.one(sql`select 1 where false`), /Expected one row, found 0/)
    await assert.rejects(kit.db.across.optional(sql`select generate_series(1, 2)`), /at most one row/)
    assert.equal(await kit.db.across.optional(sql`select 1 where false`), null)
  })
})

test('A connection cut by the server is answered as unavailable, and the next statement gets a new one.', async () => {
  const cut = kit.db.across.run(sql`select pg_terminate_backend(pg_backend_pid())`)
  await assert.rejects(
    cut,
    (failure: unknown) => failure instanceof AppError && failure.code === 'unavailable',
  )
  assert.deepEqual(await kit.db.across.one(sql`select 1 as n`), { n: 1 })
})
