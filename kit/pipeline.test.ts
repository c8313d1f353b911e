import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Transaction } from './db.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

/** What is sent in a transaction without waiting for it. */

let kit: TestKit
const [north, south] = [randomUUID(), randomUUID()]
before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
})
after(() => kit.dispose())

const insert = (id: string, school = north, body = '{}') =>
  sql`insert into documents (organization_id, collection, id, body) values (${school}, 'notes', ${id}, ${body})`

const kept = (ids: string[], school = north) =>
  kit.db
    .in(school)
    .run(sql`select from documents where organization_id = ${school} and id = any(${ids}::uuid[])`)

describe('A statement that is sent', () => {
  test('takes effect with its transaction, in the order of sending.', async () => {
    const id = randomUUID()
    await kit.db.in(north).transaction(async tx => {
      tx.send(insert(id))
      tx.send(
        sql`update documents set body = '{"second": true}' where organization_id = ${north} and id = ${id}`,
      )
    })
    const { body } = await kit.db
      .in(north)
      .one<{ body: unknown }>(sql`select body from documents where organization_id = ${north} and id = ${id}`)
    assert.deepEqual(body, { second: true })
  })

  test('is seen by the next statement that is waited for.', async () => {
    const id = randomUUID()
    const found = await kit.db.in(north).transaction(async tx => {
      tx.send(insert(id))
      return tx.run(sql`select from documents where organization_id = ${north} and id = ${id}`)
    })
    assert.equal(found, 1)
  })

  for (const [where, rest] of [
    ['last', async () => {}],
    ['before another that is sent', async (tx: Transaction) => tx.send(insert(randomUUID()))],
    ['before one that is waited for', async (tx: Transaction) => void (await tx.run(insert(randomUUID())))],
  ] as const) {
    test(`and fails ${where} undoes its transaction, which tells of that failure.`, async () => {
      const [before, twice] = [randomUUID(), randomUUID()]
      let told = false
      const attempt = kit.db.in(north).transaction(async tx => {
        tx.afterCommit(() => {
          told = true
        })
        await tx.run(insert(before))
        tx.send(insert(twice))
        tx.send(insert(twice))
        await rest(tx)
      })
      await assert.rejects(attempt, { code: '23505' })
      assert.equal(await kept([before, twice]), 0)
      assert.equal(told, false)
    })
  }

  test('and cannot leave the process undoes its transaction too.', async () => {
    const [before, id] = [randomUUID(), randomUUID()]
    const circular: Record<string, unknown> = {}
    circular.self = circular
    const attempt = kit.db.in(north).transaction(async tx => {
      await tx.run(insert(before))
      tx.send(insert(id, north, circular as never))
    })
    await assert.rejects(attempt, /circular/)
    assert.equal(await kept([before, id]), 0)
    assert.equal(await kept([before, id]), 0, 'and the connection can be used')
  })

  test('is written in the school that was entered before, and only there.', async () => {
    const [inNorth, inSouth] = [randomUUID(), randomUUID()]
    await kit.db.infrastructure.transaction(async tx => {
      await tx.enter(north)
      tx.send(insert(inNorth))
      await tx.enter(south)
      tx.send(insert(inSouth, south))
    })
    assert.equal(await kept([inNorth]), 1)
    assert.equal(await kept([inSouth], south), 1)
    const astray = kit.db.infrastructure.transaction(async tx => {
      await tx.enter(north)
      tx.send(insert(randomUUID(), south))
    })
    await assert.rejects(astray, /row-level security/)
  })

  test('and is ended by another transaction is tried again with all of its own.', async () => {
    const id = randomUUID()
    let attempts = 0
    await kit.db.in(north).transaction(async tx => {
      attempts += 1
      if (attempts === 1) tx.send(sql`do $$ begin raise exception sqlstate '40001'; end $$`)
      tx.send(insert(id))
    })
    assert.equal(attempts, 2)
    assert.equal(await kept([id]), 1)
  })

  test('within a request whose answer commits with its work is undone with its own step alone.', async () => {
    const [first, second] = [randomUUID(), randomUUID()]
    await kit.db.settle(
      north,
      async () => {
        await kit.db.in(north).transaction(async tx => tx.send(insert(first)))
        const failing = kit.db.in(north).transaction(async tx => {
          tx.send(insert(second))
          tx.send(insert(first))
        })
        await assert.rejects(failing, { code: '23505' })
      },
      { done: async () => {}, failed: async () => {} },
    )
    assert.equal(await kept([first, second]), 1)
  })
})

test('A failure that its transaction does not look at undoes it, and is told.', async () => {
  const id = randomUUID()
  const attempt = kit.db.in(north).transaction(async tx => {
    await tx.run(insert(id))
    await tx.run(insert(id)).catch(() => {})
  })
  await assert.rejects(attempt, { code: '23505' })
  assert.equal(await kept([id]), 0)
})

test('A school that is entered before anything else is the scope of what follows, whatever the connection served before.', async () => {
  const id = randomUUID()
  await kit.db.in(north).run(insert(id))
  for (const _ of [1, 2, 3, 4, 5]) {
    await kit.db.in(north).run(sql`select 1`)
    const scope = await kit.db.across.transaction(async tx => {
      await tx.enter(north)
      return tx.one<{ scope: string }>(sql`select current_setting('azora.organization_id') as scope`)
    })
    assert.equal(scope.scope, north)
  }
})

test('A transaction that has ended takes no statement any more.', async () => {
  let ended: Transaction | undefined
  await kit.db.in(north).transaction(async tx => {
    ended = tx
    await tx.run(sql`select 1`)
  })
  const id = randomUUID()
  await assert.rejects(async () => ended?.run(insert(id)), /has ended/)
  assert.throws(() => ended?.send(insert(id)), /has ended/)
  await assert.rejects(
    kit.db.in(north).transaction(async tx => {
      ended = tx
      throw new Error('changed its mind')
    }),
    /changed its mind/,
  )
  assert.throws(() => ended?.send(insert(id)), /has ended/)
  assert.equal(await kept([id]), 0)
})
