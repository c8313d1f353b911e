import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, openTestSandbox, payment } from './testing.ts'

test('A payment is refunded in parts, never beyond what was paid.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  const { id: payment_intent } = await stripe.paymentIntents.create(payment())
  const part = await stripe.refunds.create({ payment_intent, amount: 5_000, reason: 'requested_by_customer' })
  assert.deepEqual([part.status, part.amount, part.reason], ['succeeded', 5_000, 'requested_by_customer'])
  const tooMuch = await failureOf(stripe.refunds.create({ payment_intent, amount: 15_001 }))
  assert.deepEqual([tooMuch.param, tooMuch.statusCode], ['amount', 400])
  const rest = await stripe.refunds.create({ payment_intent })
  assert.equal(rest.amount, 15_000)
  const none = await failureOf(stripe.refunds.create({ payment_intent }))
  assert.equal(none.code, 'charge_already_refunded')

  const charge = await stripe.charges.retrieve(String(part.charge), { expand: ['refunds'] })
  assert.deepEqual([charge.refunded, charge.amount_refunded, charge.refunds?.data.length], [true, 20_000, 2])
  const moved = await stripe.balanceTransactions.list({ type: 'refund' })
  assert.deepEqual(
    moved.data.map(({ amount, fee }) => [amount, fee]),
    [
      [-15_000, 0],
      [-5_000, 0],
    ],
  )
  assert.equal((await told()).filter(type => type === 'refund.created').length, 2)
})

test('Two refunds of the whole at once: one of them is refused.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { id: payment_intent } = await stripe.paymentIntents.create(payment())
  const both = await Promise.allSettled([1, 2].map(() => stripe.refunds.create({ payment_intent })))
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.equal((await stripe.refunds.list({ payment_intent })).data.length, 1)
})

test('What was not paid cannot be refunded.', async t => {
  const { stripe } = await openTestSandbox(t)
  const held = await stripe.paymentIntents.create(payment({ capture_method: 'manual' }))
  assert.equal((await failureOf(stripe.refunds.create({ payment_intent: held.id }))).param, 'payment_intent')
  assert.equal(
    (await failureOf(stripe.refunds.create({ charge: String(held.latest_charge) }))).param,
    'charge',
  )
  assert.equal((await failureOf(stripe.refunds.create({}))).type, 'StripeInvalidRequestError')
})

test('A refund that fails later gives the money back to us, and says so.', async t => {
  const { stripe, told, pass } = await openTestSandbox(t)
  const { id: payment_intent } = await stripe.paymentIntents.create(
    payment({ payment_method: 'pm_card_refundFail' }),
  )
  const refund = await stripe.refunds.create({ payment_intent, amount: 8_000 })
  assert.equal(refund.status, 'succeeded')
  await pass(4)
  assert.equal((await stripe.refunds.retrieve(refund.id)).status, 'succeeded')
  await pass(1)
  const failed = await stripe.refunds.retrieve(refund.id, {
    expand: ['failure_balance_transaction', 'charge'],
  })
  assert.equal(failed.status, 'failed')
  assert.ok(typeof failed.failure_balance_transaction === 'object' && typeof failed.charge === 'object')
  assert.deepEqual([failed.failure_balance_transaction.amount, failed.charge?.amount_refunded], [8_000, 0])
  assert.ok((await told()).includes('refund.failed'))
  // It can be tried again.
  assert.equal((await stripe.refunds.create({ payment_intent })).amount, 20_000)
})

test('A refund that takes its time is pending, then succeeds.', async t => {
  const { stripe, told, pass } = await openTestSandbox(t)
  const { id: payment_intent } = await stripe.paymentIntents.create(
    payment({ payment_method: 'pm_card_pendingRefund' }),
  )
  const refund = await stripe.refunds.create({ payment_intent })
  assert.equal(refund.status, 'pending')
  await pass(5)
  assert.equal((await stripe.refunds.retrieve(refund.id)).status, 'succeeded')
  assert.ok((await told()).includes('refund.updated'))
})
