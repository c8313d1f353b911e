import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Stripe } from 'stripe'
import { v7 as uuidv7 } from 'uuid'
import { creditDispute } from '../orders/invoice-order.ts'
import type { Order } from '../orders/orders.store.ts'
import type { Payment } from '../orders/payments.store.ts'
import { fromStripe } from '../stripe/stripe-amounts.ts'
import {
  type Dispute,
  type DisputeStatus,
  insertDispute,
  updateDispute,
  updateDisputed,
  updateWithdrawn,
} from './disputes.store.ts'

/**
 * Write down how a dispute stands at Stripe, and tell what is new of it: that the money was taken, and how it ended, each
 * once. An inquiry takes none, so nobody is told of it. The order is to be locked.
 *
 * @param known those of the payment that are written down already.
 */
export async function takeDispute(
  tx: Transaction,
  { order, payment, known }: { order: Order; payment: Payment; known: readonly Dispute[] },
  told: Stripe.Dispute,
): Promise<void> {
  const { amountMinor, currency } = fromStripe(told.amount, told.currency)
  if (currency !== order.currency)
    throw new Error(`Dispute ${told.id} of order ${order.id} is in another currency than the order.`)
  const before = known.find(one => one.stripeDisputeId === told.id)
  const moved = movedBy(told, currency)
  const status = statusOf(told)
  const closed = status === 'won' || status === 'lost' || status === 'closed'
  // Said by an answer that was older than the one that was written down first.
  if (before?.closedAt && !closed) return
  const dispute = {
    id: before?.id ?? uuidv7(),
    paymentId: payment.id,
    stripeDisputeId: told.id,
    amountMinor,
    feeMinor: moved.fee,
    reason: told.reason,
    status,
    inquiry: told.status.startsWith('warning'),
    evidenceDueAt: timeOf(told.evidence_details.due_by),
    openedAt: new Date(told.created * 1000).toISOString(),
    closedAt: closed ? (before?.closedAt ?? new Date().toISOString()) : null,
  }
  await (before ? updateDispute(tx, dispute) : insertDispute(tx, dispute))
  if (!moved.withdrawn) return
  const about = {
    disputeId: dispute.id,
    paymentId: payment.id,
    organizationId: tx.organizationId,
    orderId: order.id,
    userId: order.buyerId,
    amount: { amountMinor: before?.amountMinor ?? amountMinor, currency },
    sandbox: order.sandbox,
  }
  const price = (minor: number | null) => (minor === null ? null : { amountMinor: minor, currency })
  if (!before?.withdrawn) {
    await updateWithdrawn(tx, dispute.id)
    const { reason, openedAt } = dispute
    await publish(tx, 'payments', 'dispute.opened', { ...about, fee: price(moved.fee), reason, openedAt })
  }
  if ((status === 'won' || status === 'lost') && before?.status !== status) {
    const left = Math.max(0, payment.amountMinor - order.refundedMinor)
    const note =
      status === 'lost'
        ? await creditDispute(tx, order, { id: dispute.id, amountMinor: Math.min(amountMinor, left) })
        : null
    await publish(tx, 'payments', 'dispute.closed', {
      ...about,
      outcome: status,
      feeReturned: status === 'won' ? price(moved.feeReturned) : null,
      ...(note ? { tax: { amountMinor: note.taxMinor, currency } } : {}),
      closedAt: dispute.closedAt ?? new Date().toISOString(),
    })
  }
  await updateDisputed(tx, payment.id)
}

function statusOf({ status }: Stripe.Dispute): DisputeStatus {
  if (status.endsWith('needs_response')) return 'needs_response'
  if (status.endsWith('under_review')) return 'under_review'
  if (status === 'won') return 'won'
  return status === 'lost' ? 'lost' : 'closed'
}

const timeOf = (seconds: number | null) => (seconds === null ? null : new Date(seconds * 1000).toISOString())

/**
 * What a dispute did to the money at Stripe: whether it was taken, what that cost and what of the cost came back. Fees are
 * null where Stripe settles in another currency than that of the order.
 */
function movedBy({ balance_transactions: moves }: Stripe.Dispute, currency: string) {
  const inCurrency = moves.every(move => move.currency.toUpperCase() === currency)
  const feeOf = (suits: (fee: number) => boolean) =>
    inCurrency
      ? Math.abs(
          moves
            .filter(({ fee }) => suits(fee))
            .reduce((sum, { fee }) => sum + fromStripe(fee, currency).amountMinor, 0),
        )
      : null
  return {
    withdrawn: moves.some(({ amount }) => amount < 0),
    fee: feeOf(fee => fee > 0),
    feeReturned: feeOf(fee => fee < 0),
  }
}
