import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Transaction } from './db.ts'
import type { Reactions } from './inbox.ts'
import { receive, startInbox } from './inbox.ts'
import { type EventEnvelope, publish } from './outbox.ts'
import { deliverLocally, startRelay } from './relay.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

/** Events from an outbox to their effect: each takes effect once, whatever fails on the way. */

const migrations = new URL('./migrations/', import.meta.url)
const school = randomUUID()
let kit: TestKit
const stops: (() => Promise<void>)[] = []

before(async () => {
  kit = await createTestKit({ name: 'education', migrations })
})
after(() => kit.dispose())
beforeEach(() => kit.db.across.run(sql`delete from inbox`))
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
  await kit.db.across.run(sql`delete from outbox`)
})

async function until(what: string, look: () => Promise<unknown> | unknown): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`${what}: not in time.`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

const deleted = (courseId: string) => ({ courseId, organizationId: school })
const envelope = (courseId = randomUUID()): EventEnvelope => ({
  id: randomUUID(),
  name: 'course.deleted',
  version: 1,
  organizationId: school,
  payload: deleted(courseId),
  correlationId: 'test',
  occurredAt: new Date().toISOString(),
})

/** A reaction whose effect is a row, so that what was taken back is seen to be gone. */
const keep = (tx: Transaction, id: string) =>
  tx.run(
    sql`insert into documents (organization_id, collection, id, body) values (${school}, 'effects', ${id}, '{}')`,
  )

const effects = async () =>
  (
    await kit.db.in(school).rows<{ id: string }>(sql`select id from documents where collection = 'effects'`)
  ).map(row => row.id)

function listen(reactions: Reactions) {
  const { db, log, metrics } = kit
  const inbox = startInbox({ db, reactions, log, metrics })
  stops.push(() => inbox.stop())
  return inbox
}

const inboxRow = (id: string) =>
  kit.db.across.one<{
    attempts: number
    processedAt: string | null
    failedAt: string | null
    error: string | null
  }>(sql`
    select attempts, processed_at, failed_at, error from inbox where id = ${id}`)

test('An event is published with its transaction or not at all.', async () => {
  const courseId = randomUUID()
  const attempt = kit.db.in(school).transaction(async tx => {
    await publish(tx, 'education', 'course.deleted', deleted(courseId))
    throw new Error('stop')
  })
  await assert.rejects(attempt, /stop/)
  await kit.db.in(school).transaction(tx => publish(tx, 'education', 'course.deleted', deleted(courseId)))
  assert.equal(await kit.db.across.run(sql`select from outbox where payload ->> 'courseId' = ${courseId}`), 1)
})

test('An event that is not of its shape is refused where it is published.', async () => {
  const wrong = { courseId: 'x', organizationId: school }
  await assert.rejects(kit.db.in(school).transaction(tx => publish(tx, 'education', 'course.deleted', wrong)))
})

test('A relay hands on what is committed, again until it was taken, and then marks it.', async () => {
  const { db, log, metrics } = kit
  const taken: string[] = []
  let refusals = 2
  const relay = startRelay({
    db,
    log,
    metrics,
    async deliver(batch) {
      if (refusals-- > 0) throw new Error('away')
      taken.push(...batch.map(event => event.id))
    },
  })
  stops.push(() => relay.stop())
  await db.in(school).transaction(tx => publish(tx, 'education', 'course.deleted', deleted(randomUUID())))
  await until(
    'The mark',
    async () => (await db.across.run(sql`select from outbox where published_at is null`)) === 0,
  )
  assert.equal(taken.length, 1)
})

test('An event that is delivered many times takes effect once.', async () => {
  const event = envelope()
  const inbox = listen({ 'course.deleted': (tx, { courseId }) => keep(tx, courseId).then(() => {}) })
  await Promise.all([
    receive(kit.db, [event]),
    receive(kit.db, [event]),
    receive(kit.db, [event, envelope()]),
  ])
  inbox.wake()
  await until('The effect', async () => (await inboxRow(event.id)).processedAt)
  await receive(kit.db, [event])
  inbox.wake()
  const { courseId } = event.payload as { courseId: string }
  assert.equal((await effects()).filter(id => id === courseId).length, 1)
  assert.equal((await inboxRow(event.id)).attempts, 1)
})

test('An event of a newer release waits, however often it is looked at, and holds nothing up.', async () => {
  const newer = { ...envelope(), version: 2 }
  const inbox = listen({ 'course.deleted': (tx, { courseId }) => keep(tx, courseId).then(() => {}) })
  await receive(kit.db, [newer])
  const { db } = kit
  for (let time = 0; time < 13; time++) {
    await db.across.run(
      sql`update inbox set next_attempt_at = clock_timestamp(), error = null where id = ${newer.id}`,
    )
    const known = envelope()
    await receive(db, [known])
    inbox.wake()
    await until('The known event', async () => (await inboxRow(known.id)).processedAt)
    await until('The look at the newer one', async () => (await inboxRow(newer.id)).error)
  }
  const { attempts, failedAt, processedAt, error } = await inboxRow(newer.id)
  assert.deepEqual([attempts, failedAt, processedAt], [0, null, null])
  assert.match(error ?? '', /newer release/)
  // The upgraded release knows it.
  await db.across.run(
    sql`update inbox set version = 1, next_attempt_at = clock_timestamp() where id = ${newer.id}`,
  )
  inbox.wake()
  await until('The effect', async () => (await inboxRow(newer.id)).processedAt)
  const { courseId } = newer.payload as { courseId: string }
  assert.ok((await effects()).includes(courseId))
})

