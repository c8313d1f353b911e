import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { anonymousContext } from '@azora/kit/request-context.ts'
import { sql } from '@azora/kit/sql.ts'
import { startIntegrations } from '../testing.ts'
import { integrationsPersonalData } from './personal-data.ts'

let azora: Awaited<ReturnType<typeof startIntegrations>>
before(async () => {
  azora = await startIntegrations()
  await azora.call('createWebhook', {
    url: 'https://hooks.school.example/',
    events: ['user.created', 'user.deleted', 'course.saved', 'course.deleted'],
  })
})
after(() => azora?.dispose())

const person = () => ({
  userId: randomUUID(),
  email: 'thandi@school.example',
  name: 'Thandi',
  roles: ['learner'],
})

const use = (userId: string, change: object = {}) => ({
  organizationId: azora.school,
  kind: 'person',
  userId,
  sourceId: userId,
  operation: 'education.listCourses',
  hour: '2026-11-20T08:00:00.000Z',
  requests: 1,
  limited: 0,
  refused: 0,
  failed: 0,
  ...change,
})

const record = (counts: object[]) =>
  azora.host.invoke('recordUsage', { batchId: randomUUID(), counts }, anonymousContext)

async function everything(): Promise<string> {
  const { text } = await azora.db.across.one<{ text: string }>(sql`
    select concat((select json_agg(d) from deliveries d), (select json_agg(u) from usage_hours u)) as text`)
  return text
}

test('Erasing a person takes the deliveries that name them and their ids out of the counts, which stay.', async () => {
  const gone = person()
  const alsoGone = person()
  const stays = person()
  const keyId = randomUUID()
  await azora.hear([
    ...[gone, alsoGone, stays].map(payload => ({ name: 'user.created' as const, payload })),
    {
      name: 'course.saved',
      payload: { courseId: randomUUID(), instructorId: gone.userId, title: 'Rivers', status: 'draft' },
    },
    { name: 'course.deleted', payload: { courseId: randomUUID() } },
  ])
  await record([
    use(gone.userId),
    use(gone.userId, { kind: 'key', sourceId: keyId, requests: 2 }),
    use(alsoGone.userId, { requests: 4 }),
    use(stays.userId, { requests: 8 }),
  ])
  for (const { userId } of [gone, alsoGone]) await azora.hear([{ name: 'user.deleted', payload: { userId } }])
  const text = await everything()
  assert.ok(!text.includes(keyId))
  assert.ok(text.includes(stays.userId))
  const left = await azora.db.across.rows<{ event: string; personId: string | null }>(sql`
    select event, person_id from deliveries order by event, person_id`)
  assert.deepEqual(
    left.map(({ event }) => event),
    ['course.deleted', 'user.created', 'user.deleted', 'user.deleted'],
  )
  const counts = await azora.db.across.rows<{ userId: string | null; requests: number }>(
    sql`select user_id, requests from usage_hours order by requests`,
  )
  assert.deepEqual(counts, [
    { userId: null, requests: 7 },
    { userId: stays.userId, requests: 8 },
  ])
  const erased = await azora.db.infrastructure.rows<{ payload: object }>(
    sql`select payload from outbox where name = 'user.erased'`,
  )
  assert.equal(erased.length, 2)
  const usage = await azora.call<{ sources: { id: string }[] }>('getUsage', {
    of: 'school',
    from: '2026-11-20T00:00:00Z',
    until: '2026-11-21T00:00:00Z',
  })
  assert.deepEqual(
    usage.sources.map(({ id }) => id),
    [stays.userId],
  )
})

test('An export holds the use of the API and what was told of the person, in this school alone.', async () => {
  const asked = person()
  await azora.hear([{ name: 'user.created', payload: asked }])
  await record([use(asked.userId)])
  const files = await integrationsPersonalData.gather(azora.db.in(azora.school), asked.userId)
  const [usage, deliveries] = files.map(({ content }) => content as Record<string, unknown>[])
  assert.equal(usage?.[0]?.operation, 'education.listCourses')
  assert.equal(JSON.stringify(deliveries?.[0]?.message).includes('"name":"Thandi"'), true)
  const elsewhere = await integrationsPersonalData.gather(azora.db.in(randomUUID()), asked.userId)
  assert.deepEqual(
    elsewhere.map(({ content }) => content),
    [[], []],
  )
})
