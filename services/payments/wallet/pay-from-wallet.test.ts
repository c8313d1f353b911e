import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { type AppError, refusal } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { overlapped } from '@azora/kit/testing.ts'
import { withSession } from '../orders/checkout-session.ts'
import { openCheckout } from '../orders/open-checkout.ts'
import { lockOptionalOrder, selectOptionalOrder } from '../orders/orders.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { refundOrder } from '../refunds/refund-order.ts'
import { createShop, type Shop } from '../testing.ts'
import { payFromWallet } from './pay-from-wallet.ts'
import { releaseForgotten } from './release-hold.ts'

/** Paying from a wallet, with a mint that is told what to answer, and a line to it that breaks anywhere. */

let shop: Shop
before(async () => {
  shop = await createShop()
})
after(() => shop?.dispose())

const price = { amountMinor: 45_000, currency: 'ZAR' }
type Mint = (wish: { reservationId: string }) => Promise<unknown>
const holds: Mint = async () => ({ ok: true })

function buyer(mint: Mint = holds): AskingCaller {
  const by = shop.caller()
  Object.assign(by.others, { mint: { reserveFromWallet: mint } })
  return by
}

/** Stripe, where the session stands as it is said, also when it is asked to be closed. */
function stripeWith(session: () => object) {
  const expire = async () => {}
  const sessions = {
    create: async () => ({ id: `cs_${randomUUID()}`, url: 'https://pay.example/' }),
    expire,
    retrieve: async () => session(),
  }
  const stripe = { sandbox: false, open: async () => ({ checkout: { sessions } }) }
  return { db: shop.kit.db, stripe, publicUrl: 'https://school.example', onPaid() {} } as never
}
const closed = () => ({ status: 'expired', payment_status: 'unpaid' })
const paidAtStripe = () => ({
  status: 'complete',
  payment_status: 'paid',
  amount_total: price.amountMinor,
  currency: 'zar',
  created: 1_800_000_000,
  payment_intent: { id: `pi_${randomUUID()}`, latest_charge: null },
})

async function ordered(by: AskingCaller, tools = stripeWith(closed), from: 'card' | 'wallet' = 'card') {
  const courseId = await shop.sell(price)
  const { id } = await openCheckout(tools, by, { courseId, price, from })
  return id
}
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: AppError) => failure.data?.reason ?? failure.code ?? failure.message,
  )
/** What was told about an order, in its order. */
async function toldOf(orderId: string): Promise<string[]> {
  const rows = await shop.kit.db.infrastructure.rows<{ name: string }>(sql`
    select name from outbox where payload ->> 'orderId' = ${orderId}
      or (name = 'wallet.released' and payload ->> 'reservationId' in (
        select h.id::text from wallet_holds h where h.order_id = ${orderId})) order by occurred_at, id`)
  return rows.map(({ name }) => name).filter(name => /^(payment|wallet|refund|course)/.test(name))
}
const statusOf = async (orderId: string) => (await selectOptionalOrder(shop.school, orderId))?.status
const sweepLater = async () => {
  await shop.school.run(sql`
    update wallet_holds set started_at = now() - interval '1 hour'
    where organization_id = ${shop.organizationId} and state = 'started'`)
  await releaseForgotten(shop.kit.db)
}

test('An order is paid from the wallet once, however often it is asked for, with an invoice that says so.', async () => {
  const by = buyer()
  const id = await ordered(by)
  const tools = stripeWith(closed)
  const tabs = await Promise.all([payFromWallet(tools, by, id), payFromWallet(tools, by, id)])
  assert.deepEqual(
    tabs.map(({ status }) => status),
    ['paid', 'paid'],
  )
  await payFromWallet(tools, by, id)
  assert.deepEqual(await toldOf(id), ['payment.processed', 'course.purchased'])
  const { payload } = await shop.kit.db.infrastructure.one<{ payload: { wallet: object; fee: null } }>(sql`
    select payload from outbox where name = 'payment.processed' and payload ->> 'orderId' = ${id}`)
  assert.ok(payload.wallet)
  const order = await selectOptionalOrder(shop.school, id)
  assert.equal(order?.documents.length, 1)
})

test('Where the order is going to be paid from the wallet, no page is opened for it.', async () => {
  const by = buyer()
  const id = await ordered(by, stripeWith(closed), 'wallet')
  assert.equal((await selectOptionalOrder(shop.school, id))?.checkoutUrl, null)
  assert.equal((await payFromWallet(stripeWith(closed), by, id)).status, 'paid')
})

test('A wallet with too little pays nothing, and the order stays as open as it was.', async () => {
  const by = buyer(async () => {
    throw refusal('wallet_too_little')
  })
  const id = await ordered(by)
  assert.equal(await reasonOf(payFromWallet(stripeWith(closed), by, id)), 'wallet_too_little')
  const order = await selectOptionalOrder(shop.school, id)
  assert.deepEqual([order?.status, order?.checkoutUrl], ['open', 'https://pay.example/'])
  assert.deepEqual(await toldOf(id), ['wallet.released'])
})

test('An order that was just paid at Stripe is not paid from the wallet as well.', async () => {
  const by = buyer()
  const id = await ordered(by)
  assert.equal((await payFromWallet(stripeWith(paidAtStripe), by, id)).status, 'paid')
  assert.deepEqual(await toldOf(id), ['wallet.released', 'payment.processed', 'course.purchased'])
})

test('A payment that is under way at Stripe is left alone, and what was held is let go.', async () => {
  const by = buyer()
  const id = await ordered(by)
  const waiting = () => ({
    status: 'complete',
    payment_status: 'unpaid',
    payment_intent: { status: 'processing' },
  })
  assert.equal(await reasonOf(payFromWallet(stripeWith(waiting), by, id)), 'payment_under_way')
  assert.equal(await statusOf(id), 'open')
  assert.deepEqual(await toldOf(id), ['wallet.released'])
})

