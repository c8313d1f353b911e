import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { type Received, startIntegrations, startReceiver, until } from '../testing.ts'
import { claimDue } from './claims.store.ts'
import type { Sender } from './sender.ts'

let azora: Awaited<ReturnType<typeof startIntegrations>>
let receiver: Awaited<ReturnType<typeof startReceiver>>
let sender: Sender | null = null

before(async () => {
  azora = await startIntegrations()
  receiver = await startReceiver()
})
after(async () => {
  receiver?.close()
  await azora?.dispose()
})
beforeEach(() => {
  receiver.received.length = 0
  receiver.answer = res => void res.end('thank you')
})
afterEach(async () => {
  await sender?.stop()
  sender = null
  await azora.db.across.run(sql`delete from webhooks`)
})

type Webhook = { id: string; secret: string; status: string; lastDeliveryAt: string | null }
type Delivery = {
  id: string
  eventId: string
  status: string
  attempts: number
  responseStatus: number | null
  error: string | null
  nextAttemptAt: string | null
  lastAttemptAt: string | null
  requestHeaders: Record<string, string>
  requestBody: string
  responseBody: string | null
}

const newWebhook = (change: object = {}) =>
  azora.call<Webhook>('createWebhook', { url: receiver.url, events: ['course.enrolled'], ...change })

const enrolled = () => ({
  name: 'course.enrolled' as const,
  id: randomUUID(),
  payload: {
    enrollmentId: randomUUID(),
    courseId: randomUUID(),
    userId: randomUUID(),
    enrolledAt: '2026-11-24T08:00:00.000Z',
  },
})

async function deliveriesOf(webhookId: string): Promise<Delivery[]> {
  const page = await azora.call<{ items: Delivery[] }>('listDeliveries', { webhookId, limit: 100 })
  return page.items
}

async function webhookOf(id: string): Promise<Webhook> {
  const { items } = await azora.call<{ items: Webhook[] }>('listWebhooks', undefined)
  return items.find(item => item.id === id) as Webhook
}

const makeDue = () =>
  azora.db.across.run(sql`update deliveries set next_attempt_at = now() where status = 'waiting'`)

/** Wait until the one delivery of a webhook has as many attempts behind it. */
async function attempted(webhookId: string, attempts: number): Promise<Delivery> {
  await until(async () => {
    const [first] = await deliveriesOf(webhookId)
    if (first?.attempts !== attempts) return false
    const { claimed } = await azora.db.across.one<{ claimed: boolean }>(
      sql`select claim is not null as claimed from deliveries where id = ${first.id}`,
    )
    return !claimed
  })
  return azora.call<Delivery>('getDelivery', { deliveryId: (await deliveriesOf(webhookId))[0]?.id })
}

const signatureOf = (secret: string, { headers, body }: Received) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')}`

test('An event reaches each webhook of its school that asked for it, signed as Standard Webhooks says.', async () => {
  const told = await newWebhook()
  const alsoTold = await newWebhook({ url: `${receiver.url}/two`, events: ['user.left', 'course.enrolled'] })
  const asksOther = await newWebhook({ events: ['course.completed'] })
  const paused = await newWebhook()
  await azora.call('saveWebhook', { webhookId: paused.id, status: 'paused' })
  sender = azora.startSender()
  const event = enrolled()
  await azora.hear([event])
  await attempted(told.id, 1)
  const delivery = await attempted(alsoTold.id, 1)
  assert.equal(receiver.received.length, 2)
  for (const { id } of [asksOther, paused]) assert.deepEqual(await deliveriesOf(id), [])
  const request = receiver.received.find(({ path }) => path === '/hook') as Received
  assert.deepEqual(JSON.parse(request.body), {
    type: 'course.enrolled',
    timestamp: '2026-11-24T08:00:00.000Z',
    data: { ...event.payload, organizationId: azora.school },
  })
  assert.equal(request.headers['content-type'], 'application/json')
  assert.equal(request.headers['webhook-id'], event.id)
  assert.ok(Math.abs(Number(request.headers['webhook-timestamp']) - Date.now() / 1000) < 60)
  assert.equal(request.headers['webhook-signature'], signatureOf(told.secret, request))
  assert.deepEqual(
    [delivery.status, delivery.responseStatus, delivery.responseBody, delivery.nextAttemptAt],
    ['delivered', 200, 'thank you', null],
  )
  assert.equal(delivery.requestHeaders['webhook-id'], event.id)
  assert.ok((await webhookOf(told.id)).lastDeliveryAt)
})

