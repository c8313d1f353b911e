import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { endAccess, grantAccess } from '../access/access.ts'
import { isDeposit } from '../deposits/deposit-order.ts'
import { endDepositRefund } from '../deposits/refund-deposit.ts'
import { isGift } from '../gifts/gift-order.ts'
import { endGift, reopenGift } from '../gifts/gift-pool.ts'
import { creditRefund, takeBackCredit } from '../orders/invoice-order.ts'
import { lockOptionalOrder, type Order, selectOptionalOrder, updateStatus } from '../orders/orders.store.ts'
import { selectGone } from '../orders/payments.store.ts'
import { backOfCourses, soldItems } from '../orders/shown-order.ts'
import { grantOpenRequest } from '../refund-requests/refund-requests.store.ts'
import { itemsOfAmount, type RefundItem } from './refund-items.ts'
import {
  endRefund,
  failProcessedRefund,
  type Refund,
  releaseRefund,
  selectRefundItems,
} from './refunds.store.ts'

export type RefundEnd = { status: 'succeeded' | 'failed'; stripeRefundId: string | null }

/**
 * Write down what a refund has come to, and tell it: once, however often it is found out. One that had come to its buyer
 * may fail weeks later, when the bank does not find the card any more; then the order is paid again.
 */
export async function takeRefund(tx: Transaction, refund: Refund, ended: RefundEnd): Promise<void> {
  await lockOptionalOrder(tx, refund.orderId)
  const first = await endRefund(tx, refund.id, ended)
  if (!first && !(ended.status === 'failed' && (await failProcessedRefund(tx, refund.id)))) return
  if (ended.status === 'failed') await releaseRefund(tx, refund.paymentId, refund.amountMinor)
  const order = await selectOptionalOrder(tx, refund.orderId)
  if (!order) throw new Error('The order of a refund vanished.')
  if (isDeposit(order))
    await endDepositRefund(tx, order, refund, { status: ended.status, afterProcessed: !first })
  // One that failed before it came to its buyer has closed nothing.
  const ofCourses = refund.ofCourses && (!first || ended.status === 'succeeded')
  const whole = await updateRefunded(tx, { order, ...refund, ofCourses })
  if (isDeposit(order)) return
  const { currency } = order
  const told = {
    refundId: refund.id,
    paymentId: refund.paymentId,
    organizationId: tx.organizationId,
    orderId: order.id,
    userId: order.buyerId,
    amount: { amountMinor: refund.amountMinor, currency },
    sandbox: order.sandbox,
  }
  const now = new Date().toISOString()
  if (ended.status === 'failed') {
    if (!first) await takeBackCredit(tx, order, refund)
    await publish(tx, 'payments', 'refund.failed', { ...told, afterProcessed: !first, failedAt: now })
    return
  }
  const items = await itemsOf(tx, order, refund)
  const credited = await creditRefund(tx, order, { id: refund.id, items })
  await publish(tx, 'payments', 'refund.processed', {
    ...told,
    whole,
    items: soldItems(order),
    ...backOfCourses(order, credited),
    processedAt: now,
    ...(refund.stripePaymentIntentId === null ? { toWallet: true } : {}),
  })
}

/** One from before it was kept which items a refund is of is spread over what is left of them now. */
async function itemsOf(tx: Transaction, order: Order, { id, amountMinor }: Refund): Promise<RefundItem[]> {
  const items = await selectRefundItems(tx, id)
  return items.length > 0 ? items : itemsOfAmount(order, { amountMinor, currency: order.currency })
}

/**
 * Whether all that was paid for an order is gone. Its status says the same, and its courses close with it, unless they are
 * to stay open, and open again with it; so do those that were chosen for a refund. The order is to be locked.
 */
export async function updateRefunded(
  tx: Transaction,
  {
    order,
    paymentId,
    keepsAccess,
    ofCourses,
  }: { order: Order; paymentId: string; keepsAccess: boolean; ofCourses: boolean },
): Promise<boolean> {
  const whole = (await selectGone(tx, paymentId)) >= order.totalMinor
  const refunds = order.refunds.filter(({ status }) => status === 'succeeded')
  const chosen = (keeps: boolean) =>
    new Set(refunds.flatMap(one => (one.keepsAccess === keeps ? (one.courseIds ?? []) : [])))
  const [kept, closed] = [chosen(true), chosen(false)]
  await grantOpenRequest(tx, order.id, whole ? 'all' : [...kept, ...closed])
  const changed = whole !== (order.status === 'refunded')
  if (changed) await updateStatus(tx, order.id, whole ? 'refunded' : 'paid')
  if (keepsAccess || !(changed || ofCourses)) return whole
  const closes = (courseId: string) => (whole ? !kept.has(courseId) : closed.has(courseId))
  const courseIds = order.items.map(({ courseId }) => courseId)
  if (isGift(order)) {
    await (courseIds.every(closes) ? endGift : reopenGift)(tx, order.id)
    return whole
  }
  if (order.buyerId === null) return whole
  const reason = { userId: order.buyerId, source: 'order', sourceId: order.id } as const
  const now = new Date().toISOString()
  await endAccess(tx, reason, now, courseIds.filter(closes))
  await grantAccess(
    tx,
    reason,
    courseIds.filter(courseId => !closes(courseId)),
    now,
  )
  return whole
}
