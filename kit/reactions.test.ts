import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { correlationId, withCorrelation } from './context.ts'
import { type Reactions, receive, startInbox } from './inbox.ts'
import { type EventEnvelope, publish } from './outbox.ts'
import { deliverLocally, startRelay } from './relay.ts'
import { sql } from './sql.ts'
import { createTestKit, type TestKit } from './testing.ts'

/** What a reaction finds around it: the school, the correlation id, and a mark that commits with its effect. */

let kit: TestKit
const stops: (() => Promise<void>)[] = []

before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('./migrations/', import.meta.url) })
})
after(() => kit.dispose())
beforeEach(async () => {
  for (const table of [sql`inbox`, sql`outbox`, sql`documents`])
    await kit.db.across.run(sql`delete from ${table}`)
})
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function until<T>(what: string, look: () => Promise<T> | T): Promise<NonNullable<T>> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`${what}: not in time.`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

function envelope(organizationId = randomUUID(), name: string = 'course.deleted'): EventEnvelope {
  return {
    id: randomUUID(),
    name: name as EventEnvelope['name'],
    version: 1,
    organizationId,
    payload: { courseId: randomUUID(), organizationId },
    correlationId: `from-${organizationId}`,
    occurredAt: new Date().toISOString(),
  }
}

function listen(reactions: Reactions) {
  const { db, log, metrics } = kit
  const inbox = startInbox({ db, reactions, log, metrics })
  stops.push(() => inbox.stop())
  return inbox
}

const allDone = async () => (await kit.db.across.run(sql`select from inbox where processed_at is null`)) === 0

test('A reaction runs in the school of its event, though events of many schools are handled together.', async () => {
  const received = Array.from({ length: 30 }, () => envelope())
  const seen: [string, string][] = []
  await receive(kit.db, received)
  listen({
    async 'course.deleted'(tx, { organizationId, courseId }) {
      const { scope } = await tx.one<{ scope: string }>(
        sql`select current_setting('azora.organization_id') as scope`,
      )
      seen.push([organizationId, scope])
      await tx.run(sql`
        insert into documents (organization_id, collection, id, body) values (${organizationId}, 'seen', ${courseId}, '{}')`)
      const visible = await tx.rows<{ organizationId: string }>(sql`select organization_id from documents`)
      assert.deepEqual(visible, [{ organizationId }])
    },
  })
  await until('The events', allDone)
  assert.equal(seen.length, 30)
  for (const [school, scope] of seen) assert.equal(scope, school)
  assert.equal(await kit.db.across.run(sql`select from documents`), 30)
})

test('A reaction cannot write into another school than that of its event.', async () => {
  const event = envelope()
  await receive(kit.db, [event])
  listen({
    async 'course.deleted'(tx, { courseId }) {
      await tx.run(sql`
        insert into documents (organization_id, collection, id, body) values (${randomUUID()}, 'seen', ${courseId}, '{}')`)
    },
  })
  const { error } = await until('The failure', () =>
    kit.db.across.optional<{ error: string }>(sql`select error from inbox where attempts > 0`),
  )
  assert.match(error, /row-level security/)
  assert.equal(await kit.db.across.run(sql`select from documents`), 0)
})

test('A correlation id travels from a request through the event into what the reaction publishes in turn.', async () => {
  const { db, log, metrics } = kit
  const school = randomUUID()
  let heard: string | null = null
  const inbox = listen({
    async 'course.deleted'(tx, { organizationId, courseId }) {
      heard = correlationId()
      await publish(tx, 'education', 'course.saved', {
        courseId,
        organizationId,
        instructorId: randomUUID(),
        title: 'Again',
        status: 'draft',
      })
    },
  })
  const subscriber = { db, names: new Set(['course.deleted' as const]), wake: inbox.wake }
  const relay = startRelay({ db, deliver: deliverLocally(() => [subscriber]), log, metrics })
  stops.push(() => relay.stop())
  await withCorrelation('the-request', () =>
    db
      .in(school)
      .transaction(tx =>
        publish(tx, 'education', 'course.deleted', { courseId: randomUUID(), organizationId: school }),
      ),
  )
  const published = await until('What the reaction published', () =>
    db.across.optional<{ correlationId: string }>(
      sql`select correlation_id from outbox where name = 'course.saved'`,
    ),
  )
  assert.equal(heard, 'the-request')
  assert.equal(published.correlationId, 'the-request')
})

test('An event that nobody here hears, or that an earlier release knew, is done with and holds nothing up.', async () => {
  const last = envelope()
  await receive(kit.db, [
    envelope(randomUUID(), 'course.saved'),
    envelope(randomUUID(), 'course.renamed'),
    last,
  ])
  const heard: string[] = []
  listen({
    async 'course.deleted'(_tx, _payload, event) {
      heard.push(event.id)
    },
  })
  await until('All three', allDone)
  assert.deepEqual(heard, [last.id])
})

test('A reaction to many gets what has come for each school together, in that school, and a bad event fails alone.', async () => {
  const schools = [randomUUID(), randomUUID()]
  const received = schools.flatMap(school => Array.from({ length: 10 }, () => envelope(school)))
  const bad = envelope(schools[0])
  await receive(kit.db, received)
  const groups: string[][] = []
  const inbox = listen({
    'course.deleted': {
      async all(tx, events) {
        for (const { payload } of events) assert.equal(payload.organizationId, tx.organizationId)
        if (events.some(event => event.id === bad.id)) throw new Error('never')
        groups.push(events.map(event => event.id))
      },
    },
  })
  await until('The events', allDone)
  assert.deepEqual(
    groups.map(group => group.length),
    [10, 10],
  )
  const later = envelope(schools[0])
  await receive(kit.db, [bad, later])
  inbox.wake()
  await until('The good one', async () => groups.flat().includes(later.id))
  const row = await until('The failure is noted', () =>
    kit.db.across.optional<{ processedAt: string | null }>(
      sql`select processed_at from inbox where id = ${bad.id} and attempts > 0`,
    ),
  )
  assert.equal(row.processedAt, null)
})

