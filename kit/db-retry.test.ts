import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Transaction } from './db.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

/** Transactions that PostgreSQL ends because of each other are done again; all else fails at once. */

let kit: TestKit
const school = randomUUID()
before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
})
after(() => kit.dispose())

const write = (tx: Transaction, id: string, text: string) =>
  tx.run(sql`
    insert into documents (organization_id, collection, id, body)
    values (${school}, 'notes', ${id}, ${JSON.stringify({ text })}::jsonb)
    on conflict (organization_id, collection, id) do update set body = excluded.body`)

/** Fails as PostgreSQL would, the given number of times. */
async function failTimes(times: number, code: string) {
  let runs = 0
  let committed = 0
  const id = randomUUID()
  const work = kit.db.in(school).transaction(async tx => {
    runs += 1
    tx.afterCommit(() => {
      committed += 1
    })
    await write(tx, id, `run ${runs}`)
    if (runs <= times) throw Object.assign(new Error(code), { code })
    return runs
  })
  const outcome = await work.then(
    value => value as unknown,
    failure => failure,
  )
  const rows = await kit.db
    .in(school)
    .rows<{ text: string }>(sql`select body ->> 'text' as text from documents where id = ${id}`)
  return { outcome, runs, committed, rows }
}

test('A deadlock and a serialization failure are tried again, and what was to follow the commit follows once.', async () => {
  for (const code of ['40001', '40P01']) {
    const { outcome, committed, rows } = await failTimes(2, code)
    assert.equal(outcome, 3, code)
    assert.equal(committed, 1)
    assert.deepEqual(rows, [{ text: 'run 3' }])
  }
})

test('Five times is enough: then the failure is told, and nothing stays.', async () => {
  const { outcome, runs, committed, rows } = await failTimes(99, '40001')
  assert.equal((outcome as { code: string }).code, '40001')
  assert.deepEqual([runs, committed, rows.length], [5, 0, 0])
})

test('Any other failure is told at once.', async () => {
  const { outcome, runs } = await failTimes(99, '23505')
  assert.equal((outcome as { code: string }).code, '23505')
  assert.equal(runs, 1)
})

test('Two transactions that lock the same rows in opposite order both succeed.', async () => {
  const [a, b] = [randomUUID(), randomUUID()]
  await kit.db.in(school).transaction(async tx => {
    await write(tx, a, 'at first')
    await write(tx, b, 'at first')
  })
  // Both hold their first row before either asks for its second, so PostgreSQL has to end one of them.
  let waiting = 0
  let open = () => {}
  const bothHold = new Promise<void>(resolve => {
    open = resolve
  })
  const runs = { one: 0, two: 0 }
  const locked = (name: 'one' | 'two', first: string, second: string) =>
    kit.db.in(school).transaction(async tx => {
      runs[name] += 1
      await write(tx, first, name)
      waiting += 1
      if (waiting === 2) open()
      await bothHold
      await write(tx, second, name)
    })
  await Promise.all([locked('one', a, b), locked('two', b, a)])
  assert.ok(runs.one + runs.two >= 3, 'There was no deadlock, so this shows nothing.')
  const rows = await kit.db
    .in(school)
    .rows<{ text: string }>(sql`select body ->> 'text' as text from documents where id in (${a}, ${b})`)
  assert.equal(rows.length, 2)
  assert.equal(rows[0]?.text, rows[1]?.text, 'One of them wrote half.')
})

test('A transaction knows whose tables it writes.', async () => {
  assert.equal(await kit.db.in(school).transaction(async tx => tx.service), 'education')
})
