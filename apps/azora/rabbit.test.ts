import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createLog } from '@azora/kit/log.ts'
import type { EventEnvelope } from '@azora/kit/outbox.ts'
import { type Broker, connectBroker } from '@azora/kit/rabbit.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import amqp from 'amqplib'
import { startRabbitmq } from './embedded/rabbitmq.ts'

const log = createLog({ level: 'error', file: null, console: false })('test')
const migrations = new URL('../../kit/migrations/', import.meta.url)
let kit: TestKit
let server: Awaited<ReturnType<typeof startRabbitmq>>
let broker: Broker

before(async () => {
  kit = await createTestKit({ name: 'education', migrations })
  server = await startRabbitmq({ folder: null, log })
  broker = await connectBroker(server.url, log)
  await broker.subscribe('education', { db: kit.db, names: new Set(['course.deleted']), wake: () => {} })
})
after(async () => {
  await broker?.close()
  await server?.stop()
  await kit.dispose()
})

const envelope = (name: EventEnvelope['name'] = 'course.deleted'): EventEnvelope => ({
  id: randomUUID(),
  name,
  version: 1,
  organizationId: randomUUID(),
  payload: {},
  correlationId: 'test',
  occurredAt: new Date().toISOString(),
})

async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`${what}: not in time.`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const arrived = async (ids: string[]) =>
  (await kit.db.across.run(sql`select from inbox where id = any(${ids}::uuid[])`)) === ids.length

test('Events arrive in the inbox of who hears them, once though sent twice, and no others do.', async () => {
  const heard = Array.from({ length: 20 }, () => envelope())
  const unheard = envelope('user.created')
  await broker.deliver([...heard, unheard])
  await broker.deliver(heard)
  await until('The events', () => arrived(heard.map(event => event.id)))
  assert.equal(await arrived([unheard.id]), false)
})

test('What is no event goes to the dead letters and holds nothing up.', async () => {
  const connection = await amqp.connect(server.url)
  const channel = await connection.createChannel()
  channel.publish('azora.events', 'course.deleted', Buffer.from('{"not": "an event"}'))
  channel.publish('azora.events', 'course.deleted', Buffer.from('\u0000'))
  const event = envelope()
  await broker.deliver([event])
  await until('The event behind them', () => arrived([event.id]))
  await until('The dead letters', async () => (await channel.checkQueue('azora.dead')).messageCount === 2)
  await connection.close()
})

test('Delivery is refused while the broker is away, and goes on by itself when it is back.', async () => {
  // Ended in good order: a queue made half a second before a `kill -9` may not be on the broker's disk yet.
  const restarting = server.restart()
  await until('The loss is noticed', async () => !broker.connected())
  const event = envelope()
  await assert.rejects(broker.deliver([event]))
  await restarting
  await until('The connection', async () => broker.connected())
  await broker.deliver([event])
  await until('The event', () => arrived([event.id]))
})
