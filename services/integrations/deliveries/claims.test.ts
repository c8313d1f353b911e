import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { startIntegrations } from '../testing.ts'
import { claimDue, finishAttempt } from './claims.store.ts'

let azora: Awaited<ReturnType<typeof startIntegrations>>
before(async () => {
  azora = await startIntegrations()
})
after(() => azora?.dispose())

const payload = {
  enrollmentId: randomUUID(),
  courseId: randomUUID(),
  userId: randomUUID(),
  enrolledAt: '2026-11-24T08:00:00.000Z',
}
const statusOf = async (webhookId: string) =>
  (await azora.call<{ items: { status: string }[] }>('listDeliveries', { webhookId })).items[0]?.status

test('A process that lost its claim to another writes nothing of what came of its attempt.', async () => {
  const webhook = await azora.call<{ id: string }>('createWebhook', {
    url: 'https://hooks.school.example/',
    events: ['course.enrolled'],
  })
  await azora.hear([{ name: 'course.enrolled', payload }])
  const which = { healthy: true, limit: 1, perWebhook: 1, leaseSeconds: 60 }
  const [claimed] = await claimDue(azora.db.across, which)
  assert.ok(claimed)
  await azora.db.across.run(sql`update deliveries set claimed_until = now() - interval '1 second'`)
  const [taken] = await claimDue(azora.db.across, which)
  assert.equal(taken?.id, claimed.id)
  const result = {
    status: 'failed' as const,
    nextInSeconds: null,
    requestHeaders: {},
    responseStatus: 500,
    responseBody: null,
    error: null,
    durationMs: 1,
  }
  const write = ({ id, claim }: { id: string; claim: string }) =>
    azora.db.in(azora.school).transaction(tx => finishAttempt(tx, { id, claim }, result))
  await write(claimed)
  assert.equal(await statusOf(webhook.id), 'waiting')
  await write(taken)
  assert.equal(await statusOf(webhook.id), 'failed')
})