test('Events of a newer release make none that is known wait, however many wait.', async () => {
  const newer = { ...envelope(), id: '00000000-0000-7000-8000-000000000000', version: 2 }
  const known = Array.from({ length: 120 }, () => envelope())
  const { db, log, metrics } = kit
  await receive(db, [newer, ...known])
  await db.across.run(sql`update inbox set next_attempt_at = '2020-01-01'`)
  let failures = 0
  const start = () => {
    const reactions: Reactions = {
      async 'course.deleted'() {
        if (failures-- > 0) throw new Error('not yet')
      },
    }
    const inbox = startInbox({ db, reactions, log, metrics, idleMs: 60_000 })
    stops.push(() => inbox.stop())
  }
  const waiting = async (count: number) =>
    (await db.across.run(sql`select from inbox where processed_at is null`)) === count
  start()
  await until('The known events', () => waiting(1))

  // Where a batch has failed, each is tried alone, the newer one first.
  failures = 1
  await db.across.run(sql`update inbox set processed_at = null, next_attempt_at = '2020-01-01'`)
  start()
  await until('The known events, after a batch that failed', () => waiting(1))
})

test('The version travels with the event from outbox to inbox.', async () => {
  const { db, log, metrics } = kit
  const subscriber = { db, names: new Set(['course.deleted'] as const), wake() {} }
  await db.in(school).transaction(tx => publish(tx, 'education', 'course.deleted', deleted(randomUUID())))
  await db.across.run(sql`update outbox set version = 7`)
  const deliver = deliverLocally(() => [subscriber])
  const relay = startRelay({ db, log, metrics, deliver })
  stops.push(() => relay.stop())
  const versions = () => db.across.rows<{ version: number }>(sql`select version from inbox`)
  await until('The delivery', async () => (await versions()).length === 1)
  assert.deepEqual(await versions(), [{ version: 7 }])
})

test('A reaction that fails leaves no trace, is tried again later, and then takes effect once.', async () => {
  const event = envelope()
  const { courseId } = event.payload as { courseId: string }
  let failures = 2
  const inbox = listen({
    async 'course.deleted'(tx, payload) {
      await keep(tx, payload.courseId)
      if (failures-- > 0) throw new Error('not yet')
    },
  })
  await receive(kit.db, [event])
  inbox.wake()
  await until('The failure is noted', async () => (await inboxRow(event.id)).attempts >= 1)
  await until('The effect', async () => (await inboxRow(event.id)).processedAt)
  assert.equal((await effects()).filter(id => id === courseId).length, 1)
  assert.equal((await inboxRow(event.id)).error, null)
})

test('One bad event among many delays itself alone.', async () => {
  const bad = envelope()
  const good = Array.from({ length: 12 }, () => envelope())
  const badCourse = (bad.payload as { courseId: string }).courseId
  await receive(kit.db, [bad, ...good])
  listen({
    async 'course.deleted'(tx, { courseId }) {
      if (courseId === badCourse) throw new Error('never')
      await keep(tx, courseId)
    },
  })
  await until('The good ones', async () => {
    const done = await kit.db.across.run(sql`select from inbox where processed_at is not null`)
    return done === good.length
  })
  const row = await inboxRow(bad.id)
  assert.deepEqual([row.processedAt, row.failedAt], [null, null])
  assert.match(row.error ?? '', /never/)
})

test('An event that fails twelve times is given up, kept, and told to the operator.', async () => {
  const event = envelope()
  await receive(kit.db, [event])
  await kit.db.across.run(sql`update inbox set attempts = 11 where id = ${event.id}`)
  listen({ 'course.deleted': () => Promise.reject(new Error('never')) })
  await until('It is given up', async () => (await inboxRow(event.id)).failedAt)
  const { metrics } = kit
  const counted = await metrics.registry.getSingleMetricAsString('azora_events_handled_total')
  assert.match(counted, /outcome="given_up"} 1/)
})

test('An event whose payload is not of its shape does not reach the reaction.', async () => {
  const event = { ...envelope(), payload: { courseId: 'no id', organizationId: school } }
  let reached = false
  await receive(kit.db, [event])
  listen({
    async 'course.deleted'() {
      reached = true
    },
  })
  await until('The failure is noted', async () => (await inboxRow(event.id)).attempts >= 1)
  assert.equal(reached, false)
})

describe('Within one process', () => {
  test('events reach those who hear their name, and nobody else.', async () => {
    const { db } = kit
    let woken = 0
    const hears = (name: 'course.deleted' | 'course.saved') => ({
      db,
      names: new Set([name]),
      wake: () => {
        woken += 1
      },
    })
    await deliverLocally(() => [hears('course.saved')])([envelope()])
    assert.deepEqual([await db.across.run(sql`select from inbox`), woken], [0, 0])
    await deliverLocally(() => [hears('course.deleted')])([envelope()])
    assert.deepEqual([await db.across.run(sql`select from inbox`), woken], [1, 1])
  })
})
