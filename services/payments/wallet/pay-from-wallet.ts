import type { AskingCaller } from '@azora/kit/caller.ts'
import { leaveProcess } from '@azora/kit/context.ts'
import type { Queryable, ScopedDatabase } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { isDeposit } from '../deposits/deposit-order.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { lockOptionalOrder, type Order, selectOptionalOrder } from '../orders/orders.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { takeAsPaid } from '../orders/take-as-paid.ts'
import { askStripe } from '../stripe/stripe-door.ts'
import { endHold, startPurchase } from './holds.store.ts'
import { releaseHold } from './release-hold.ts'

/**
 * Pay an open order of one's own from one's wallet. The order is marked first, so that no page is opened on which it
 * could be paid as well; mint holds the amount; a page that is open is closed at Stripe; then the order is taken. Of two
 * tabs both go the same way under one hold, and the first to hold the order takes it. What a crash leaves is let go by
 * the sweep, and one who comes after the sweep takes nothing.
 *
 * @returns the order as it stands: paid, or where it had ended before, as it did.
 * @throws AppError `not_found`; `conflict` (`wallet_too_little`, `wallet_payment_ended`, `payment_under_way`);
 * `unavailable`, after which nothing is held for long.
 */
export async function payFromWallet(tools: OrderTools, by: AskingCaller, orderId: string): Promise<Order> {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  const seen = await orderOf(school, orderId)
  if (seen.buyerId !== userId || isDeposit(seen)) throw new AppError('not_found')
  // The sandbox's money buys in the sandbox alone, and an order of Stripe waits until Stripe is back.
  if (seen.status === 'open' && seen.sandbox !== tools.stripe.sandbox) throw new AppError('conflict')
  const holdId = await mark(school, orderId)
  if (holdId === null) return orderOf(school, orderId)
  const hold = { id: holdId, orderId }
  try {
    await by.others.mint.reserveFromWallet({
      reservationId: holdId,
      userId,
      amount: { amountMinor: seen.totalMinor, currency: seen.currency },
      sandbox: seen.sandbox,
      purpose: 'purchase',
      description: seen.items
        .map(({ title }) => title)
        .join(', ')
        .slice(0, 200),
    })
    if (!(await closePage(tools, await orderOf(school, orderId)))) {
      await school.transaction(tx => releaseHold(tx, hold))
      const settled = await settleOrder(tools, organizationId, orderId)
      if (settled.status !== 'open') return settled
      throw refusal('payment_under_way')
    }
  } catch (failure) {
    await school.transaction(tx => releaseHold(tx, hold))
    throw failure
  }
  await school.transaction(async tx => {
    const held = await lockOptionalOrder(tx, orderId)
    const order = await orderOf(tx, orderId)
    if (held?.status !== 'open' || held.walletHoldId !== holdId) return
    await endHold(tx, { ...hold, state: 'taken' })
    const processedAt = new Date().toISOString()
    await takeAsPaid(tx, order, { wallet: { holdId }, processedAt, feeMinor: null }, tools)
    tx.afterCommit(tools.onPaid)
  })
  const order = await orderOf(school, orderId)
  if (order.status !== 'open') return order
  // The sweep was faster than this request, which took minutes.
  throw refusal('wallet_payment_stopped')
}

async function orderOf(db: Queryable, orderId: string): Promise<Order> {
  const order = await selectOptionalOrder(db, orderId)
  if (!order) throw new AppError('not_found')
  return order
}

/** @returns the hold under which it is paid; null where it is open no more. */
const mark = (school: ScopedDatabase, orderId: string): Promise<string | null> =>
  school.transaction(async tx => {
    const held = await lockOptionalOrder(tx, orderId)
    return held?.status === 'open' ? startPurchase(tx, { id: uuidv7(), orderId }) : null
  })

/** @returns whether the order can be paid at Stripe no more; false where it was, or is just being, paid there. */
async function closePage(tools: OrderTools, { stripeSessionId }: Order): Promise<boolean> {
  if (stripeSessionId === null) return true
  await leaveProcess('Closing a checkout')
  const stripe = await tools.stripe.open()
  // Refused where it was paid or has ended by itself, which is asked for next.
  await stripe.checkout.sessions.expire(stripeSessionId).catch(() => {})
  const session = await askStripe(() => stripe.checkout.sessions.retrieve(stripeSessionId))
  return session.status === 'expired'
}
