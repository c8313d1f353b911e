import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, openTestSandbox, payment } from './testing.ts'

/** 3-D Secure, when the owner of the card is there and when they are not. */

const answer = (url: string, given: 'agree' | 'refuse') =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ answer: given }) })

test('A payment waits for its owner, then is charged, and its owner is sent back.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  const waiting = await stripe.paymentIntents.create(
    payment({
      payment_method: 'pm_card_authenticationRequired',
      return_url: 'https://school.example/back?x=1',
    }),
  )
  assert.deepEqual([waiting.status, waiting.latest_charge], ['requires_action', null])
  const asks = waiting.next_action?.redirect_to_url?.url ?? ''
  const back = new URL((await answer(asks, 'agree')).headers.get('location') ?? '')
  assert.equal(`${back.origin}${back.pathname}`, 'https://school.example/back')
  const { x, payment_intent, payment_intent_client_secret, redirect_status } = Object.fromEntries(
    back.searchParams,
  )
  assert.deepEqual(
    [x, payment_intent, payment_intent_client_secret, redirect_status],
    ['1', waiting.id, waiting.client_secret, 'succeeded'],
  )
  assert.equal((await stripe.paymentIntents.retrieve(waiting.id)).status, 'succeeded')
  assert.ok((await told()).includes('payment_intent.requires_action'))
})

test('Without an address to come back to, the page is named for a script, and says that it can be closed.', async t => {
  const { stripe } = await openTestSandbox(t)
  const waiting = await stripe.paymentIntents.create(
    payment({ payment_method: 'pm_card_threeDSecure2Required' }),
  )
  assert.ok(waiting.next_action)
  assert.equal(waiting.next_action.type, 'use_stripe_sdk')
  const { stripe_js: url } = waiting.next_action.use_stripe_sdk as { stripe_js: string }
  assert.match(await (await answer(url, 'agree')).text(), /You can close this page/)
})

test('Refusing, and a card that has no funds after it was confirmed, both ask for another card.', async t => {
  const { stripe } = await openTestSandbox(t)
  for (const [card, given, code, charges] of [
    ['pm_card_authenticationRequired', 'refuse', 'payment_intent_authentication_failure', 0],
    ['pm_card_authenticationRequiredChargeDeclinedInsufficientFunds', 'agree', 'card_declined', 1],
    ['pm_card_threeDSecureRequiredChargeDeclined', 'agree', 'card_declined', 1],
  ] as const) {
    const waiting = await stripe.paymentIntents.create(
      payment({ payment_method: card, return_url: 'https://school.example/back' }),
    )
    const sent = await answer(waiting.next_action?.redirect_to_url?.url ?? '', given)
    assert.match(sent.headers.get('location') ?? '', /redirect_status=failed/)
    const failed = await stripe.paymentIntents.retrieve(waiting.id)
    assert.deepEqual([failed.status, failed.last_payment_error?.code], ['requires_payment_method', code])
    assert.equal((await stripe.charges.list({ payment_intent: waiting.id })).data.length, charges)
  }
})

test('A payment that waits can be cancelled; its page is then over.', async t => {
  const { stripe } = await openTestSandbox(t)
  const waiting = await stripe.paymentIntents.create(
    payment({ payment_method: 'pm_card_authenticationRequired', return_url: 'https://school.example/back' }),
  )
  await stripe.paymentIntents.cancel(waiting.id)
  assert.equal((await answer(waiting.next_action?.redirect_to_url?.url ?? '', 'agree')).status, 410)
  assert.deepEqual((await stripe.charges.list()).data, [])
})

test('Without its owner a card pays only as far as it was set up for that.', async t => {
  const { stripe } = await openTestSandbox(t)
  const { id: customer } = await stripe.customers.create()
  const alone = (payment_method: string) =>
    stripe.paymentIntents.create(payment({ customer, payment_method, off_session: true }))
  const attached = async (name: string) => (await stripe.paymentMethods.attach(name, { customer })).id

  const never = await failureOf(alone(await attached('pm_card_authenticationRequired')))
  assert.deepEqual([never.code, never.decline_code], ['authentication_required', 'authentication_required'])
  assert.equal(
    (await alone(await attached('pm_card_authenticationRequiredSetupForOffSession'))).status,
    'succeeded',
  )

  const notYet = await attached('pm_card_authenticationRequiredOnSetup')
  assert.equal((await failureOf(alone(notYet))).code, 'authentication_required')
  const setup = await stripe.setupIntents.create({
    customer,
    payment_method: notYet,
    confirm: true,
    return_url: 'https://school.example/back',
  })
  assert.equal(setup.status, 'requires_action')
  const sent = await answer(setup.next_action?.redirect_to_url?.url ?? '', 'agree')
  assert.match(sent.headers.get('location') ?? '', /setup_intent=seti_.*redirect_status=succeeded/)
  assert.equal((await alone(notYet)).status, 'succeeded')
})

test('A card is set up at once where its bank does not ask; a refused one is not kept.', async t => {
  const { stripe, told } = await openTestSandbox(t)
  const { id: customer } = await stripe.customers.create()
  const setUp = (payment_method: string) =>
    stripe.setupIntents.create({
      customer,
      payment_method,
      confirm: true,
      allowed_payment_method_types: ['card'],
    })
  const done = await setUp('pm_card_visa')
  assert.equal(done.status, 'succeeded')
  assert.equal((await failureOf(setUp('pm_card_chargeDeclinedExpiredCard'))).code, 'expired_card')
  const kept = await stripe.customers.listPaymentMethods(customer)
  assert.deepEqual(
    kept.data.map(({ id }) => id),
    [done.payment_method],
  )
  const gone = await stripe.setupIntents.create({ customer })
  assert.equal((await stripe.setupIntents.cancel(gone.id)).status, 'canceled')
  assert.equal((await failureOf(stripe.setupIntents.confirm(gone.id))).code, 'setup_intent_unexpected_state')
  assert.equal((await failureOf(stripe.setupIntents.cancel(done.id))).code, 'setup_intent_unexpected_state')
  assert.ok((await told()).includes('setup_intent.setup_failed'))
})

test('A payment may ask not to wait for anyone.', async t => {
  const { stripe } = await openTestSandbox(t)
  const failure = await failureOf(
    stripe.paymentIntents.create(
      payment({ payment_method: 'pm_card_authenticationRequired', error_on_requires_action: true }),
    ),
  )
  assert.equal(failure.code, 'authentication_required')
})
