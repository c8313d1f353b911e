import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type AcrossSchools, type Database, openDatabase } from '@azora/kit/db.ts'
import { createLog } from '@azora/kit/log.ts'
import { serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import type { EventEnvelope } from '@azora/kit/outbox.ts'
import { type Broker, connectBroker } from '@azora/kit/rabbit.ts'
import type { Subscriber } from '@azora/kit/relay.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestDatabase } from '@azora/kit/testing.ts'
import amqp from 'amqplib'
import { startRabbitmq } from './embedded/rabbitmq.ts'

/** Events between the processes of a cluster, over a real RabbitMQ into the inboxes of two services. */

const migrations = new URL('../../kit/migrations/', import.meta.url)
const log = createLog({ level: 'error', file: null, console: false })('test')
let database: Awaited<ReturnType<typeof createTestDatabase>>
let education: Database
let assessment: Database
let server: Awaited<ReturnType<typeof startRabbitmq>>
const brokers: Broker[] = []

before(async () => {
  server = await startRabbitmq({ folder: null, log })
  database = await createTestDatabase([
    { name: 'education', migrations },
    { name: 'assessment', migrations },
  ])
  const open = (service: string) =>
    openDatabase({
      service,
      url: serviceDatabaseUrl(database.adminUrl, database.secret, service),
      maxConnections: 3,
      onError: () => {},
    })
  education = open('education')
  assessment = open('assessment')
})
after(async () => {
  for (const broker of brokers) await broker.close()
  await server?.stop()
  await education?.close()
  await assessment?.close()
  await database?.drop()
})

async function connected(): Promise<Broker> {
  const broker = await connectBroker(server.url, log)
  brokers.push(broker)
  return broker
}

const subscriber = (db: Database, names: EventEnvelope['name'][], wake = () => {}): Subscriber => ({
  db,
  names: new Set(names),
  wake,
})

const envelope = (name: EventEnvelope['name']): EventEnvelope => ({
  id: randomUUID(),
  name,
  version: 2,
  organizationId: randomUUID(),
  payload: { note: 'ü \u{1f600}' },
  correlationId: 'from-a-request',
  occurredAt: new Date().toISOString(),
})

async function until(what: string, look: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`${what}: not in time.`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const inboxOf = (db: Database, events: EventEnvelope[]) =>
  db.across.run(sql`select from inbox where id = any(${events.map(event => event.id)}::uuid[])`)

test('Each of two services gets what it hears, whole, and is woken for it.', async () => {
  const [publisher, first, second] = [await connected(), await connected(), await connected()]
  const woken = { education: 0, assessment: 0 }
  await first.subscribe(
    'education',
    subscriber(education, ['course.completed', 'user.created'], () => {
      woken.education += 1
    }),
  )
  await second.subscribe(
    'assessment',
    subscriber(assessment, ['course.completed'], () => {
      woken.assessment += 1
    }),
  )
  const both = Array.from({ length: 30 }, () => envelope('course.completed'))
  const one = Array.from({ length: 30 }, () => envelope('user.created'))
  await publisher.deliver([...one, ...both])
  await until('Education', async () => (await inboxOf(education, [...both, ...one])) === 60)
  await until('Assessment', async () => (await inboxOf(assessment, both)) === 30)
  assert.equal(await inboxOf(assessment, one), 0)
  await until('Both are woken', () => woken.education > 0 && woken.assessment > 0)
  const event = both[7] ?? assert.fail('no event')
  const stored = await assessment.across.one<EventEnvelope>(sql`
    select id, name, version, organization_id, payload, correlation_id, occurred_at from inbox where id = ${event.id}`)
  assert.deepEqual(stored, event)
})

test('Two processes of one service share its events, and a copy of one is taken once.', async () => {
  const [publisher, again] = [await connected(), await connected()]
  await again.subscribe('education', subscriber(education, ['course.completed', 'user.created']))
  const events = Array.from({ length: 50 }, () => envelope('user.created'))
  await Promise.all([publisher.deliver(events), publisher.deliver(events)])
  await until('The events', async () => (await inboxOf(education, events)) === 50)
})

test('An event that was stored but not acknowledged, since the answer got lost, is stored once and let go.', async () => {
  let failures = 2
  const shaky = (door: AcrossSchools): AcrossSchools => ({
    ...door,
    async run(statement) {
      const stored = await door.run(statement)
      if (failures-- > 0) throw new Error('the answer got lost')
      return stored
    },
  })
  const db = {
    ...assessment,
    across: shaky(assessment.across),
    infrastructure: shaky(assessment.infrastructure),
  }
  const broker = await connected()
  let woken = 0
  await broker.subscribe(
    'shaky',
    subscriber(db, ['course.enrolled'], () => {
      woken += 1
    }),
  )
  const events = [envelope('course.enrolled'), envelope('course.enrolled')]
  await broker.deliver(events)
  await until('The wake', () => woken > 0)
  assert.ok(failures < 0, 'it did not fail')
  assert.equal(await inboxOf(assessment, events), 2)
  const connection = await amqp.connect(server.url)
  const channel = await connection.createChannel()
  // A closed consumer gives back what it did not acknowledge, so an empty queue shows that all was.
  await broker.close()
  await until('The queue', async () => (await channel.checkQueue('azora.shaky')).consumerCount === 0)
  assert.equal((await channel.checkQueue('azora.shaky')).messageCount, 0)
  assert.equal((await channel.checkQueue('azora.dead')).messageCount, 0)
  await connection.close()
})

test('What was sent while a service was stopped waits for it.', async () => {
  const publisher = await connected()
  const before = await connected()
  await before.subscribe('late', subscriber(assessment, ['course.deleted']))
  await before.close()
  const events = Array.from({ length: 5 }, () => envelope('course.deleted'))
  await publisher.deliver(events)
  assert.equal(await inboxOf(assessment, events), 0)
  await (await connected()).subscribe('late', subscriber(assessment, ['course.deleted']))
  await until('The events', async () => (await inboxOf(assessment, events)) === 5)
})

test('Nothing is sent to the broker inside a transaction, which could not take it back.', async () => {
  const broker = await connected()
  const attempt = education.in(randomUUID()).transaction(() => broker.deliver([envelope('course.deleted')]))
  await assert.rejects(attempt, /Publishing to RabbitMQ inside a database transaction of education/)
})
