import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { forgetOldWork, forgetWorkOf } from './retention.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
})
after(() => kit.dispose())
beforeEach(async () => {
  for (const table of [sql`inbox`, sql`outbox`, sql`idempotency_keys`])
    await kit.db.across.run(sql`delete from ${table}`)
})

const ago = (days: number | null) => sql`now() - make_interval(days => ${days}::int)`

/** An event of the outbox, told so many days ago; null where it waits still. */
async function sent(publishedDaysAgo: number | null, userId: string = randomUUID()) {
  const id = randomUUID()
  await kit.db.infrastructure.run(sql`
    insert into outbox (id, name, organization_id, payload, correlation_id, occurred_at, published_at)
    values (${id}, 'course.enrolled', ${organizationId}, ${JSON.stringify({ userId })}::jsonb, '-', now() - interval '90 days',
      ${ago(publishedDaysAgo)})`)
  return id
}

async function heard(processedDaysAgo: number | null, userId: string = randomUUID()) {
  const id = randomUUID()
  await kit.db.infrastructure.run(sql`
    insert into inbox (id, name, organization_id, payload, correlation_id, occurred_at, processed_at, failed_at)
    values (${id}, 'course.enrolled', ${organizationId}, ${JSON.stringify({ userId })}::jsonb, '-', now() - interval '90 days',
      ${ago(processedDaysAgo)}, case when ${processedDaysAgo}::int is null then now() - interval '80 days' end)`)
  return id
}

const left = async (table: 'inbox' | 'outbox') =>
  (
    await kit.db.infrastructure.rows<{ id: string }>(
      sql`select id from ${table === 'inbox' ? sql`inbox` : sql`outbox`}`,
    )
  )
    .map(({ id }) => id)
    .sort()

test('Events are forgotten a month after they were told, and never before they were, however old they are.', async () => {
  const [, recent, waiting] = [await sent(31), await sent(29), await sent(null)]
  await forgetOldWork(kit.db)
  assert.deepEqual(await left('outbox'), [recent, waiting].sort())
})

test('Events are forgotten a month after the reaction to them, and those that nobody could react to stay.', async () => {
  const [, recent, failed] = [await heard(31), await heard(29), await heard(null)]
  await forgetOldWork(kit.db)
  assert.deepEqual(await left('inbox'), [recent, failed].sort())
})

test('Answers of repeated writes are forgotten after a day.', async () => {
  const keys = async () =>
    (await kit.db.across.rows<{ key: string }>(sql`select key from idempotency_keys`)).map(({ key }) => key)
  for (const [key, hours] of [
    ['old', 25],
    ['recent', 23],
  ] as const) {
    await kit.db.in(organizationId).run(sql`
      insert into idempotency_keys (organization_id, user_id, key, request_hash, created_at)
      values (${organizationId}, ${randomUUID()}, ${key}, 'x', now() - make_interval(hours => ${hours}))`)
  }
  await forgetOldWork(kit.db)
  assert.deepEqual(await keys(), ['recent'])
})

test('All that is old goes in one run, however much it is.', async () => {
  await kit.db.infrastructure.run(sql`
    insert into outbox (id, name, organization_id, payload, correlation_id, published_at)
    select gen_random_uuid(), 'course.deleted', ${organizationId}::uuid, '{}', '-', now() - interval '40 days'
    from generate_series(1, 10001)`)
  await forgetOldWork(kit.db)
  assert.deepEqual(await left('outbox'), [])
})

test('What cannot be forgotten keeps nothing else.', async () => {
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  try {
    await heard(31)
    await admin.query('alter table education.outbox rename to away')
    await assert.rejects(forgetOldWork(kit.db), { name: 'AggregateError', message: /outbox/ })
    assert.deepEqual(await left('inbox'), [])
  } finally {
    await admin.query('alter table education.away rename to outbox')
    await admin.end()
  }
})

test('With a person goes what names them, but for what must still be told and the event that asks for it.', async () => {
  const [gone, other] = [randomUUID(), randomUUID()]
  await sent(1, gone)
  const [untold, ofOther] = [await sent(null, gone), await sent(1, other)]
  await heard(1, gone)
  await heard(null, gone)
  const [request, heardOfOther] = [await heard(null, gone), await heard(null, other)]
  await kit.db.in(organizationId).transaction(tx => forgetWorkOf(tx, gone, request))
  assert.deepEqual(await left('outbox'), [untold, ofOther].sort())
  assert.deepEqual(await left('inbox'), [request, heardOfOther].sort())
})
