import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { endAccess, grantAccess } from '../access/access.ts'
import { isDeposit } from '../deposits/deposit-order.ts'
import { endDepositRefund } from '../deposits/refund-deposit.ts'
import { creditRefund, takeBackCredit } from '../orders/invoice-order.ts'
import { lockOptionalOrder, type Order, selectOptionalOrder, updateStatus } from '../orders/orders.store.ts'
import { selectGone } from '../orders/payments.store.ts'
import { soldItems } from '../orders/shown-order.ts'
import { grantOpenRequest } from '../refund-requests/refund-requests.store.ts'
import { endRefund, failProcessedRefund, type Refund, releaseRefund } from './refunds.store.ts'

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
  const whole = await updateRefunded(tx, { order, ...refund })
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
  const note = await creditRefund(tx, order, refund)
  await publish(tx, 'payments', 'refund.processed', {
    ...told,
    whole,
    ...(note ? { tax: { amountMinor: note.taxMinor, currency } } : {}),
    items: soldItems(order),
    processedAt: now,
    ...(refund.stripePaymentIntentId === null ? { toWallet: true } : {}),
  })
}

/**
 * Whether all that was paid for an order is gone. Its status says the same, and its courses close with it, unless they are
 * to stay open, and open again with it. The order is to be locked.
 */
export async function updateRefunded(
  tx: Transaction,
  { order, paymentId, keepsAccess }: { order: Order; paymentId: string; keepsAccess: boolean },
): Promise<boolean> {
  const whole = (await selectGone(tx, paymentId)) >= order.totalMinor
  if (whole) await grantOpenRequest(tx, order.id)
  if (whole === (order.status === 'refunded')) return whole
  await updateStatus(tx, order.id, whole ? 'refunded' : 'paid')
  if (order.buyerId === null || keepsAccess) return whole
  const reason = { userId: order.buyerId, source: 'order', sourceId: order.id } as const
  const now = new Date().toISOString()
  if (whole) await endAccess(tx, reason, now)
  else
    await grantAccess(
      tx,
      reason,
      order.items.map(({ courseId }) => courseId),
      now,
    )
  return whole
}