test('An event that is heard twice is told once, and another school’s not at all.', async () => {
  const webhook = await newWebhook()
  const event = enrolled()
  await azora.hear([event, event])
  await azora.db.infrastructure.run(sql`update inbox set processed_at = null where id = ${event.id}`)
  await azora.hear([event])
  await azora.hear([enrolled()], randomUUID())
  assert.equal((await deliveriesOf(webhook.id)).length, 1)
})

test('A failed attempt is repeated later under the same id, and what failed before is mended by one that arrives.', async () => {
  const webhook = await newWebhook()
  receiver.answer = res => void res.writeHead(500).end('broken')
  sender = azora.startSender()
  await azora.hear([enrolled()])
  const failed = await attempted(webhook.id, 1)
  assert.deepEqual([failed.status, failed.responseStatus, failed.responseBody], ['waiting', 500, 'broken'])
  const pauseMs = Date.parse(failed.nextAttemptAt as string) - Date.parse(failed.lastAttemptAt as string)
  assert.ok(pauseMs >= 5000 && pauseMs < 8000, `${pauseMs} ms`)
  assert.equal((await webhookOf(webhook.id)).status, 'failing')
  receiver.answer = res => void res.end()
  await makeDue()
  sender.wake()
  assert.equal((await attempted(webhook.id, 2)).status, 'delivered')
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  assert.equal(new Set(ids).size, 1)
  assert.equal((await webhookOf(webhook.id)).status, 'active')
})

test('An endpoint that asks for a pause gets it.', async () => {
  const webhook = await newWebhook()
  receiver.answer = res => void res.writeHead(429, { 'retry-after': '3600' }).end()
  sender = azora.startSender()
  await azora.hear([enrolled()])
  const failed = await attempted(webhook.id, 1)
  const pauseMs = Date.parse(failed.nextAttemptAt as string) - Date.parse(failed.lastAttemptAt as string)
  assert.ok(pauseMs >= 3_600_000)
})

test('After its last attempt a delivery has failed, and waits for no more.', async () => {
  const webhook = await newWebhook()
  receiver.answer = res => void res.writeHead(503).end()
  await azora.hear([enrolled()])
  await azora.db.across.run(sql`update deliveries set attempts = 9`)
  sender = azora.startSender()
  const failed = await attempted(webhook.id, 10)
  assert.deepEqual([failed.status, failed.nextAttemptAt], ['failed', null])
})

test('A webhook that has failed for three days is disabled with an entry in the audit log, and what waits for it fails.', async () => {
  const webhook = await newWebhook()
  receiver.answer = res => void res.writeHead(500).end()
  sender = azora.startSender()
  await azora.hear([enrolled()])
  await attempted(webhook.id, 1)
  await azora.hear([enrolled()])
  await until(async () => (await deliveriesOf(webhook.id)).every(({ attempts }) => attempts === 1))
  await azora.db.across.run(sql`update webhooks set failing_since = now() - interval '73 hours'`)
  const [later] = await deliveriesOf(webhook.id)
  await azora.db.across.run(sql`update deliveries set next_attempt_at = now() where id = ${later?.id}`)
  sender.wake()
  await until(async () => (await webhookOf(webhook.id)).status === 'disabled')
  await until(async () => (await deliveriesOf(webhook.id)).every(({ status }) => status === 'failed'))
  const entries = await azora.db.infrastructure.rows<{ payload: { details: object; actor: object } }>(sql`
    select payload from outbox where payload ->> 'action' = 'webhook.disabled'
      and payload -> 'subject' ->> 'id' = ${webhook.id}`)
  assert.equal(entries.length, 1)
  assert.deepEqual(entries[0]?.payload.actor, { kind: 'system', id: null })
  await azora.hear([enrolled()])
  assert.equal((await deliveriesOf(webhook.id)).length, 2)
  const again = await azora.call<Webhook>('saveWebhook', { webhookId: webhook.id, status: 'active' })
  assert.equal(again.status, 'active')
})

