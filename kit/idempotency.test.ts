import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { leaveProcess, whenCommitted } from './context.ts'
import { AppError } from './errors.ts'
import { once } from './idempotency.ts'
import type { Actor } from './identity.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

/** The record of an answer and the work that it answers: both, or neither. */

let kit: TestKit
let admin: pg.Client
const actor: Actor = {
  userId: randomUUID(),
  organizationId: randomUUID(),
  sessionId: randomUUID(),
  roles: [],
  authenticatedAt: 0,
}

before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
  admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
})
after(async () => {
  await admin.end()
  await kit.dispose()
})

const school = () => kit.db.in(actor.organizationId)
const note = (name: string) =>
  sql`insert into documents (organization_id, collection, id, body)
    values (${actor.organizationId}, ${name}, ${actor.userId}, '{}')`
const write = (name: string) => school().transaction(tx => tx.run(note(name)))

/** Notes whose names begin so, as everybody else sees them. */
async function notes(prefix: string): Promise<string[]> {
  const { rows } = await admin.query(
    'select collection from education.documents where collection like $1 order by collection',
    [`${prefix}%`],
  )
  return rows.map(row => row.collection)
}

const ask = (key: string, work: () => Promise<string>) =>
  once(
    kit.db,
    actor,
    { key, operation: { name: 'write', shownOnce: false }, raw: {}, internalKey: null },
    work,
  )

const claims = async (key: string) =>
  (await admin.query('select response from education.idempotency_keys where key = $1', [key])).rows

/** As if the claim had been made more than a minute ago: what a request finds after another's process died. */
const age = (key: string) =>
  admin.query(
    "update education.idempotency_keys set created_at = created_at - interval '2 minutes' where key = $1",
    [key],
  )

describe('What a request with an idempotency key writes', () => {
  test('is seen by nobody before its answer is recorded, and by everybody with it.', async () => {
    const key = randomUUID()
    const answer = await ask(key, async () => {
      await write(`${key} a`)
      const own = await school().rows(sql`select collection from documents where collection = ${`${key} a`}`)
      assert.deepEqual(own, [{ collection: `${key} a` }])
      await school().run(note(`${key} b`))
      assert.deepEqual(await notes(key), [])
      return '{"made":2}'
    })
    assert.equal(answer, '{"made":2}')
    assert.deepEqual(await notes(key), [`${key} a`, `${key} b`])
    assert.deepEqual(await claims(key), [{ response: { made: 2 } }])
    assert.equal(await ask(key, () => Promise.reject(new Error('not again'))), '{"made":2}')
  })

  test('is gone when the connection dies before the answer is recorded, and done once by the next try.', async () => {
    const key = randomUUID()
    const dying = ask(key, async () => {
      await write(`${key} a`)
      const { rows } = await admin.query(
        "select pid from pg_stat_activity where application_name = 'azora-education' and state = 'idle in transaction'",
      )
      assert.equal(rows.length, 1)
      await admin.query('select pg_terminate_backend($1)', [rows[0].pid])
      return '{}'
    })
    await assert.rejects(dying, { code: 'unavailable' })
    assert.deepEqual(await notes(key), [])
    await age(key)
    await ask(key, async () => {
      await write(`${key} a`)
      return '{}'
    })
    assert.deepEqual(await notes(key), [`${key} a`])
  })

  for (const first of ['the late one', 'the second']) {
    test(`is done by one of two when the first takes too long; ${first} ends first.`, async () => {
      const key = randomUUID()
      const written = Promise.withResolvers<void>()
      const proceed = Promise.withResolvers<void>()
      const late = ask(key, async () => {
        await write(`${key} late`)
        written.resolve()
        await proceed.promise
        return '{"by":"late"}'
      })
      await written.promise
      await age(key)
      const begun = Promise.withResolvers<void>()
      const end = Promise.withResolvers<void>()
      const second = ask(key, async () => {
        await write(`${key} second`)
        begun.resolve()
        await end.promise
        return '{"by":"second"}'
      })
      await begun.promise
      if (first === 'the late one') proceed.resolve()
      else end.resolve()
      if (first === 'the late one') await assert.rejects(late, { code: 'conflict' })
      else await second
      proceed.resolve()
      end.resolve()
      await Promise.allSettled([late, second])
      await assert.rejects(late, { code: 'conflict' })
      assert.equal(await second, '{"by":"second"}')
      assert.deepEqual(await notes(key), [`${key} second`])
    })
  }

  test('stays as far as it was completed when the request is refused, and the key is free.', async () => {
    const key = randomUUID()
    const refused = ask(key, async () => {
      await write(`${key} a`)
      await assert.rejects(
        school().transaction(async tx => {
          await tx.run(note(`${key} b`))
          throw new AppError('conflict')
        }),
      )
      // A statement that fails on its own undoes nothing else.
      await assert.rejects(school().run(note(`${key} a`)), { code: '23505' })
      await write(`${key} c`)
      throw new AppError('forbidden')
    })
    await assert.rejects(refused, { code: 'forbidden' })
    assert.deepEqual(await notes(key), [`${key} a`, `${key} c`])
    assert.deepEqual(await claims(key), [])
  })

  test('is undone step by step also where the school was changed within.', async () => {
    const key = randomUUID()
    const other = randomUUID()
    await ask(key, async () => {
      await assert.rejects(
        kit.db.across.transaction(async tx => {
          await tx.enter(other)
          throw new AppError('conflict')
        }),
      )
      await write(`${key} a`)
      return '{}'
    })
    assert.deepEqual(await notes(key), [`${key} a`])
  })

  test('is committed before another part is asked, which may look at it.', async () => {
    const key = randomUUID()
    await ask(key, async () => {
      await write(`${key} a`)
      await leaveProcess('A call to somebody')
      assert.deepEqual(await notes(key), [`${key} a`])
      await write(`${key} b`)
      assert.deepEqual(await notes(key), [`${key} a`])
      return '{}'
    })
    assert.deepEqual(await notes(key), [`${key} a`, `${key} b`])
  })

  test('is told of once it is committed, and never when it was undone.', async () => {
    const key = randomUUID()
    const told: string[] = []
    const writeAndTell = async () => {
      await school().transaction(async tx => {
        await tx.run(note(`${key} a`))
        tx.afterCommit(() => told.push('in it'))
      })
      whenCommitted(() => told.push('after it'))
      assert.deepEqual(told, [])
      return '{}'
    }
    await assert.rejects(
      ask(key, async () => {
        await writeAndTell()
        await age(key)
        return '{}'
      }),
      { code: 'conflict' },
    )
    assert.deepEqual([told, await notes(key)], [[], []])
    await ask(key, writeAndTell)
    assert.deepEqual(told, ['in it', 'after it'])
  })

  test('is written in turns when the handler writes at once, and holds one connection.', async () => {
    const key = randomUUID()
    await ask(key, async () => {
      await Promise.all(Array.from({ length: 20 }, (_, index) => write(`${key} ${index}`)))
      return '{}'
    })
    assert.equal((await notes(key)).length, 20)
    assert.ok(kit.db.pool.totalCount <= 5)
    assert.equal(kit.db.pool.totalCount, kit.db.pool.idleCount)
  })

  test('is answered to one of eight who ask at once.', async () => {
    const key = randomUUID()
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        ask(key, async () => {
          await write(`${key} ${index}`)
          return '{}'
        }),
      ),
    )
    assert.equal((await notes(key)).length, 1)
    for (const one of asked) if (one.status === 'rejected') assert.equal(one.reason.code, 'conflict')
  })
})
