import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Stripe } from 'stripe'
import { isDeposit } from '../deposits/deposit-order.ts'
import { creditDispute } from '../orders/invoice-order.ts'
import type { Order } from '../orders/orders.store.ts'
import type { Payment } from '../orders/payments.store.ts'
import { backOfCourses } from '../orders/shown-order.ts'
import { type Dispute, updateDisputed } from './disputes.store.ts'
import { type DisputeNews, noteDispute } from './note-dispute.ts'

type Paid = { order: Order; payment: Payment }

/**
 * Write down how a dispute stands at Stripe, and tell what is new of it: that the money was taken, and how it ended, each
 * once. An inquiry takes none, so nobody is told of it. The order is to be locked.
 *
 * @param known those of the payment that are written down already.
 */
export async function takeDispute(
  tx: Transaction,
  { order, payment, known }: Paid & { known: readonly Dispute[] },
  told: Stripe.Dispute,
): Promise<void> {
  const { currency } = order
  const news = await noteDispute(tx, { paymentId: payment.id, chargeId: null, currency, known }, told)
  if (!news) return
  await (isDeposit(order) ? tellOfDeposit : tellOfOrder)(tx, { order, payment }, news)
  await updateDisputed(tx, payment.id)
}

async function tellOfOrder(tx: Transaction, { order, payment }: Paid, news: DisputeNews): Promise<void> {
  const { dispute, outcome } = news
  const { currency } = order
  const price = (minor: number | null) => (minor === null ? null : { amountMinor: minor, currency })
  const about = {
    disputeId: dispute.id,
    paymentId: payment.id,
    organizationId: tx.organizationId,
    orderId: order.id,
    userId: order.buyerId,
    amount: { amountMinor: dispute.amountMinor, currency },
    sandbox: order.sandbox,
  }
  if (news.opened) {
    const { reason, openedAt } = dispute
    await publish(tx, 'payments', 'dispute.opened', {
      ...about,
      fee: price(dispute.feeMinor),
      reason,
      openedAt,
    })
  }
  if (!outcome) return
  const { amountMinor } = payment
  const credited = outcome === 'lost' ? news.leftOf({ amountMinor, refundedMinor: order.refundedMinor }) : 0
  const note = await creditDispute(tx, order, { id: dispute.id, amountMinor: credited })
  await publish(tx, 'payments', 'dispute.closed', {
    ...about,
    outcome,
    feeReturned: outcome === 'won' ? price(news.feeReturned) : null,
    ...(outcome === 'lost' ? { credited: { amountMinor: credited, currency } } : {}),
    ...backOfCourses(order, note),
    closedAt: dispute.closedAt ?? new Date().toISOString(),
  })
}

/** The bank has it at once, so it leaves the wallet at once; won, it is there again. Nothing more happens when it is lost. */
async function tellOfDeposit(tx: Transaction, { order, payment }: Paid, news: DisputeNews): Promise<void> {
  const { dispute, opened, outcome, feeReturned } = news
  const { currency } = order
  const told = (fee: number | null, movedAt: string | null) => ({
    movedId: dispute.id,
    paymentId: payment.id,
    organizationId: tx.organizationId,
    userId: order.buyerId,
    amount: { amountMinor: dispute.amountMinor, currency },
    fee: fee ? { amountMinor: fee, currency } : null,
    sandbox: order.sandbox,
    movedAt: movedAt ?? new Date().toISOString(),
  })
  if (opened) await publish(tx, 'payments', 'deposit.taken_back', told(dispute.feeMinor, dispute.openedAt))
  if (outcome === 'won')
    await publish(tx, 'payments', 'deposit.came_back', told(feeReturned, dispute.closedAt))
}