test('An endpoint that says that it is gone for good is disabled at once.', async () => {
  const webhook = await newWebhook()
  receiver.answer = res => void res.writeHead(410).end()
  sender = azora.startSender()
  await azora.hear([enrolled()])
  const failed = await attempted(webhook.id, 1)
  assert.equal(failed.status, 'failed')
  assert.equal((await webhookOf(webhook.id)).status, 'disabled')
})

test('For a day after a rotation deliveries are signed with both secrets, then with the new one alone.', async () => {
  const webhook = await newWebhook()
  const rotated = await azora.call<Webhook>('rotateWebhookSecret', { webhookId: webhook.id })
  sender = azora.startSender()
  await azora.hear([enrolled()])
  await attempted(webhook.id, 1)
  const [both] = receiver.received as [Received]
  assert.deepEqual(
    both.headers['webhook-signature'],
    [rotated.secret, webhook.secret].map(secret => signatureOf(secret, both)).join(' '),
  )
  await azora.db.across.run(sql`update webhooks set previous_secret_until = now() - interval '1 second'`)
  await azora.hear([enrolled()])
  await until(() => receiver.received.length === 2)
  const second = receiver.received[1] as Received
  assert.equal(second.headers['webhook-signature'], signatureOf(rotated.secret, second))
})

test('A process that was killed in mid-delivery is taken over: sent again, under the same id.', async () => {
  const webhook = await newWebhook()
  await azora.hear([enrolled()])
  const all = { healthy: true, limit: 10, perWebhook: 2, leaseSeconds: 60 }
  const [abandoned] = await claimDue(azora.db.across, all)
  assert.ok(abandoned)
  sender = azora.startSender()
  assert.deepEqual(await claimDue(azora.db.across, all), [])
  await azora.db.across.run(sql`update deliveries set claimed_until = now() - interval '1 second'`)
  sender.wake()
  const delivery = await attempted(webhook.id, 2)
  assert.equal(delivery.status, 'delivered')
  assert.equal(receiver.received[0]?.headers['webhook-id'], abandoned.eventId)
})

test('Two processes that send at once send each delivery once.', async () => {
  const webhooks = await Promise.all(Array.from({ length: 10 }, () => newWebhook()))
  await azora.hear(Array.from({ length: 6 }, enrolled))
  sender = azora.startSender()
  const other = azora.startSender()
  await until(async () => {
    const { n } = await azora.db.across.one<{ n: number }>(
      sql`select count(*) as n from deliveries where status = 'delivered'`,
    )
    return n === 60
  })
  await other.stop()
  assert.equal(receiver.received.length, 60)
  const { most } = await azora.db.across.one<{ most: number }>(
    sql`select max(attempts) as most from deliveries`,
  )
  assert.equal(most, 1)
  assert.equal(webhooks.length, 10)
})

test('Of two claims at the same moment the one that comes second gets nothing.', async () => {
  await newWebhook()
  await azora.hear([enrolled()])
  const all = { healthy: true, limit: 10, perWebhook: 2, leaseSeconds: 60 }
  let begin = () => {}
  const second = new Promise<void>(resolve => {
    begin = resolve
  }).then(() => claimDue(azora.db.across, all))
  const first = await azora.db.across.transaction(async tx => {
    const claimed = await claimDue(tx, all)
    begin()
    await until(async () => {
      const { waiting } = await tx.one<{ waiting: number }>(sql`
        select count(*) as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`)
      return waiting === 1
    })
    return claimed
  })
  assert.deepEqual([first.length, (await second).length], [1, 0])
})

test('Endpoints that hang hold up nobody else, not even all the others of the same school.', async () => {
  await Promise.all(Array.from({ length: 19 }, () => newWebhook({ url: `${receiver.url}/hanging` })))
  receiver.answer = (res, { path }) => {
    if (path === '/hook') res.end()
  }
  sender = azora.startSender()
  await azora.hear(Array.from({ length: 4 }, enrolled))
  await until(() => receiver.received.length === 2 * 19)
  const prompt = await newWebhook()
  await azora.hear(Array.from({ length: 10 }, enrolled))
  await until(async () => {
    const found = await deliveriesOf(prompt.id)
    return found.length === 10 && found.every(({ status }) => status === 'delivered')
  })
  assert.equal(receiver.received.filter(({ path }) => path === '/hook/hanging').length, 2 * 19)
})

