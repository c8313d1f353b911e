import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Stripe } from 'stripe'
import { failureOf, openTestSandbox } from './testing.ts'

/** The checkout page as a browser without scripts uses it: forms are sent, redirects followed. */

const course = (
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  line_items: [
    {
      price_data: { currency: 'zar', unit_amount: 45_000, product_data: { name: 'Ethics & "law" <1>' } },
      quantity: 2,
    },
  ],
  success_url: 'https://school.example/paid?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://school.example/courses',
  metadata: { order: '7' },
  ...more,
})

const visa = {
  number: '4242 4242 4242 4242',
  expiry: '12 / 34',
  cvc: '123',
  name: 'Lindiwe',
  email: 'l@school.example',
}

type Form = Record<string, string>

async function open(url: string) {
  const answer = await fetch(url, { redirect: 'manual' })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

async function send(url: string, form: Form) {
  const answer = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) })
  return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() }
}

const tokenIn = (text: string) => /name="token" value="(\w+)"/.exec(text)?.[1] ?? ''

async function fill(url: string, form: Form) {
  return send(url, { token: tokenIn((await open(url)).text), ...form })
}

test('A session is paid on its page with a card, and leads back to the school.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  const session = await stripe.checkout.sessions.create(
    course({ payment_intent_data: { metadata: { order: '7' } } }),
  )
  assert.match(session.id, /^cs_test_\w{58}$/)
  assert.deepEqual([session.status, session.payment_status, session.amount_total], ['open', 'unpaid', 90_000])
  const page = await open(session.url ?? '')
  assert.equal(page.status, 200)
  assert.match(page.text, /Sandbox: no real money moves/)
  assert.match(page.text, /Ethics &amp; &quot;law&quot; &lt;1&gt; × 2/)
  assert.match(page.text, /ZAR\s?900\.00|R\s?900\.00/)
  assert.match(
    page.headers.get('content-security-policy') ?? '',
    /default-src 'none'.*form-action 'self' https:\/\/school\.example;/,
  )
  assert.doesNotMatch(page.text, /<script/)

  const paid = await fill(session.url ?? '', visa)
  assert.deepEqual([paid.status, paid.location], [303, `https://school.example/paid?session=${session.id}`])
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent.latest_charge', 'line_items'],
  })
  assert.deepEqual(
    [done.status, done.payment_status, done.url, done.customer],
    ['complete', 'paid', null, null],
  )
  assert.deepEqual(
    [done.customer_details?.email, done.line_items?.data[0]?.quantity],
    ['l@school.example', 2],
  )
  const intent = done.payment_intent as Stripe.PaymentIntent
  assert.deepEqual(
    [intent.status, intent.amount_received, { ...intent.metadata }],
    ['succeeded', 90_000, { order: '7' }],
  )
  assert.deepEqual(await told(), [
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
    'checkout.session.completed',
  ])
  const again = await open(session.url ?? '')
  assert.match(again.text, /This is done/)
  assert.equal((await send(session.url ?? '', visa)).status, 200)
  assert.equal((await stripe.charges.list()).data.length, 1)
})

test('What is wrong with the form is said beside the field, and nothing is charged; no other card than a test card is taken.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { url } = await stripe.checkout.sessions.create(course())
  const wrong: [Form, field: string][] = [
    [{ number: '4111 1111 1111 1111' }, 'number'],
    [{ number: '' }, 'number'],
    [{ expiry: '13 / 34' }, 'expiry'],
    [{ expiry: '12 / 26' }, 'expiry'],
    [{ cvc: '12' }, 'cvc'],
    [{ number: '378282246310005' }, 'cvc'],
    [{ email: 'nobody' }, 'email'],
    [{ name: '' }, 'name'],
  ]
  for (const [change, name] of wrong) {
    const { status, text } = await fill(url ?? '', { ...visa, ...change })
    assert.equal(status, 422, name)
    assert.match(
      text,
      new RegExp(`id="${name}"[^>]*aria-invalid="true" aria-describedby="${name}-error"`),
      name,
    )
    assert.match(text, new RegExp(`id="${name}-error"`))
    assert.doesNotMatch(text, /4111 1111|value="123"/, 'A card was shown again.')
  }
  assert.deepEqual((await stripe.paymentIntents.list()).data, [])
})

test('A declined card is said so on the page; another one pays the same payment.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  const session = await stripe.checkout.sessions.create(course())
  const declined = await fill(session.url ?? '', { ...visa, number: '4000000000009995' })
  assert.equal(declined.status, 422)
  assert.match(declined.text, /role="alert"><strong>Your card has insufficient funds\./)
  assert.match(declined.text, /value="Lindiwe"/)
  assert.equal((await fill(session.url ?? '', visa)).status, 303)
  const done = await stripe.checkout.sessions.retrieve(session.id)
  const charges = await stripe.charges.list({ payment_intent: String(done.payment_intent) })
  assert.deepEqual(
    charges.data.map(({ status }) => status),
    ['succeeded', 'failed'],
  )
  assert.equal((await told()).filter(type => type === 'payment_intent.created').length, 1)
})