test('An event whose reaction fails only with the commit is tried again later, and holds up none behind it.', async () => {
  const [bad, later] = [envelope(), envelope()]
  await receive(kit.db, [bad, later])
  const heard: string[] = []
  listen({
    async 'course.deleted'(tx, _payload, { id }) {
      if (id === bad.id) tx.send(sql`select 1 / 0`)
      else heard.push(id)
    },
  })
  await until('The other', async () => heard.includes(later.id))
  const { error } = await until('The failure is noted', () =>
    kit.db.across.optional<{ error: string }>(
      sql`select error from inbox where id = ${bad.id} and attempts > 0 and processed_at is null`,
    ),
  )
  assert.match(error, /division by zero/)
})

test('A reaction to many sees what came before an event of its school that stands by itself apart from what came after it.', async () => {
  const [school, other] = [randomUUID(), randomUUID()]
  const saved = envelope(school, 'course.saved')
  const course = { instructorId: randomUUID(), title: 'Tides', status: 'draft' }
  const received = [
    envelope(school),
    envelope(other),
    envelope(school),
    { ...saved, payload: { ...(saved.payload as object), ...course } },
    envelope(school),
  ]
  await receive(kit.db, received)
  const seen: string[][] = []
  listen({
    'course.deleted': {
      async all(_tx, events) {
        seen.push(events.map(({ id }) => id))
      },
    },
    async 'course.saved'(_tx, _payload, { id }) {
      seen.push([id])
    },
  })
  await until('The events', allDone)
  const [first, others, second, alone, last] = received.map(({ id }) => id)
  assert.deepEqual(
    seen.filter(([id]) => id !== others),
    [[first, second], [alone], [last]],
  )
  assert.deepEqual(
    seen.filter(([id]) => id === others),
    [[others]],
  )
})

test('Two processes that work on one inbox share the events, and none is handled by both.', async () => {
  const received = Array.from({ length: 120 }, () => envelope())
  const handled: string[] = []
  const reactions: Reactions = {
    async 'course.deleted'(tx, _payload, event) {
      await tx.one(sql`select 1`)
      handled.push(event.id)
    },
  }
  await receive(kit.db, received)
  listen(reactions)
  listen(reactions)
  await until('The events', allDone)
  assert.deepEqual([...handled].sort(), received.map(event => event.id).sort())
})

test('An event that was delivered before a crash, but not marked, takes effect once after it.', async () => {
  const { db, log, metrics } = kit
  const school = randomUUID()
  await db
    .in(school)
    .transaction(tx =>
      publish(tx, 'education', 'course.deleted', { courseId: randomUUID(), organizationId: school }),
    )
  let effects = 0
  const inbox = listen({
    async 'course.deleted'() {
      effects += 1
    },
  })
  const subscriber = { db, names: new Set(['course.deleted' as const]), wake: inbox.wake }
  const deliver = deliverLocally(() => [subscriber])
  // The first process dies between delivery and mark: nothing after `deliver` ran.
  await deliver(
    await db.across.rows<EventEnvelope>(
      sql`select id, name, version, organization_id, payload, correlation_id, occurred_at from outbox`,
    ),
  )
  await until('The first effect', allDone)
  const relay = startRelay({ db, deliver, log, metrics })
  stops.push(() => relay.stop())
  await until(
    'The mark',
    async () => (await db.across.run(sql`select from outbox where published_at is null`)) === 0,
  )
  await until('The inbox is empty', allDone)
  assert.equal(effects, 1)
})

test('Each failure is waited out twice as long as the one before, and no longer than ten minutes.', async () => {
  const waits: [number, number][] = [
    [0, 0.5],
    [3, 4],
    [10, 512],
  ]
  const events = waits.map(() => envelope())
  await receive(kit.db, events)
  for (const [at, [attempts]] of waits.entries()) {
    await kit.db.across.run(sql`update inbox set attempts = ${attempts} where id = ${events[at]?.id}`)
  }
  listen({ 'course.deleted': () => Promise.reject(new Error('not yet')) })
  for (const [at, [attempts, seconds]] of waits.entries()) {
    const row = await until('The failure', () =>
      kit.db.across.optional<{ waits: number }>(sql`
        select extract(epoch from next_attempt_at - clock_timestamp())::float8 as waits from inbox
        where id = ${events[at]?.id} and attempts = ${attempts + 1}`),
    )
    assert.ok(row.waits <= seconds && row.waits > seconds - 0.5, `${attempts}: ${row.waits}`)
  }
})

test('An event that met a full disk waits for space, and is not a try nearer to being given up.', async () => {
  const event = envelope()
  await receive(kit.db, [event])
  let tries = 0
  listen({
    async 'course.deleted'() {
      tries += 1
      throw Object.assign(new Error('could not extend file'), { code: '53100' })
    },
  })
  const row = await until('The postponement', () =>
    kit.db.infrastructure.optional<{ attempts: number; failedAt: string | null }>(sql`
      select attempts, failed_at from inbox where id = ${event.id} and next_attempt_at > clock_timestamp() + interval '5 seconds'`),
  )
  assert.deepEqual([row.attempts, row.failedAt], [0, null])
  assert.equal(tries, 2, 'in the batch, then alone')
})
