import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Stripe } from 'stripe'
import { failureOf, openTestSandbox, payment } from './testing.ts'

test('A payment by card is charged at once, with its fee, and is told by webhooks.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  const paid = await stripe.paymentIntents.create(
    payment({ metadata: { order: '7' }, expand: ['latest_charge.balance_transaction'] }),
  )
  assert.match(paid.id, /^pi_\w{24}$/)
  assert.deepEqual([paid.status, paid.amount_received, paid.livemode], ['succeeded', 20_000, false])
  const charge = paid.latest_charge as Stripe.Charge
  assert.deepEqual([charge.status, charge.captured, charge.metadata], ['succeeded', true, { order: '7' }])
  const moved = charge.balance_transaction as Stripe.BalanceTransaction
  // 2.9 per cent of 200.00, and 0.30.
  assert.deepEqual([moved.amount, moved.fee, moved.net, moved.currency], [20_000, 610, 19_390, 'zar'])
  assert.deepEqual(await told(), ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'])
})

test('A payment may be made in steps: created, changed, confirmed; its metadata is merged.', async t => {
  const { stripe } = await openTestSandbox(t)
  const made = await stripe.paymentIntents.create({
    amount: 500,
    currency: 'JPY',
    allowed_payment_method_types: ['card'],
    metadata: { a: '1', b: '2' },
  })
  assert.deepEqual([made.status, made.currency], ['requires_payment_method', 'jpy'])
  const refused = await failureOf(stripe.paymentIntents.confirm(made.id))
  assert.equal(refused.code, 'payment_intent_unexpected_state')
  const changed = await stripe.paymentIntents.update(made.id, { amount: 700, metadata: { a: '', c: '3' } })
  assert.deepEqual([changed.amount, { ...changed.metadata }], [700, { b: '2', c: '3' }])
  const paid = await stripe.paymentIntents.confirm(made.id, { payment_method: 'pm_card_mastercard' })
  assert.equal(paid.status, 'succeeded')
  const again = await failureOf(stripe.paymentIntents.confirm(made.id))
  assert.equal(again.code, 'payment_intent_unexpected_state')
})

const declines: [card: string, code: string, declineCode: string | undefined][] = [
  ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
  ['pm_card_visa_chargeDeclinedStolenCard', 'card_declined', 'stolen_card'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
  ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc'],
  ['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
  ['pm_card_radarBlock', 'card_declined', 'fraudulent'],
]

test('Each card that refuses does so with its own codes, and leaves a failed charge.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  for (const [card, code, declineCode] of declines) {
    const failure = await failureOf(stripe.paymentIntents.create(payment({ payment_method: card })))
    assert.deepEqual(
      [failure.type, failure.statusCode, failure.code, failure.decline_code],
      ['StripeCardError', 402, code, declineCode],
      card,
    )
    const intent = await stripe.paymentIntents.retrieve(failure.payment_intent?.id ?? '')
    assert.deepEqual(
      [intent.status, intent.last_payment_error?.code, intent.payment_method],
      ['requires_payment_method', code, null],
    )
    const charge = await stripe.charges.retrieve(failure.charge ?? '')
    assert.deepEqual([charge.status, charge.failure_code, charge.balance_transaction], ['failed', code, null])
  }
  assert.equal((await stripe.balanceTransactions.list()).data.length, 0)
  assert.deepEqual([...new Set(await told())].sort(), [
    'charge.failed',
    'payment_intent.created',
    'payment_intent.payment_failed',
  ])
})

test('After a refusal the same payment succeeds with another card.', async t => {
  const { stripe } = await openTestSandbox(t)
  const failure = await failureOf(
    stripe.paymentIntents.create(payment({ payment_method: 'pm_card_chargeDeclined' })),
  )
  const paid = await stripe.paymentIntents.confirm(failure.payment_intent?.id ?? '', {
    payment_method: 'pm_card_visa',
  })
  assert.deepEqual([paid.status, paid.last_payment_error], ['succeeded', null])
  const charges = await stripe.charges.list({ payment_intent: paid.id })
  assert.deepEqual(
    charges.data.map(charge => charge.status),
    ['succeeded', 'failed'],
  )
})

