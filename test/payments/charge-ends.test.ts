import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { overlapped } from '@azora/kit/testing.ts'
import { customerOf } from '@azora/service-payments/cards/customer.ts'
import type { OrderTools } from '@azora/service-payments/orders/order-tools.ts'
import { paymentsPersonalData } from '@azora/service-payments/privacy/personal-data.ts'
import { saveSettings } from '@azora/service-payments/settings/settings.ts'
import { selectOpenBills } from '@azora/service-payments/subscriptions/bills.store.ts'
import {
  changeSubscription,
  previewChange,
} from '@azora/service-payments/subscriptions/change-subscription.ts'
import {
  selectOptionalCharge,
  selectOptionalOpenCharge,
  updatePage,
} from '@azora/service-payments/subscriptions/charges.store.ts'
import { openPayPage } from '@azora/service-payments/subscriptions/pay-page.ts'
import { settleCharge } from '@azora/service-payments/subscriptions/settle-charge.ts'
import { on, openPlanShop } from './subscriber.ts'

/** A try to be paid that comes to nothing ends, so that another one can begin and the grace runs. */

let shop: Awaited<ReturnType<typeof openPlanShop>>
before(async () => {
  shop = await openPlanShop()
})
after(() => shop.dispose())
beforeEach(() => {
  shop.shop.faults = {}
})

const refusedAs = (reason: string) => (failure: AppError) => failure.data?.reason === reason

/** The same, where Stripe does something else when it is opened. */
const opening = (open: OrderTools['stripe']['open']): OrderTools => ({
  ...shop.tools,
  stripe: { ...shop.tools.stripe, open },
})

const page = (id: string, tools = shop.tools) =>
  openPayPage(tools, shop.organizationId, id, '/account/subscription')

/** Somebody whose bank asks them each time, with a payment that is missing since February. */
async function unpaid() {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'), 'asksAlways')
  await shop.pass('2027-02-10')
  const { id } = await shop.state(by)
  return { by, id }
}

/** What each bill asked for, what it left to the next, and whether its invoice is paid. */
async function carriedOf(by: AskingCaller) {
  const { id } = await shop.state(by)
  return shop.school.rows<{ dueMinor: number; carriedMinor: number; settled: boolean }>(sql`
    select b.due_minor, b.carried_minor, exists (select from invoice_settlements i
      where i.organization_id = b.organization_id and i.invoice_id = b.invoice_id) as settled
    from subscription_bills b
    where b.organization_id = ${shop.organizationId} and b.subscription_id = ${id} order by b.position`)
}

async function openCharge(subscriptionId: string) {
  const [bill] = await selectOpenBills(shop.school, subscriptionId)
  return bill ? selectOptionalOpenCharge(shop.school, bill.id) : null
}

/** When a page that was never made is given up. */
const late = () => new Date(Date.now() + 30 * 60_000)

test('What is no multiple of the step in which a currency is charged is paid with the next bill, to the fils.', async () => {
  await saveSettings(shop.kit.db, shop.caller(), { currencies: ['ZAR', 'KWD'] })
  const [plan, dearer] = await Promise.all(
    [10_000, 20_000].map(price => shop.plan(price, { currency: 'KWD' })),
  )
  assert.ok(plan && dearer)
  const by = await shop.subscribed(plan, on('2027-01-01'))
  const wish = { action: 'change_plan', when: 'now', planId: dearer.id, version: dearer.version } as const
  const { quote } = await previewChange(shop.tools, by.actor, wish, on('2027-01-10'))
  assert.equal(quote.due.amountMinor % 10, 4, 'the dinar is charged in steps of ten')
  await changeSubscription(shop.tools, by.actor, { ...wish, quote }, on('2027-01-10'))
  await shop.pass('2027-01-10')
  assert.equal((await shop.state(by)).state.status, 'active')
  const due = quote.due.amountMinor
  assert.equal(await shop.taken(by), 10_000 + due - 4)
  await shop.pass('2027-02-01')
  assert.equal(await shop.taken(by), 10_000 + due - 4 + 20_000, 'four fils are no step either')
  assert.deepEqual(
    (await carriedOf(by)).map(({ dueMinor, carriedMinor }) => [dueMinor, carriedMinor]),
    [
      [10_000, 0],
      [due - 4, 4],
      [20_000, 4],
    ],
  )
})

test('Who is erased between a charge and its writing down has paid: it is found without them, and written down once.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'))
  const { id } = await shop.state(by)
  const dies = opening(async () => {
    const api = await shop.tools.stripe.open()
    const create: typeof api.paymentIntents.create = async (...asked: never[]) => {
      await (api.paymentIntents.create as (...of: never[]) => Promise<unknown>)(...asked)
      throw new Error('The process died.')
    }
    return { ...api, paymentIntents: { create, list: () => [], retrieve: () => assert.fail() } } as never
  })
  await assert.rejects(shop.pass('2027-02-10', dies))
  const charge = (await openCharge(id)) ?? assert.fail()
  assert.ok(charge.askedAt)
  await shop.school.transaction(tx => paymentsPersonalData.erase(tx, by.actor.userId))
  for (let round = 0; round < 2; round++) await settleCharge(shop.tools, shop.organizationId, charge.id)
  assert.equal((await selectOptionalCharge(shop.school, charge.id))?.status, 'succeeded')
  const paid = await shop.kit.db.across.rows<{ userId: string | null; paid: number }>(sql`
    select payload->>'userId' as user_id, (payload->'paid'->>'amountMinor')::int as paid from outbox
    where name = 'subscription.invoice_paid' and payload->>'subscriptionId' = ${id} order by id`)
  assert.deepEqual(paid, [
    { userId: by.actor.userId, paid: 10_000 },
    { userId: null, paid: 10_000 },
  ])
})

