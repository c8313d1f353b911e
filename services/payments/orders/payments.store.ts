import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type Payment = {
  id: string
  orderId: string
  /** Null where the money came from a wallet. */
  stripePaymentIntentId: string | null
  amountMinor: number
  /** What went back, or is on its way. */
  refundedMinor: number
  /** What a bank holds of it, or has taken. */
  disputedMinor: number
}

export async function insertPayment(
  tx: Transaction,
  payment: {
    id: string
    orderId: string
    /** Null where the money came from a wallet. */
    paymentIntentId: string | null
    chargeId: string | null
    walletHoldId: string | null
    amountMinor: number
    feeMinor: number | null
    processedAt: string
  },
): Promise<void> {
  await tx.run(sql`
    insert into payments (id, organization_id, order_id, stripe_payment_intent_id, stripe_charge_id, wallet_hold_id,
      amount_minor, fee_minor, processed_at)
    values (${payment.id}, ${tx.organizationId}, ${payment.orderId}, ${payment.paymentIntentId}, ${payment.chargeId},
      ${payment.walletHoldId}, ${payment.amountMinor}, ${payment.feeMinor}, ${payment.processedAt})`)
}

export function selectOptionalPayment(db: Queryable, orderId: string): Promise<Payment | null> {
  return db.optional<Payment>(sql`
    select id, order_id, stripe_payment_intent_id, amount_minor, refunded_minor, disputed_minor from payments
    where organization_id = ${db.organizationId} and order_id = ${orderId}`)
}

/** Which payment of which school it is that Stripe tells about. */
export function selectOptionalOfIntent(
  db: Unscoped,
  paymentIntentId: string,
): Promise<{ organizationId: string; orderId: string } | null> {
  return db.optional<{ organizationId: string; orderId: string }>(sql`
    select organization_id, order_id from payments where stripe_payment_intent_id = ${paymentIntentId}`)
}

/** What went back of a payment for certain, by refunds and by disputes that were lost. */
export async function selectGone(db: Queryable, paymentId: string): Promise<number> {
  const { sum } = await db.one<{ sum: number }>(sql`
    select ((select coalesce(sum(amount_minor), 0) from refunds
        where organization_id = ${db.organizationId} and payment_id = ${paymentId} and status = 'succeeded')
      + (select coalesce(sum(amount_minor), 0) from disputes
        where organization_id = ${db.organizationId} and payment_id = ${paymentId} and status = 'lost'))::bigint as sum`)
  return sum
}