test('An authorised payment is captured whole or in part, or let go; only once.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  const held = await stripe.paymentIntents.create(payment({ capture_method: 'manual' }))
  assert.deepEqual(
    [held.status, held.amount_capturable, held.amount_received],
    ['requires_capture', 20_000, 0],
  )
  const tooMuch = await failureOf(stripe.paymentIntents.capture(held.id, { amount_to_capture: 20_001 }))
  assert.equal(tooMuch.code, 'amount_too_large')
  const taken = await stripe.paymentIntents.capture(held.id, {
    amount_to_capture: 15_000,
    expand: ['latest_charge'],
  })
  assert.deepEqual([taken.status, taken.amount_received, taken.amount_capturable], ['succeeded', 15_000, 0])
  assert.equal((taken.latest_charge as Stripe.Charge).amount_captured, 15_000)
  const again = await failureOf(stripe.paymentIntents.capture(held.id))
  assert.equal(again.code, 'payment_intent_unexpected_state')

  const other = await stripe.paymentIntents.create(payment({ capture_method: 'manual' }))
  const gone = await stripe.paymentIntents.cancel(other.id, { cancellation_reason: 'abandoned' })
  assert.deepEqual([gone.status, gone.cancellation_reason], ['canceled', 'abandoned'])
  assert.equal(
    (await failureOf(stripe.paymentIntents.capture(other.id))).code,
    'payment_intent_unexpected_state',
  )
  const moved = await stripe.balanceTransactions.list()
  assert.deepEqual(
    moved.data.map(({ type, amount }) => [type, amount]),
    [['charge', 15_000]],
  )
  assert.ok((await told()).includes('payment_intent.canceled'))
})

test('Fees follow one formula in every kind of currency, and the balance is the sum of all that moved.', async t => {
  const { stripe, pass } = await openTestSandbox(t)
  const fees: [currency: string, amount: number, fee: number][] = [
    ['zar', 20_000, 610], // 580 and 30
    ['zar', 50, 31], // 1.45, rounded down to 1, and 30
    ['zar', 52, 32], // 1.508, rounded up to 2
    ['jpy', 1_000, 29], // no minor unit, nothing fixed
    ['kwd', 10_000, 590], // 290 thousandths, and 0.300
  ]
  for (const [currency, amount, fee] of fees) {
    const paid = await stripe.paymentIntents.create(
      payment({ amount, currency, expand: ['latest_charge.balance_transaction'] }),
    )
    const charge = paid.latest_charge as Stripe.Charge
    assert.equal((charge.balance_transaction as Stripe.BalanceTransaction).fee, fee, `${amount} ${currency}`)
  }
  const net = { jpy: 971, kwd: 9_410, zar: 20_102 - 673 }
  const amountsOf = (parts: { currency: string; amount: number }[]) =>
    Object.fromEntries(parts.map(({ currency, amount }) => [currency, amount]))
  assert.deepEqual(amountsOf((await stripe.balance.retrieve()).pending), net)
  await pass(7 * 24 * 3600)
  const later = await stripe.balance.retrieve()
  assert.deepEqual([amountsOf(later.available), amountsOf(later.pending)], [net, { jpy: 0, kwd: 0, zar: 0 }])
  assert.equal((await stripe.balanceTransactions.list()).data[0]?.status, 'available')
})

test('What cannot be meant is refused as Stripe refuses it.', async t => {
  const { stripe } = await openTestSandbox(t)
  const create = (params: object) =>
    failureOf(stripe.paymentIntents.create(params as Stripe.PaymentIntentCreateParams))
  const bad: [object, code: string | undefined, param: string][] = [
    [{ currency: 'zar' }, 'parameter_missing', 'amount'],
    [payment({ amount: 0 }), 'parameter_invalid_integer', 'amount'],
    [payment({ amount: -5 }), 'parameter_invalid_integer', 'amount'],
    [payment({ amount: 10.5 }), 'parameter_invalid_integer', 'amount'],
    [payment({ amount: 100_000_000 }), 'amount_too_large', 'amount'],
    [payment({ currency: 'xyz' }), undefined, 'currency'],
    [{ ...payment(), colour: 'red' }, 'parameter_unknown', 'colour'],
    [payment({ customer: 'cus_none' }), 'resource_missing', 'customer'],
    [payment({ payment_method: 'pm_none' }), 'resource_missing', 'payment_method'],
    [{ ...payment(), allowed_payment_method_types: undefined }, undefined, 'return_url'],
    [payment({ expand: ['amount.of.nothing'] }), undefined, 'expand'],
  ]
  for (const [params, code, param] of bad) {
    const failure = await create(params)
    assert.deepEqual(
      [failure.type, failure.code, failure.param],
      ['StripeInvalidRequestError', code, param],
      JSON.stringify(params),
    )
  }
  assert.deepEqual(
    (await stripe.paymentIntents.list()).data,
    [],
    'A request that was refused left something.',
  )
  const none = await failureOf(stripe.paymentIntents.retrieve('pi_none'))
  assert.deepEqual([none.statusCode, none.code], [404, 'resource_missing'])
  const elsewhere = await failureOf(stripe.subscriptions.list())
  assert.equal(elsewhere.statusCode, 404)
  assert.match(elsewhere.message, /^Unrecognized request URL \(GET: \/v1\/subscriptions\)/)
})
