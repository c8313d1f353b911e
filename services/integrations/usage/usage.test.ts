import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Actor } from '@azora/kit/identity.ts'
import { anonymousContext } from '@azora/kit/request-context.ts'
import { sql } from '@azora/kit/sql.ts'
import pg from 'pg'
import { forgetOld } from '../retention.ts'
import { startIntegrations } from '../testing.ts'

let azora: Awaited<ReturnType<typeof startIntegrations>>
before(async () => {
  azora = await startIntegrations()
})
after(() => azora?.dispose())

type Usage = {
  items: { at: string; requests: number; limited: number; refused: number; failed: number }[]
  sources: { kind: string; id: string; requests: number }[]
  operations: { operation: string; requests: number }[]
}

const hour = '2026-11-20T08:00:00.000Z'
const day = { from: '2026-11-20T00:00:00Z', until: '2026-11-21T00:00:00Z' }

const count = (change: object = {}) => ({
  organizationId: azora.school,
  kind: 'person',
  userId: azora.admin.userId,
  sourceId: azora.admin.userId,
  operation: 'education.listCourses',
  hour,
  requests: 10,
  limited: 1,
  refused: 2,
  failed: 3,
  ...change,
})

const record = (counts: object[], batchId: string = randomUUID()) =>
  azora.host.invoke('recordUsage', { batchId, counts }, anonymousContext)

function somebody(change: Partial<Actor> = {}): Actor {
  return { ...azora.admin, userId: randomUUID(), roles: ['learner'], ...change }
}

test('A batch counts once, however often and by how many at once it is told.', async () => {
  const person = somebody()
  const own = { userId: person.userId, sourceId: person.userId }
  const batchId = randomUUID()
  const counts = [count(own), count(own), count({ ...own, operation: 'auth.me' })]
  await Promise.all([record(counts, batchId), record(counts, batchId), record(counts, batchId)])
  await record(counts, batchId)
  await record([count(own)])
  const usage = await azora.call<Usage>('getUsage', day, person)
  const at8 = usage.items.find(({ at }) => at === hour)
  assert.deepEqual(at8, { at: hour, requests: 40, limited: 4, refused: 8, failed: 12 })
  assert.deepEqual(usage.operations, [
    { operation: 'education.listCourses', requests: 30 },
    { operation: 'auth.me', requests: 10 },
  ])
})

test('Hours and days without a request are there, with nothing in them.', async () => {
  const person = somebody()
  const own = { userId: person.userId, sourceId: person.userId }
  await record([count(own), count({ ...own, hour: '2026-11-22T23:00:00Z' })])
  const hours = await azora.call<Usage>('getUsage', { ...day, from: '2026-11-20T05:30:00Z' }, person)
  assert.equal(hours.items.length, 19)
  assert.equal(hours.items[0]?.at, '2026-11-20T05:00:00.000Z')
  assert.equal(hours.items.filter(({ requests }) => requests > 0).length, 1)
  const days = await azora.call<Usage>(
    'getUsage',
    { by: 'day', from: day.from, until: '2026-11-23T00:00:00Z' },
    person,
  )
  assert.deepEqual(
    days.items.map(({ requests }) => requests),
    [10, 0, 10],
  )
  const none = await azora.call<Usage>('getUsage', day, somebody())
  assert.deepEqual([none.items.length, none.sources, none.operations], [24, [], []])
})

test('A person sees the use by themselves and their keys, one of them alone too, and never that of others.', async () => {
  const person = somebody()
  const keyId = randomUUID()
  await record([
    count({ userId: person.userId, sourceId: person.userId, requests: 1 }),
    count({ userId: person.userId, sourceId: keyId, kind: 'key', requests: 5 }),
    count({ userId: randomUUID(), sourceId: randomUUID(), requests: 100 }),
  ])
  const usage = await azora.call<Usage>('getUsage', day, person)
  assert.deepEqual(usage.sources, [
    { kind: 'key', id: keyId, requests: 5 },
    { kind: 'person', id: person.userId, requests: 1 },
  ])
  const ofKey = await azora.call<Usage>('getUsage', { ...day, sourceId: keyId }, person)
  assert.deepEqual(ofKey.sources, [{ kind: 'key', id: keyId, requests: 5 }])
  const curious = await azora.call<Usage>('getUsage', { ...day, sourceId: keyId }, somebody())
  assert.deepEqual(curious.sources, [])
})

test('The whole school’s use is for those who manage its integrations, and for no other school.', async () => {
  const organizationId = randomUUID()
  await record([count({ organizationId, userId: randomUUID(), sourceId: randomUUID() })])
  const school = { ...day, of: 'school' }
  await assert.rejects(azora.call('getUsage', school, somebody({ organizationId })), { code: 'forbidden' })
  const admin = somebody({ organizationId, roles: ['admin'] })
  assert.equal((await azora.call<Usage>('getUsage', school, admin)).sources.length, 1)
  const foreign = somebody({ organizationId: randomUUID(), roles: ['admin'] })
  assert.equal((await azora.call<Usage>('getUsage', school, foreign)).sources.length, 0)
})

test('A span is not empty and at most 62 days long.', async () => {
  for (const span of [
    { from: day.until, until: day.from },
    { from: day.from, until: day.from },
    { from: '2026-01-01T00:00:00Z', until: '2026-03-05T00:00:00Z' },
    { from: '0001-01-01T00:00:00Z', until: '9999-01-01T00:00:00Z' },
    { from: 'yesterday', until: 'today' },
  ])
    await assert.rejects(azora.call('getUsage', span), { code: 'invalid_input' }, JSON.stringify(span))
})

test('Counts are kept for a quarter, and deliveries for a month.', async () => {
  const organizationId = randomUUID()
  const old = new Date(Date.now() - 93 * 86_400_000).toISOString()
  const young = new Date(Date.now() - 91 * 86_400_000).toISOString()
  await record([count({ organizationId, hour: old }), count({ organizationId, hour: young })])
  const webhook = await azora.call<{ id: string }>('createWebhook', {
    url: 'https://hooks.school.example/',
    events: ['course.saved'],
  })
  for (let made = 0; made < 2; made++) await azora.call('testWebhook', { webhookId: webhook.id })
  await azora.db.across.run(sql`
    update deliveries set created_at = now() - interval '31 days'
    where id = (select id from deliveries where webhook_id = ${webhook.id} order by id limit 1)`)
  await forgetOld(azora.db)
  const left = await azora.db.across.one<{ hours: number; deliveries: number }>(sql`
    select (select count(*) from usage_hours where organization_id = ${organizationId}) as hours,
      (select count(*) from deliveries where webhook_id = ${webhook.id}) as deliveries`)
  assert.deepEqual(left, { hours: 1, deliveries: 1 })
})

test('Counts go also while no delivery can be forgotten.', async () => {
  const organizationId = randomUUID()
  await record([count({ organizationId, hour: new Date(Date.now() - 93 * 86_400_000).toISOString() })])
  const admin = new pg.Client({ connectionString: azora.adminUrl })
  await admin.connect()
  try {
    await admin.query('alter table integrations.deliveries rename to away')
    await assert.rejects(forgetOld(azora.db), { name: 'AggregateError', message: /deliveries/ })
  } finally {
    await admin.query('alter table integrations.away rename to deliveries')
    await admin.end()
  }
  assert.equal(
    await azora.db.across.run(sql`select from usage_hours where organization_id = ${organizationId}`),
    0,
  )
})
