import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Actor } from '@azora/kit/identity.ts'
import { createMetrics } from '@azora/kit/metrics.ts'
import { ids, signToken, startGateway } from './testing.ts'
import { createUsage, type UsageBatch } from './usage.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const person: Actor = { userId: ids.user, organizationId: ids.school, sessionId: ids.session, roles: [] }

function counting(record: (batch: UsageBatch) => Promise<unknown>, now?: () => number) {
  const metrics = createMetrics()
  return { metrics, ...createUsage({ record, log: quiet, metrics, ...(now ? { now } : {}) }) }
}

test('Requests are counted by caller, source, operation and hour, and by how they ended.', async () => {
  const told: UsageBatch[] = []
  let time = Date.parse('2026-01-01T10:59:00Z')
  const usage = counting(
    async batch => void told.push(batch),
    () => time,
  )
  for (const status of [200, 304, 429, 403, 499, 500]) usage.count(person, 'auth.me', status)
  usage.count({ ...person, kind: 'key' }, 'auth.me', 200)
  usage.count({ ...person, kind: 'client', sessionId: randomUUID() }, 'auth.me', 200)
  time += 120_000
  usage.count(person, 'auth.me', 200)
  await usage.stop()
  const [batch] = told
  assert.equal(told.length, 1)
  const [first, byKey, byClient, later] = batch?.counts ?? []
  const { organizationId, ...rest } = first ?? assert.fail()
  assert.equal(organizationId, ids.school)
  assert.deepEqual(rest, {
    kind: 'person',
    userId: ids.user,
    sourceId: ids.user,
    operation: 'auth.me',
    hour: '2026-01-01T10:00:00.000Z',
    requests: 6,
    limited: 1,
    refused: 1,
    failed: 1,
  })
  assert.deepEqual([byKey?.kind, byKey?.sourceId], ['key', ids.session])
  assert.deepEqual([byClient?.kind, byClient?.sourceId], ['client', ids.user])
  assert.equal(later?.hour, '2026-01-01T11:00:00.000Z')
})

test('Counts that could not be told are told again under their id, before newer ones.', async () => {
  const told: [string, number][] = []
  let away = true
  const usage = counting(async ({ batchId, counts }) => {
    told.push([batchId, counts[0]?.requests ?? 0])
    if (away) throw new Error('away')
  })
  usage.count(person, 'a', 200)
  await usage.flush()
  usage.count(person, 'a', 200)
  usage.count(person, 'a', 200)
  away = false
  await usage.stop()
  const [first, again, newer] = told
  assert.deepEqual(again, first)
  assert.notEqual(newer?.[0], first?.[0])
  assert.equal(newer?.[1], 2)
})

test('While nobody takes the counts, what does not fit is lost and the loss is counted.', async () => {
  let away = true
  let taken = 0
  const usage = counting(async batch => {
    if (away) throw new Error('away')
    taken += batch.counts.length
  })
  for (let round = 0; round < 25; round++) {
    usage.count(person, `operation.${round}`, 200)
    await usage.flush()
  }
  for (let caller = 0; caller < 20_010; caller++) usage.count(person, `many.${caller}`, 200)
  const lost = async () => (await usage.metrics.usageLost.get()).values[0]?.value
  assert.equal(await lost(), 15)
  away = false
  await usage.stop()
  assert.equal(await lost(), 19, 'four more batches pushed out four of the oldest')
  assert.equal(taken, 20_016)
})

test('Anyone who is known is counted with every way a request can end; visitors and pages are not.', async () => {
  const told: UsageBatch[] = []
  const gateway = await startGateway({ recordUsage: async batch => void told.push(batch) })
  const headers = { authorization: `Bearer ${await signToken()}` }
  await fetch(`${gateway.url}/api/v1/auth/me`, { headers })
  await fetch(`${gateway.url}/api/v1/assessment/quizzes/${ids.user}`, { headers })
  await fetch(`${gateway.url}/api/v1/auth/organization`)
  await fetch(`${gateway.url}/somewhere`, { headers })
  await fetch(`${gateway.url}/health/live`, { headers })
  await gateway.close()
  assert.deepEqual(
    told
      .flatMap(({ counts }) => counts)
      .map(({ operation, requests, failed }) => [operation, requests, failed]),
    [
      ['auth.me', 1, 0],
      ['assessment.getQuiz', 1, 1],
    ],
  )
})