test('A webhook that failed is tried one delivery at a time.', async () => {
  const webhook = await newWebhook()
  await azora.db.across.run(sql`update webhooks set status = 'failing', failing_since = now()`)
  receiver.answer = () => {}
  sender = azora.startSender()
  await azora.hear([enrolled(), enrolled(), enrolled()])
  await until(() => receiver.received.length > 0)
  sender.wake()
  const all = { healthy: false, limit: 10, perWebhook: 1, leaseSeconds: 60 }
  assert.deepEqual(await claimDue(azora.db.across, all), [])
  assert.equal((await deliveriesOf(webhook.id)).filter(({ attempts }) => attempts > 0).length, 1)
})

test('A delivery that was cut off by stopping counts as not begun.', async () => {
  const webhook = await newWebhook()
  receiver.answer = () => {}
  sender = azora.startSender()
  await azora.hear([enrolled()])
  await until(() => receiver.received.length === 1)
  await sender.stop()
  sender = null
  const delivery = await attempted(webhook.id, 0)
  assert.equal(delivery.status, 'waiting')
  assert.equal((await webhookOf(webhook.id)).status, 'active')
})

test('A delivery can be replayed: the same message under the same id, as a delivery of its own.', async () => {
  const webhook = await newWebhook()
  sender = azora.startSender()
  await azora.hear([enrolled()])
  const first = await attempted(webhook.id, 1)
  const replay = await azora.call<Delivery>('replayDelivery', { deliveryId: first.id })
  assert.notEqual(replay.id, first.id)
  assert.equal(replay.eventId, first.eventId)
  await until(() => receiver.received.length === 2)
  assert.equal(receiver.received[0]?.body, receiver.received[1]?.body)
})

test('What failed is replayed since a moment, each event once, and what has arrived meanwhile not again.', async () => {
  const webhook = await newWebhook()
  await azora.hear([enrolled(), enrolled(), enrolled()])
  await azora.db.across.run(sql`update deliveries set status = 'failed', next_attempt_at = null`)
  const [newest] = await deliveriesOf(webhook.id)
  const replayAll = (since: string) =>
    azora.call<{ replayed: number }>('replayFailed', { webhookId: webhook.id, since })
  assert.deepEqual(await replayAll(new Date(Date.now() + 60_000).toISOString()), { replayed: 0 })
  await azora.call('replayDelivery', { deliveryId: newest?.id })
  assert.deepEqual(await replayAll('2026-01-01T00:00:00Z'), { replayed: 2 })
  assert.deepEqual(await replayAll('2026-01-01T00:00:00Z'), { replayed: 0 })
})

test('A test event is sent once, to a paused webhook too, and its failure is held against nobody.', async () => {
  const webhook = await newWebhook()
  await azora.call('saveWebhook', { webhookId: webhook.id, status: 'paused' })
  receiver.answer = res => void res.writeHead(500).end('no')
  sender = azora.startSender()
  await azora.call<Delivery>('testWebhook', { webhookId: webhook.id })
  const failed = await attempted(webhook.id, 1)
  assert.deepEqual([failed.status, failed.responseStatus], ['failed', 500])
  assert.equal((await webhookOf(webhook.id)).status, 'paused')
  assert.deepEqual(JSON.parse(failed.requestBody).type, 'webhook.test')
})

test('Deliveries are listed by state and by page, newest first.', async () => {
  const webhook = await newWebhook()
  await azora.hear(Array.from({ length: 5 }, enrolled))
  type Page = { items: Delivery[]; nextCursor: string | null }
  const first = await azora.call<Page>('listDeliveries', { webhookId: webhook.id, limit: 3 })
  const second = await azora.call<Page>('listDeliveries', {
    webhookId: webhook.id,
    limit: 3,
    cursor: first.nextCursor,
  })
  const ids = [...first.items, ...second.items].map(({ id }) => id)
  assert.deepEqual([first.items.length, second.items.length, second.nextCursor], [3, 2, null])
  assert.deepEqual(ids, ids.toSorted().reverse())
  const failed = await azora.call<Page>('listDeliveries', { webhookId: webhook.id, status: 'failed' })
  assert.deepEqual(failed.items, [])
  await assert.rejects(azora.call('listDeliveries', { webhookId: webhook.id, cursor: 'x' }), {
    code: 'invalid_input',
  })
})