test('A payment at Stripe that comes in while the wallet pays is taken by one of the two, whichever is first.', async () => {
  const { kit, organizationId } = shop
  const by = buyer()
  const first = await ordered(by)
  // Stripe says paid to those who settle, and closed to those who close: both are under way at once.
  await Promise.all([
    settleOrder(stripeWith(paidAtStripe), organizationId, first),
    reasonOf(payFromWallet(stripeWith(closed), by, first)),
  ])
  assert.equal((await toldOf(first)).filter(name => name === 'payment.processed').length, 1)
  const second = await ordered(by)
  await overlapped(
    kit.db,
    organizationId,
    tx => lockOptionalOrder(tx, second),
    () =>
      Promise.all([
        reasonOf(payFromWallet(stripeWith(closed), by, second)),
        settleOrder(stripeWith(paidAtStripe), organizationId, second),
      ]),
  )
  assert.equal(await statusOf(second), 'paid')
  assert.equal((await toldOf(second)).filter(name => name === 'payment.processed').length, 1)
})

test('Its closed page does not end an order while it is paid from the wallet, nor is a page opened for it.', async () => {
  const { organizationId } = shop
  const tools = stripeWith(closed)
  let settled: string | undefined
  const by = buyer(async () => {
    settled = (await settleOrder(tools, organizationId, id)).status
  })
  const id = await ordered(by)
  assert.equal((await payFromWallet(tools, by, id)).status, 'paid')
  assert.equal(settled, 'open')
  let address: string | null | undefined
  const other = buyer(async () => {
    const order = await selectOptionalOrder(shop.school, unopened)
    if (order) address = (await withSession(tools, organizationId, order)).checkoutUrl
  })
  const unopened = await ordered(other, tools, 'wallet')
  assert.equal((await payFromWallet(tools, other, unopened)).status, 'paid')
  assert.equal(address, null)
})

test('Whatever breaks after the amount was asked for, it is let go and the buyer may try again.', async () => {
  const away = Object.assign(new Error('no line'), { type: 'StripeConnectionError' })
  for (const [mint, stripe, reason] of [
    [() => Promise.reject(new Error('no line to mint')), closed, 'no line to mint'],
    [
      holds,
      () => {
        throw away
      },
      'processor_away',
    ],
  ] as const) {
    const by = buyer(mint)
    const id = await ordered(by)
    assert.equal(await reasonOf(payFromWallet(stripeWith(stripe), by, id)), reason)
    assert.deepEqual(await toldOf(id), ['wallet.released'])
    Object.assign(by.others, { mint: { reserveFromWallet: holds } })
    assert.equal((await payFromWallet(stripeWith(closed), by, id)).status, 'paid')
  }
})

test('What a killed process left held is let go by the sweep, once, and who comes back late takes nothing.', async () => {
  const late = Promise.withResolvers<void>()
  const by = buyer(() => late.promise)
  const id = await ordered(by)
  const paying = reasonOf(payFromWallet(stripeWith(closed), by, id))
  // The request hangs between asking and taking; the sweep takes it for dead.
  while (
    (
      await shop.school.rows(
        sql`select id from wallet_holds where organization_id = ${shop.organizationId} and order_id = ${id}`,
      )
    ).length === 0
  )
    await new Promise(setImmediate)
  await Promise.all([sweepLater(), sweepLater()])
  assert.deepEqual(await toldOf(id), ['wallet.released'])
  late.resolve()
  assert.equal(await paying, 'wallet_payment_stopped')
  assert.equal(await statusOf(id), 'open')
  assert.deepEqual(await toldOf(id), ['wallet.released'])
  Object.assign(by.others, { mint: { reserveFromWallet: holds } })
  assert.equal((await payFromWallet(stripeWith(closed), by, id)).status, 'paid')
})

test('Another person’s order, and one of the sandbox where payments are real, are not paid.', async () => {
  const by = buyer()
  const id = await ordered(by)
  assert.equal(await reasonOf(payFromWallet(stripeWith(closed), buyer(), id)), 'not_found')
  await shop.school.run(
    sql`update orders set sandbox = true where organization_id = ${shop.organizationId} and id = ${id}`,
  )
  assert.equal(await reasonOf(payFromWallet(stripeWith(closed), by, id)), 'conflict')
  assert.deepEqual(await toldOf(id), [])
})

test('What was paid from a wallet goes back there at once, without Stripe, and no more than was paid.', async () => {
  const by = buyer()
  const id = await ordered(by)
  const tools = stripeWith(closed)
  await payFromWallet(tools, by, id)
  const wish = { orderId: id, reason: 'other', note: '' }
  const amount = { amountMinor: 20_000, currency: 'ZAR' }
  const part = await refundOrder(tools, by, { ...wish, amount })
  assert.deepEqual(
    part.refunds.map(({ status }) => status),
    ['succeeded'],
  )
  assert.equal(
    await reasonOf(refundOrder(tools, by, { ...wish, amount: { ...amount, amountMinor: 25_001 } })),
    'refund_too_large',
  )
  assert.equal((await refundOrder(tools, by, wish)).status, 'refunded')
  const told = await shop.kit.db.infrastructure.rows<{ to: boolean; of: number }>(sql`
    select (payload ->> 'toWallet')::boolean as to, (payload -> 'amount' ->> 'amountMinor')::int as of from outbox
    where name = 'refund.processed' and payload ->> 'orderId' = ${id} order by occurred_at, id`)
  assert.deepEqual(told, [
    { to: true, of: 20_000 },
    { to: true, of: 25_000 },
  ])
})
