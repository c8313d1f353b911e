import type { Transaction } from '@azora/kit/db.ts'
import type { Stripe } from 'stripe'
import { v7 as uuidv7 } from 'uuid'
import { fromStripe } from '../stripe/stripe-amounts.ts'
import {
  type Dispute,
  type DisputeStatus,
  insertDispute,
  updateDispute,
  updateWithdrawn,
} from './disputes.store.ts'

type About = Pick<Dispute, 'paymentId' | 'chargeId'> & {
  currency: string
  /** Those of the same payment that are written down already. */
  known: readonly Dispute[]
}

export type DisputeNews = {
  dispute: Omit<Dispute, 'orderId' | 'subscriptionId' | 'withdrawn'>
  /** The money was taken, and nobody was told so. */
  opened: boolean
  /** How it ended, where nobody was told so. */
  outcome: 'won' | 'lost' | null
  feeReturned: number | null
  /**
   * What of a lost amount is to be credited: without what refunds gave back or are about to, pending ones too, and without
   * what other disputes have lost.
   */
  leftOf(payment: { amountMinor: number; refundedMinor: number }): number
}

/**
 * Write down how a dispute stands at Stripe. What is paid is to be locked.
 * @returns what others are to be told of; null for nothing, as of an inquiry, which takes no money
 */
export async function noteDispute(
  tx: Transaction,
  { paymentId, chargeId, currency, known }: About,
  told: Stripe.Dispute,
): Promise<DisputeNews | null> {
  const amount = fromStripe(told.amount, told.currency)
  if (amount.currency !== currency)
    throw new Error(`Dispute ${told.id} is in another currency than what was paid.`)
  const before = known.find(one => one.stripeDisputeId === told.id)
  const moved = movedBy(told, currency)
  const status = statusOf(told)
  const closed = status === 'won' || status === 'lost' || status === 'closed'
  // Said by an answer that was older than the one that was written down first.
  if (before?.closedAt && !closed) return null
  const dispute = {
    id: before?.id ?? uuidv7(),
    paymentId,
    chargeId,
    stripeDisputeId: told.id,
    amountMinor: before?.amountMinor ?? amount.amountMinor,
    feeMinor: moved.fee,
    reason: told.reason,
    status,
    inquiry: told.status.startsWith('warning'),
    evidenceDueAt: timeOf(told.evidence_details.due_by),
    openedAt: new Date(told.created * 1000).toISOString(),
    closedAt: closed ? (before?.closedAt ?? new Date().toISOString()) : null,
  }
  await (before ? updateDispute(tx, dispute) : insertDispute(tx, dispute))
  if (!moved.withdrawn) return null
  const opened = !before?.withdrawn
  if (opened) await updateWithdrawn(tx, dispute.id)
  const lost = known.filter(one => one.id !== dispute.id && one.status === 'lost')
  const gone = lost.reduce((sum, one) => sum + one.amountMinor, 0)
  return {
    dispute,
    opened,
    outcome: (status === 'won' || status === 'lost') && before?.status !== status ? status : null,
    feeReturned: moved.feeReturned,
    leftOf: ({ amountMinor, refundedMinor }) =>
      Math.max(0, Math.min(dispute.amountMinor, amountMinor - refundedMinor - gone)),
  }
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
