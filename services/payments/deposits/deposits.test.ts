import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { type AppError, refusal } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { selectOptionalOrder } from '../orders/orders.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { pursueRefund, refundOrder } from '../refunds/refund-order.ts'
import { selectOptionalRefund } from '../refunds/refunds.store.ts'
import { takeRefund } from '../refunds/take-refund.ts'
import { settlePayment } from '../stripe/settle-payment.ts'
import { createShop, type Shop } from '../testing.ts'
import { payFromWallet } from '../wallet/pay-from-wallet.ts'
import { releaseForgotten } from '../wallet/release-hold.ts'
import { openDeposit } from './open-deposit.ts'

/** Money for a wallet: how it comes, and how it goes back. */

let shop: Shop
before(async () => {
  shop = await createShop()
})
after(() => shop?.dispose())

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const asked: object[] = []
function someone(reserve: (wish: object) => Promise<unknown> = async () => ({ ok: true })): AskingCaller {
  const by = shop.caller()
  const reserveFromWallet = (wish: object) => {
    asked.push(wish)
    return reserve(wish)
  }
  Object.assign(by.others, { mint: { reserveFromWallet } })
  return by
}
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: AppError) => failure.data?.reason ?? failure.code ?? failure.message,
  )
const told = (name: string, key: string, value: string) =>
  shop.kit.db.infrastructure.rows<{ payload: Record<string, unknown> }>(
    sql`select payload from outbox where name = ${name} and payload ->> ${key} = ${value} order by occurred_at, id`,
  )

const paymentIdOf = async (orderId: string) =>
  (
    await shop.school.one<{ id: string }>(sql`
    select id from payments where organization_id = ${shop.organizationId} and order_id = ${orderId}`)
  ).id

async function paidDeposit(by: AskingCaller, amountMinor = 10_000) {
  const tools = shop.paying()
  const { id } = await openDeposit(tools, by, zar(amountMinor))
  await settleOrder(tools, shop.organizationId, id)
  return { id, tools }
}

test('A deposit is told once it is paid, once, and makes no invoice and opens no course.', async () => {
  const by = someone()
  const { id, tools } = await paidDeposit(by)
  await settleOrder(tools, shop.organizationId, id)
  const [paid, ...more] = await told('deposit.paid', 'orderId', id)
  assert.deepEqual([paid?.payload.amount, paid?.payload.userId, more], [zar(10_000), by.actor.userId, []])
  for (const name of ['payment.processed', 'course.purchased'])
    assert.deepEqual(await told(name, 'orderId', id), [])
  const order = await selectOptionalOrder(shop.school, id)
  assert.deepEqual([order?.status, order?.items, order?.documents], ['paid', [], []])
})

test('Two deposits of one person are two, and a deposit is not paid from the wallet.', async () => {
  const by = someone()
  const first = await openDeposit(shop.paying(), by, zar(100))
  const second = await openDeposit(shop.paying(), by, zar(100))
  assert.notEqual(first.id, second.id)
  assert.equal(await reasonOf(payFromWallet(shop.paying(), by, first.id)), 'not_found')
})

test('A currency in which the school does not sell is refused by its field.', async () => {
  const refused = openDeposit(shop.paying(), someone(), { amountMinor: 100, currency: 'USD' })
  assert.equal(await reasonOf(refused), 'invalid_input')
})

test('A deposit that goes back is held in its owner’s wallet first, under the id of the refund.', async () => {
  const by = someone()
  const { id, tools } = await paidDeposit(by)
  asked.length = 0
  const officer = someone()
  const order = await refundOrder(tools, officer, {
    orderId: id,
    reason: 'other',
    note: '',
    amount: zar(4_000),
  })
  const [refund] = order.refunds
  assert.deepEqual(asked, [
    {
      reservationId: refund?.id,
      userId: by.actor.userId,
      amount: zar(4_000),
      sandbox: false,
      purpose: 'deposit_refund',
    },
  ])
  const [gone] = await told('deposit.refunded', 'orderId', id)
  assert.deepEqual([gone?.payload.refundId, gone?.payload.amount], [refund?.id, zar(4_000)])
  assert.deepEqual(await told('refund.processed', 'orderId', id), [])
  assert.deepEqual(await told('wallet.released', 'reservationId', refund?.id ?? ''), [])
})

test('Where the wallet has too little, or less is left, nothing goes back and nothing stays held.', async () => {
  const { id, tools } = await paidDeposit(someone())
  const poor = someone(async () => {
    throw refusal('wallet_too_little')
  })
  const wish = { orderId: id, reason: 'other', note: '' }
  assert.equal(await reasonOf(refundOrder(tools, poor, wish)), 'wallet_too_little')
  assert.equal(
    await reasonOf(refundOrder(tools, someone(), { ...wish, amount: zar(10_001) })),
    'refund_too_large',
  )
  const { state } = await shop.school.one<{ state: string }>(sql`
    select string_agg(distinct state, ',') as state from wallet_holds
    where organization_id = ${shop.organizationId} and order_id = ${id}`)
  assert.equal(state, 'released')
  assert.equal((await selectOptionalOrder(shop.school, id))?.refundedMinor, 0)
})

