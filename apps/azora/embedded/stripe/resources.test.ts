import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, openTestSandbox, payment } from './testing.ts'

/** The operations that no other test calls by the way. */

test('What was charged and refunded is found again by its ids, and carries notes.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { id: customer } = await stripe.customers.create()
  const paid = await stripe.paymentIntents.create(payment({ customer }))
  await stripe.paymentIntents.create(payment())
  const charge = String(paid.latest_charge)
  assert.deepEqual(
    (await stripe.paymentIntents.list({ customer })).data.map(({ id }) => id),
    [paid.id],
  )
  assert.deepEqual(
    (await stripe.charges.list({ customer })).data.map(({ id }) => id),
    [charge],
  )
  const noted = await stripe.charges.update(charge, { description: 'Ethics', metadata: { seen: 'yes' } })
  assert.deepEqual([noted.description, noted.metadata.seen], ['Ethics', 'yes'])
  const refund = await stripe.refunds.create({ charge, amount: 1 })
  assert.equal(
    (await stripe.refunds.update(refund.id, { metadata: { why: 'a test' } })).metadata?.why,
    'a test',
  )
  assert.deepEqual(
    (await stripe.refunds.list({ charge })).data.map(({ id }) => id),
    [refund.id],
  )
  const moved = await stripe.balanceTransactions.retrieve(String(refund.balance_transaction))
  assert.deepEqual([moved.source, moved.net, moved.reporting_category], [refund.id, -1, 'refund'])
  assert.deepEqual(
    (await stripe.balanceTransactions.list({ source: charge })).data.map(({ type }) => type),
    ['charge'],
  )
})

test('A card that is kept has its date and owner changed, and is found with its customer alone.', async t => {
  const { stripe } = await openTestSandbox(t)
  const [one, two] = [
    await stripe.customers.create(),
    await stripe.customers.create({ payment_method: 'pm_card_visa' }),
  ]
  const card = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: one.id })
  const changed = await stripe.paymentMethods.update(card.id, {
    card: { exp_month: 3, exp_year: 2035 },
    billing_details: { name: 'Thabo' },
  })
  assert.deepEqual(
    [changed.card?.exp_month, changed.card?.exp_year, changed.billing_details.name, changed.card?.brand],
    [3, 2035, 'Thabo', 'mastercard'],
  )
  assert.equal((await stripe.customers.retrievePaymentMethod(one.id, card.id)).id, card.id)
  assert.equal((await failureOf(stripe.customers.retrievePaymentMethod(two.id, card.id))).statusCode, 404)
  assert.equal((await stripe.paymentMethods.list({ customer: two.id })).data[0]?.card?.last4, '4242')
  await stripe.customers.del(one.id)
  assert.equal((await stripe.paymentMethods.retrieve(card.id)).customer, null)
})

test('A setup is changed before it is confirmed, and listed by customer.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { id: customer } = await stripe.customers.create()
  const made = await stripe.setupIntents.create({ allowed_payment_method_types: ['card'] })
  await stripe.setupIntents.update(made.id, { customer, metadata: { a: '1' } })
  const done = await stripe.setupIntents.confirm(made.id, { payment_method: 'pm_card_visa' })
  assert.deepEqual([done.status, done.metadata?.a], ['succeeded', '1'])
  assert.deepEqual(
    (await stripe.setupIntents.list({ customer })).data.map(({ id }) => id),
    [made.id],
  )
  assert.equal((await stripe.setupIntents.retrieve(made.id)).client_secret, made.client_secret)
})

test('Sessions are listed by what they are in, and their items page by page.', async t => {
  const { stripe } = await openTestSandbox(t)
  const item = (name: string) => ({
    price_data: { currency: 'zar', unit_amount: 100, product_data: { name } },
  })
  const sell = (names: string[]) =>
    stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: names.map(name => ({ ...item(name), quantity: 1 })),
      success_url: 'https://school.example/',
    })
  const [one, two] = [await sell(['A', 'B', 'C']), await sell(['D'])]
  await stripe.checkout.sessions.expire(two.id)
  assert.deepEqual(
    (await stripe.checkout.sessions.list({ status: 'open' })).data.map(({ id }) => id),
    [one.id],
  )
  const items = await stripe.checkout.sessions
    .listLineItems(one.id, { limit: 2 })
    .autoPagingToArray({ limit: 10 })
  assert.deepEqual(
    items.map(({ description }) => description),
    ['A', 'B', 'C'],
  )
  assert.equal(
    (await stripe.checkout.sessions.update(one.id, { metadata: { order: '9' } })).metadata?.order,
    '9',
  )
  const mixed = { ...item('E'), price_data: { ...item('E').price_data, currency: 'usd' } }
  const failure = await failureOf(
    stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
        { ...item('F'), quantity: 1 },
        { ...mixed, quantity: 1 },
      ],
      success_url: 'https://school.example/',
    }),
  )
  assert.equal(failure.param, 'line_items')
})

test('Events are found by their types; an endpoint that is disabled hears nothing.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  const { id } = await stripe.customers.create()
  await stripe.customers.update(id, { name: 'A' })
  await stripe.customers.del(id)
  const some = await stripe.events.list({ types: ['customer.deleted', 'customer.created'], limit: 1 })
  assert.deepEqual([some.data[0]?.type, some.has_more], ['customer.deleted', true])
  const before = (await told()).length
  const [endpoint] = (await stripe.webhookEndpoints.list()).data
  await stripe.webhookEndpoints.update(endpoint?.id ?? '', { disabled: true })
  await stripe.customers.create()
  assert.equal((await told()).length, before)
})