test('The owner of the card is asked by 3-D Secure: agreeing pays, refusing leads back to the page.', async t => {
  const { stripe } = await openTestSandbox(t)
  const session = await stripe.checkout.sessions.create(course())
  const secured = { ...visa, number: '4000002760003184' }
  const asked = await fill(session.url ?? '', secured)
  assert.equal(asked.status, 303)
  assert.match(asked.location, /\/sandbox\/stripe\/3ds\/\w{40}$/)
  assert.match((await open(asked.location)).text, /R\s?900\.00|ZAR\s?900\.00/)
  const refused = await send(asked.location, { answer: 'refuse' })
  assert.deepEqual([refused.status, refused.location], [303, session.url])
  assert.match((await open(session.url ?? '')).text, /role="alert"/)
  assert.equal((await open(asked.location)).status, 410, 'It can be answered once.')

  const again = await fill(session.url ?? '', secured)
  const agreed = await send(again.location, { answer: 'agree' })
  assert.equal(agreed.location, `https://school.example/paid?session=${session.id}`)
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent.latest_charge'],
  })
  const charge = (done.payment_intent as Stripe.PaymentIntent).latest_charge as Stripe.Charge
  assert.equal(charge.payment_method_details?.card?.three_d_secure?.result, 'authenticated')
  assert.equal((await send(again.location, { answer: 'agree' })).status, 410)
})

test('Two who pay one session at once: one charge.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { url } = await stripe.checkout.sessions.create(course())
  const token = tokenIn((await open(url ?? '')).text)
  const both = await Promise.all([1, 2].map(() => send(url ?? '', { ...visa, token })))
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 303])
  assert.equal((await stripe.charges.list()).data.length, 1)
})

test('A form that was not sent from its own page pays nothing.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { url } = await stripe.checkout.sessions.create(course())
  const other = await stripe.checkout.sessions.create(course())
  const token = tokenIn((await open(other.url ?? '')).text)
  for (const given of [visa, { ...visa, token: 'x' }, { ...visa, token }]) {
    assert.match((await send(url ?? '', given)).text, /not sent from this page/)
  }
  assert.deepEqual((await stripe.charges.list()).data, [])
})

test('The payment of a session is made on its page alone, and is never of nothing.', async t => {
  const { stripe } = await openTestSandbox(t)
  const session = await stripe.checkout.sessions.create(course())
  await fill(session.url ?? '', { ...visa, number: '4000000000000002' })
  const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id)
  for (const work of [
    stripe.paymentIntents.confirm(String(payment_intent), { payment_method: 'pm_card_visa' }),
    stripe.paymentIntents.cancel(String(payment_intent)),
  ]) {
    assert.equal((await failureOf(work)).code, 'payment_intent_unexpected_state')
  }
  const price_data = { currency: 'zar', unit_amount: 0, product_data: { name: 'Nothing' } }
  const nothing = await failureOf(
    stripe.checkout.sessions.create(course({ line_items: [{ price_data, quantity: 1 }] })),
  )
  assert.equal(nothing.code, 'amount_too_small')
})

test('A payment that cannot be made says so, and charges nothing.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { id: customer } = await stripe.customers.create()
  const kept = { setup_future_usage: 'off_session' } as const
  const { url } = await stripe.checkout.sessions.create(course({ customer, payment_intent_data: kept }))
  await stripe.customers.del(customer)
  const answered = await fill(url ?? '', visa)
  assert.equal(answered.status, 400)
  assert.match(answered.text, /This is not possible/)
  assert.deepEqual((await stripe.charges.list()).data, [])
})

test('A session ends at its time or when it is told to; its page says so, and its payment is cancelled.', async t => {
  const { stripe, told, pass, clock } = await openTestSandbox(t)
  const expires_at = Math.floor(clock.ms / 1000) + 1800
  const session = await stripe.checkout.sessions.create(course({ expires_at }))
  await fill(session.url ?? '', { ...visa, number: '4000000000000002' })
  await pass(1799)
  assert.equal((await open(session.url ?? '')).status, 200)
  await pass(1)
  const gone = await open(session.url ?? '')
  assert.equal(gone.status, 410)
  assert.match(gone.text, /has expired.*https:\/\/school\.example\/courses/s)
  const expired = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
  assert.deepEqual(
    [expired.status, (expired.payment_intent as Stripe.PaymentIntent).status],
    ['expired', 'canceled'],
  )
  assert.ok((await told()).includes('checkout.session.expired'))

  const other = await stripe.checkout.sessions.create(course())
  assert.equal((await stripe.checkout.sessions.expire(other.id)).status, 'expired')
  assert.match((await failureOf(stripe.checkout.sessions.expire(other.id))).message, /status of expired/)
  assert.equal((await open(`${other.url}x`)).status, 404)
  const tooSoon = await failureOf(stripe.checkout.sessions.create(course({ expires_at: expires_at + 60 })))
  assert.equal(tooSoon.param, 'expires_at')
})

test('A card is left for later without paying, and then pays without its owner.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  const { id: customer } = await stripe.customers.create({ email: 'l@school.example' })
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'zar',
    customer,
    success_url: 'https://school.example/kept',
  })
  const page = await open(session.url ?? '')
  assert.match(page.text, /Nothing is charged now.*value="l@school\.example"/s)
  const asked = await fill(session.url ?? '', { ...visa, number: '4000002500003155' })
  assert.equal((await send(asked.location, { answer: 'agree' })).location, 'https://school.example/kept')
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] })
  assert.deepEqual([done.status, done.payment_status], ['complete', 'no_payment_required'])
  const kept = String((done.setup_intent as Stripe.SetupIntent).payment_method)
  const paid = await stripe.paymentIntents.create({
    amount: 100,
    currency: 'zar',
    customer,
    payment_method: kept,
    off_session: true,
    confirm: true,
    allowed_payment_method_types: ['card'],
  })
  assert.equal(paid.status, 'succeeded')
  assert.ok((await told()).includes('setup_intent.succeeded'))
})
