import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WebhookFault } from './faults.ts'
import { openTestSandbox } from './testing.ts'

test('A webhook is told again, after growing pauses, until it is answered 2xx; also after a restart.', async t => {
  const opened = await openTestSandbox(t)
  const { endpoint, pass } = opened
  endpoint.answers.push(500, 503, 301)
  await opened.stripe.customers.create()
  await pass(0)
  assert.deepEqual([endpoint.told.length, endpoint.refused.length], [0, 1])
  const [event] = (await opened.stripe.events.list()).data
  assert.equal(event?.pending_webhooks, 1)
  await pass(1)
  assert.equal(endpoint.refused.length, 2)
  await pass(4)
  assert.equal(endpoint.refused.length, 2, 'The second pause is longer than the first.')
  await opened.restart()
  await pass(1)
  assert.equal(endpoint.refused.length, 3)
  await pass(30)
  assert.deepEqual(
    endpoint.told.map(({ id }) => id),
    [event?.id],
  )
  assert.equal((await opened.stripe.events.retrieve(event?.id ?? '')).pending_webhooks, 0)
})

test('A webhook that is never answered is given up after three days.', async t => {
  const { stripe, endpoint, pass } = await openTestSandbox(t)
  endpoint.answers.push(...Array.from({ length: 40 }, () => 500))
  await stripe.customers.create()
  for (let hours = 0; hours < 24 * 5; hours++) await pass(3600)
  assert.ok(endpoint.refused.length > 8 && endpoint.refused.length < 16, String(endpoint.refused.length))
  assert.equal((await stripe.events.list()).data[0]?.pending_webhooks, 0)
})

test('Webhooks get lost, come twice, and out of order when a test says so.', async t => {
  const held = Promise.withResolvers<void>()
  const faults = {
    async webhook({ type }: { type: string }): Promise<WebhookFault | null> {
      if (type === 'customer.created') await held.promise
      return type === 'customer.updated' ? 'twice' : type === 'customer.deleted' ? 'never' : null
    },
  }
  const { stripe, endpoint, told } = await openTestSandbox(t, { faults })
  const { id } = await stripe.customers.create()
  await stripe.customers.update(id, { name: 'A' })
  await stripe.customers.del(id)
  while (endpoint.told.length < 2) await new Promise(resolve => setImmediate(resolve))
  held.resolve()
  assert.deepEqual(await told(), ['customer.updated', 'customer.updated', 'customer.created'])
  // What was lost is still in the list of events, where reconciliation finds it.
  assert.deepEqual(
    (await stripe.events.list({ type: 'customer.deleted' })).data.map(event => event.type),
    ['customer.deleted'],
  )
})

test('An endpoint hears what it asked for, with a secret of its own, until it is deleted.', async t => {
  const { stripe, endpoint, told } = await openTestSandbox(t)
  const made = await stripe.webhookEndpoints.create({
    url: endpoint.url,
    enabled_events: ['customer.deleted'],
    description: 'Another',
  })
  assert.match(made.secret ?? '', /^whsec_/)
  assert.equal((await stripe.webhookEndpoints.retrieve(made.id)).secret, undefined)
  const { id } = await stripe.customers.create()
  assert.deepEqual([await told(), endpoint.refused], [['customer.created'], []])
  await stripe.customers.del(id)
  await told()
  assert.match(
    endpoint.refused[0] ?? '',
    /signature/i,
    'It was signed with the secret of the first endpoint.',
  )
  await stripe.webhookEndpoints.del(made.id)
  assert.deepEqual(
    (await stripe.webhookEndpoints.list()).data.map(({ description }) => description),
    ['This installation'],
  )
})