test('A refund that Stripe refuses gives back what was held for it.', async () => {
  const { id } = await paidDeposit(someone())
  const refunds = {
    list: () => (async function* () {})(),
    create: () => Promise.reject(Object.assign(new Error('no'), { type: 'StripeInvalidRequestError' })),
  }
  const tools = {
    ...(shop.paying() as object),
    stripe: { sandbox: false, open: async () => ({ refunds }) },
  } as never
  const order = await refundOrder(tools, someone(), { orderId: id, reason: 'other', note: '' })
  const [refund] = order.refunds
  assert.equal(refund?.status, 'failed')
  for (let times = 0; times < 2; times++) await pursueRefund(tools, shop.organizationId, refund?.id ?? '')
  assert.equal((await told('wallet.released', 'reservationId', refund?.id ?? '')).length, 1)
})

test('What was held for a refund that never came to be is let go by the sweep.', async () => {
  const { id, tools } = await paidDeposit(someone())
  const never = new Promise(() => {})
  void refundOrder(
    tools,
    someone(() => never),
    { orderId: id, reason: 'other', note: '' },
  )
  const heldOf = () =>
    shop.school.optional<{ id: string }>(sql`
      select id from wallet_holds where organization_id = ${shop.organizationId} and order_id = ${id}`)
  let held = await heldOf()
  while (!held) held = await heldOf()
  await shop.school.run(sql`
    update wallet_holds set started_at = now() - interval '1 hour'
    where organization_id = ${shop.organizationId} and id = ${held.id}`)
  await releaseForgotten(shop.kit.db)
  assert.equal((await told('wallet.released', 'reservationId', held.id)).length, 1)
})

test('A refund that came back from the bank weeks later is told as one that is in the wallet again.', async () => {
  const { id, tools } = await paidDeposit(someone())
  const order = await refundOrder(tools, someone(), { orderId: id, reason: 'other', note: '' })
  const [refund] = order.refunds
  assert.deepEqual([order.status, refund?.status], ['refunded', 'succeeded'])
  const kept = await selectOptionalRefund(shop.school, refund?.id ?? '')
  assert.ok(kept)
  for (let times = 0; times < 2; times++)
    await shop.school.transaction(tx => takeRefund(tx, kept, { status: 'failed', stripeRefundId: 're_1' }))
  const [released, ...more] = await told('wallet.released', 'reservationId', kept.id)
  assert.deepEqual([released?.payload.returned, more], [true, []])
  assert.equal((await selectOptionalOrder(shop.school, id))?.status, 'paid')
})

test('A refund of a deposit whose hold came to nothing can be tried again under its key, and is made once.', async () => {
  const { id, tools } = await paidDeposit(someone())
  const wish = { orderId: id, reason: 'other', note: '' }
  const officer = shop.caller()
  const by = (reserve: () => Promise<unknown>) => {
    Object.assign(officer.others, { mint: { reserveFromWallet: reserve } })
    return officer
  }
  const refused = async () => Promise.reject(refusal('wallet_too_little'))
  assert.equal(await reasonOf(refundOrder(tools, by(refused), wish, 'key-1')), 'wallet_too_little')
  const held = async () => ({ ok: true })
  const first = await refundOrder(tools, by(held), wish, 'key-1')
  const again = await refundOrder(tools, by(held), wish, 'key-1')
  assert.deepEqual([first.status, again.refunds.length], ['refunded', 1])
})

test('Stripe finds a refund of a deposit that failed later, and the wallet is told.', async () => {
  const { id, tools } = await paidDeposit(someone())
  const { refunds } = await refundOrder(tools, someone(), { orderId: id, reason: 'other', note: '' })
  const [refund] = refunds
  const laterTold = { id: 're_later', status: 'failed', metadata: { azora_refund: refund?.id } }
  const unknown = { id: 're_elsewhere', status: 'succeeded', amount: 100, currency: 'zar', metadata: {} }
  const list = (objects: object[]) => () => ({ autoPagingToArray: async () => objects })
  const stripe = { refunds: { list: list([laterTold, unknown]) }, disputes: { list: list([]) } }
  const later = { ...(tools as object), stripe: { sandbox: false, open: async () => stripe } } as never
  for (let times = 0; times < 2; times++) await settlePayment(later, shop.organizationId, id)
  const [released, ...more] = await told('wallet.released', 'reservationId', refund?.id ?? '')
  assert.deepEqual([released?.payload.returned, more], [true, []])
  const order = await selectOptionalOrder(shop.school, id)
  assert.deepEqual([order?.status, order?.refunds.length], ['paid', 2])
  // What was given back at Stripe itself leaves the wallet as far as it may.
  const [taken, ...again] = await told('deposit.taken_back', 'paymentId', await paymentIdOf(id))
  assert.deepEqual([taken?.payload.amount, again], [zar(100), []])
})
