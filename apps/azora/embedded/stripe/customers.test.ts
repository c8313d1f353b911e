import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, openTestSandbox, payment } from './testing.ts'

test('A customer is made, changed, found by email, and gone when deleted.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  const made = await stripe.customers.create({
    email: 'lindiwe@school.example',
    name: 'Lindiwe',
    metadata: { person: '1', old: 'x' },
    address: { country: 'ZA', city: 'Durban' },
  })
  assert.match(made.id, /^cus_/)
  const changed = await stripe.customers.update(made.id, { name: '', metadata: { old: '' } })
  assert.deepEqual(
    [changed.name, { ...changed.metadata }, changed.address?.city],
    [null, { person: '1' }, 'Durban'],
  )
  const { data } = await stripe.customers.list({ email: 'lindiwe@school.example' })
  assert.deepEqual(
    data.map(({ id }) => id),
    [made.id],
  )
  assert.deepEqual((await stripe.customers.list({ email: 'other@school.example' })).data, [])
  assert.equal((await stripe.customers.del(made.id)).deleted, true)
  const gone = await stripe.customers.retrieve(made.id)
  assert.equal(gone.deleted, true)
  assert.deepEqual((await stripe.customers.list()).data, [])
  assert.equal((await failureOf(stripe.customers.update(made.id, { name: 'x' }))).code, 'resource_missing')
  assert.deepEqual(await told(), ['customer.created', 'customer.updated', 'customer.deleted'])
})

test('A card is kept for a customer, charged without them, and let go.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { id: customer } = await stripe.customers.create()
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer })
  assert.match(card.id, /^pm_\w{24}$/)
  assert.deepEqual([card.card?.last4, card.card?.brand], ['4242', 'visa'])
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } })
  assert.deepEqual(
    (await stripe.customers.listPaymentMethods(customer)).data.map(({ id }) => id),
    [card.id],
  )
  const paid = await stripe.paymentIntents.create(
    payment({ customer, payment_method: card.id, off_session: true }),
  )
  assert.equal(paid.status, 'succeeded')

  const strangers = await stripe.customers.create()
  const taken = await failureOf(
    stripe.paymentIntents.create(payment({ customer: strangers.id, payment_method: card.id })),
  )
  assert.equal(taken.param, 'payment_method')
  const detached = await stripe.paymentMethods.detach(card.id)
  assert.equal(detached.customer, null)
  assert.deepEqual((await stripe.paymentMethods.list({ customer, type: 'card' })).data, [])
})

test('A card that is declined cannot be kept; one that fails later can, and then does not pay.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { id: customer } = await stripe.customers.create()
  const refused = await failureOf(stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer }))
  assert.deepEqual([refused.type, refused.decline_code], ['StripeCardError', 'generic_decline'])
  const kept = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
  const failed = await failureOf(stripe.paymentIntents.create(payment({ customer, payment_method: kept.id })))
  assert.equal(failed.code, 'card_declined')
})

test('A payment method is made of a token; card numbers do not pass through the API.', async t => {
  const { stripe } = await openTestSandbox(t)
  const made = await stripe.paymentMethods.create({
    type: 'card',
    card: { token: 'tok_visa' },
    billing_details: { name: 'Lindiwe' },
  })
  assert.deepEqual([made.billing_details.name, made.customer], ['Lindiwe', null])
  const number = { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' }
  const refused = await failureOf(stripe.paymentMethods.create({ type: 'card', card: number }))
  assert.match(refused.message, /card numbers/)
})