test('What is too little for Stripe alone is paid with the next bill, and nothing is missing meanwhile.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'))
  const tooSmall = { type: 'StripeInvalidRequestError', code: 'amount_too_small' }
  const create = () => Promise.reject(Object.assign(new Error('Too small.'), tooSmall))
  const tools = opening(async () => {
    const api = await shop.tools.stripe.open()
    return { ...api, paymentIntents: { create } } as never
  })
  await shop.pass('2027-02-10', tools)
  assert.equal((await shop.state(by)).state.status, 'active')
  const last = (await shop.charges(by)).at(-1)
  assert.deepEqual([last?.status, last?.declineCode], ['failed', 'amount_too_small'])
  await assert.rejects(page((await shop.state(by)).id), refusedAs('nothing_to_pay'))
  const left = await carriedOf(by)
  assert.deepEqual(
    left.map(({ dueMinor, carriedMinor, settled }) => [dueMinor, carriedMinor, settled]),
    [
      [10_000, 0, true],
      [0, 10_000, false],
    ],
    'its invoice is not paid yet',
  )
  await shop.pass('2027-03-10')
  await shop.pass('2027-03-10')
  assert.equal(await shop.taken(by), 30_000)
  assert.deepEqual(
    (await carriedOf(by)).map(({ dueMinor, carriedMinor, settled }) => [dueMinor, carriedMinor, settled]),
    [
      [10_000, 0, true],
      [0, 10_000, true],
      [20_000, 0, true],
    ],
  )
  const told = await shop.kit.db.across.rows<{ paid: number; carried: number | null }>(sql`
    select (payload->'paid'->>'amountMinor')::int as paid, (payload->'carried'->>'amountMinor')::int as carried
    from outbox where name = 'subscription.invoice_paid' and payload->>'userId' = ${by.actor.userId} order by id`)
  assert.deepEqual(told, [
    { paid: 10_000, carried: null },
    { paid: 0, carried: 10_000 },
    { paid: 20_000, carried: -10_000 },
  ])
})

test('A page whose delayed payment failed ends, and one that is still on its way does not.', async () => {
  const { id } = await unpaid()
  const first = await page(id)
  const told = (status: string) =>
    opening(async () => {
      const session = { status: 'complete', payment_status: 'unpaid', payment_intent: { status } }
      return { checkout: { sessions: { retrieve: async () => session } } } as never
    })
  const statusAfter = async (status: string, chargeId: string) => {
    await settleCharge(told(status), shop.organizationId, chargeId)
    return (await selectOptionalCharge(shop.school, chargeId))?.status
  }
  assert.equal(await statusAfter('processing', first.id), 'open')
  assert.equal(await statusAfter('requires_payment_method', first.id), 'expired')
  const second = await page(id)
  assert.notEqual(second.id, first.id)
  assert.equal(await statusAfter('canceled', second.id), 'expired')
})

test('Of a try that ends while its page is made no page is given, and nobody can pay on it.', async () => {
  const { by, id } = await unpaid()
  let ended = false
  const tools = opening(async () => {
    const charge = await openCharge(id)
    if (charge && !ended) {
      ended = true
      await settleCharge(shop.tools, shop.organizationId, charge.id, late())
    }
    return shop.tools.stripe.open()
  })
  await assert.rejects(page(id, tools), refusedAs('charge_under_way'))
  assert.equal(await openCharge(id), null)
  const api = await shop.tools.stripe.open()
  const customer = await customerOf(shop.tools, shop.organizationId, by.actor.userId)
  const { data } = await api.checkout.sessions.list({ customer })
  assert.deepEqual(data.map(({ status }) => status).sort(), ['complete', 'expired'])
  assert.equal((await page(id)).status, 'open')
})

test('A try whose page is made while it is looked at as having none does not end.', async () => {
  const { id } = await unpaid()
  shop.shop.faults = {
    request: ({ method, path }) =>
      method === 'POST' && path === '/v1/checkout/sessions' ? 'fail_before' : null,
  }
  await assert.rejects(page(id), refusedAs('processor_away'))
  const { id: chargeId } = (await openCharge(id)) ?? assert.fail()
  const url = 'https://pay.example/'
  await overlapped(
    shop.kit.db,
    shop.organizationId,
    tx => updatePage(tx, chargeId, { sessionId: `cs_${chargeId}`, url }),
    () => settleCharge(shop.tools, shop.organizationId, chargeId, late()),
  )
  const kept = await selectOptionalCharge(shop.school, chargeId)
  assert.deepEqual([kept?.status, kept?.checkoutUrl], ['open', url])
})
