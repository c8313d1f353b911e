import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStripe } from '@azora/kit/stripe.ts'
import type { RequestFault } from './faults.ts'
import { readForm } from './form.ts'
import { failureOf, openTestSandbox, payment } from './testing.ts'

test('Form fields with brackets are objects and lists; a name is only a name.', () => {
  const read = (text: string) => JSON.parse(JSON.stringify(readForm(text)))
  assert.deepEqual(read('a=1&b[c]=2&b[d][0]=x&b[d][1]=y&e[]=p&e[]=q'), {
    a: '1',
    b: { c: '2', d: ['x', 'y'] },
    e: ['p', 'q'],
  })
  assert.deepEqual(read('items[0][n]=1&items[1][n]=2'), { items: [{ n: '1' }, { n: '2' }] })
  readForm('__proto__[polluted]=1')
  assert.equal(({} as Record<string, unknown>).polluted, undefined)
  assert.throws(() => readForm('a[b][c][d][e][f][g][h][i]=1'), /nested/)
  assert.throws(() => readForm(Array.from({ length: 1001 }, (_, at) => `a${at}=1`).join('&')), /parameters/)
})

test('A request without the key of this sandbox learns nothing.', async t => {
  const { sandbox } = await openTestSandbox(t)
  const other = await openStripe({ secretKey: 'sk_test_other', webhookSecret: '', sandboxUrl: sandbox.url })
  const failure = await failureOf(other.api.customers.list())
  assert.deepEqual([failure.type, failure.statusCode], ['StripeAuthenticationError', 401])
  assert.equal((await fetch(`${sandbox.url}/v1/customers`)).status, 401)
})

test('The same request under one key is done once, and answered alike; another one is refused.', async t => {
  const { stripe, restart } = await openTestSandbox(t)
  const options = { idempotencyKey: 'order-7' }
  const both = await Promise.all([1, 2].map(() => stripe.paymentIntents.create(payment(), options)))
  assert.equal(both[0]?.id, both[1]?.id)
  const replayed = both.filter(({ lastResponse }) => lastResponse.headers['idempotent-replayed'] === 'true')
  assert.equal(replayed.length, 1)
  assert.equal((await stripe.charges.list()).data.length, 1)
  const other = await failureOf(stripe.paymentIntents.create(payment({ amount: 1 }), options))
  assert.equal(other.type, 'StripeIdempotencyError')
  await restart()
})

test('A refusal by the card is kept under its key; a request that was wrong is not.', async t => {
  const { stripe } = await openTestSandbox(t)
  const declined = () =>
    failureOf(
      stripe.paymentIntents.create(payment({ payment_method: 'pm_card_chargeDeclined' }), {
        idempotencyKey: 'a',
      }),
    )
  const [first, second] = [await declined(), await declined()]
  assert.equal(first.charge, second.charge)
  await failureOf(stripe.paymentIntents.create(payment({ amount: 0 }), { idempotencyKey: 'b' }))
  assert.equal((await stripe.paymentIntents.create(payment(), { idempotencyKey: 'b' })).status, 'succeeded')
})

test('A key is forgotten after a day.', async t => {
  const sandbox = await openTestSandbox(t)
  const once = async () => (await sandbox.stripe.customers.create({}, { idempotencyKey: 'c' })).id
  const first = await once()
  sandbox.clock.ms += 23 * 3600_000
  await sandbox.restart()
  assert.equal(await once(), first)
  sandbox.clock.ms += 2 * 3600_000
  await sandbox.restart()
  assert.notEqual(await once(), first)
})

test('Lists are paged both ways, the newest first, and bounded by time.', async t => {
  const { stripe, clock } = await openTestSandbox(t)
  const ids: string[] = []
  for (let at = 0; at < 7; at++) {
    ids.unshift((await stripe.customers.create()).id)
    clock.ms += 1000
  }
  const idsOf = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id)
  const first = await stripe.customers.list({ limit: 3 })
  assert.deepEqual([idsOf(first), first.has_more], [ids.slice(0, 3), true])
  const next = await stripe.customers.list({ limit: 4, starting_after: ids[2] ?? '' })
  assert.deepEqual([idsOf(next), next.has_more], [ids.slice(3), false])
  const back = await stripe.customers.list({ limit: 2, ending_before: ids[5] ?? '' })
  assert.deepEqual([idsOf(back), back.has_more], [ids.slice(3, 5), true])
  const all = await stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 100 })
  assert.deepEqual(
    all.map(({ id }) => id),
    ids,
  )
  const { created } = await stripe.customers
    .retrieve(ids[2] ?? '')
    .then(found => found as { created: number })
  assert.deepEqual(idsOf(await stripe.customers.list({ created: { gte: created } })), ids.slice(0, 3))
  assert.deepEqual(idsOf(await stripe.customers.list({ created: { lt: created } })), ids.slice(3))
  assert.equal(
    (await failureOf(stripe.customers.list({ starting_after: 'cus_none' }))).code,
    'resource_missing',
  )
  assert.equal((await failureOf(stripe.customers.list({ limit: 101 }))).param, 'limit')
})

test('What a request did before its connection broke or it was answered 500 is done once, by the SDK’s own repetition.', async t => {
  for (const wanted of ['cut_before', 'cut_after', 'fail_before', 'fail_after'] satisfies RequestFault[]) {
    const left: RequestFault[] = [wanted]
    const { stripe } = await openTestSandbox(t, { faults: { request: () => left.shift() ?? null } })
    const paid = await stripe.paymentIntents.create(payment())
    assert.equal(paid.status, 'succeeded', wanted)
    assert.equal((await stripe.charges.list()).data.length, 1, wanted)
  }
})

test('An answer may come late, although the work is done.', async t => {
  const released = Promise.withResolvers<void>()
  const left: RequestFault[] = [{ answerAfter: released.promise }]
  const { stripe } = await openTestSandbox(t, { faults: { request: () => left.shift() ?? null } })
  const paying = stripe.paymentIntents.create(payment())
  let found: unknown[] = []
  while (found.length === 0) found = (await stripe.charges.list()).data
  released.resolve()
  assert.equal((await paying).latest_charge, (found[0] as { id: string }).id)
})

test('Every answer names its request and the version of the API.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { lastResponse } = await stripe.customers.list()
  assert.match(lastResponse.requestId, /^req_\w{14}$/)
  assert.equal(lastResponse.apiVersion, '2026-10-28.endive')
})
