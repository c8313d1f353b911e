import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { RefundItem } from './refund-items.ts'

/** Set an amount aside to be given back. @returns false where less than that is left. */
export async function reserveRefund(
  tx: Transaction,
  refund: {
    id: string
    paymentId: string
    amountMinor: number
    /** What of it is of which item of the order. */
    items: readonly RefundItem[]
    ofCourses: boolean
    reason: string
    note: string
    /** Whether the buyer keeps the courses, though this gives back all that was paid. */
    keepsAccess: boolean
    requestedBy: string | null
    /** Where it was made in Stripe's own pages. */
    stripeRefundId?: string
  },
): Promise<boolean> {
  const reserved = await tx.run(sql`
    update payments set refunded_minor = refunded_minor + ${refund.amountMinor}::bigint
    where organization_id = ${tx.organizationId} and id = ${refund.paymentId}
      and refunded_minor + disputed_minor + ${refund.amountMinor}::bigint <= amount_minor`)
  if (reserved === 0) return false
  await tx.run(sql`
    insert into refunds (id, organization_id, payment_id, amount_minor, of_courses, reason, note, keeps_access,
      requested_by, made_at_stripe, stripe_refund_id)
    values (${refund.id}, ${tx.organizationId}, ${refund.paymentId}, ${refund.amountMinor}, ${refund.ofCourses},
      ${refund.reason}, ${refund.note}, ${refund.keepsAccess}, ${refund.requestedBy},
      ${refund.stripeRefundId !== undefined}, ${refund.stripeRefundId ?? null})`)
  const { items } = refund
  await tx.run(sql`
    insert into refund_items (organization_id, refund_id, position, amount_minor)
    select ${tx.organizationId}::uuid, ${refund.id}::uuid, i.*
    from unnest(${items.map(({ position }) => position)}::int[],
      ${items.map(({ amountMinor }) => amountMinor)}::bigint[]) as i`)
  return true
}

export type Refund = {
  id: string
  paymentId: string
  orderId: string
  amountMinor: number
  status: 'pending' | 'succeeded' | 'failed'
  /** Null where the money came from a wallet, and goes back there. */
  stripePaymentIntentId: string | null
  stripeRefundId: string | null
  keepsAccess: boolean
  /** Whether courses were chosen. */
  ofCourses: boolean
  /** In Stripe's own pages. */
  madeAtStripe: boolean
}

const refundColumns = sql`
  r.id, r.payment_id, p.order_id, r.amount_minor, r.status, p.stripe_payment_intent_id, r.stripe_refund_id,
  r.keeps_access, r.of_courses, r.made_at_stripe`

export function selectOptionalRefund(db: Queryable, refundId: string): Promise<Refund | null> {
  return db.optional<Refund>(sql`
    select ${refundColumns}
    from refunds r join payments p on p.organization_id = r.organization_id and p.id = r.payment_id
    where r.organization_id = ${db.organizationId} and r.id = ${refundId}`)
}

/** All of a payment, to be compared with those that Stripe has. */
export function selectRefundsOf(db: Queryable, paymentId: string): Promise<Refund[]> {
  return db.rows<Refund>(sql`
    select ${refundColumns}
    from refunds r join payments p on p.organization_id = r.organization_id and p.id = r.payment_id
    where r.organization_id = ${db.organizationId} and r.payment_id = ${paymentId} order by r.id`)
}

/** What of a refund is of which item of the order; nothing for one from before that was kept. */
export function selectRefundItems(db: Queryable, refundId: string): Promise<RefundItem[]> {
  return db.rows<RefundItem>(sql`
    select position, amount_minor from refund_items
    where organization_id = ${db.organizationId} and refund_id = ${refundId} order by position`)
}

/** Those of an order whose end is not known yet. */
export async function selectPendingRefunds(db: Queryable, orderId: string): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select r.id from refunds r join payments p on p.organization_id = r.organization_id and p.id = r.payment_id
    where r.organization_id = ${db.organizationId} and p.order_id = ${orderId} and r.status = 'pending'`)
  return rows.map(({ id }) => id)
}

/** End a pending refund. @returns false where it had ended already. */
export async function endRefund(
  tx: Transaction,
  refundId: string,
  ended: { status: 'succeeded' | 'failed'; stripeRefundId: string | null },
): Promise<boolean> {
  const changed = await tx.run(sql`
    update refunds set status = ${ended.status}, stripe_refund_id = ${ended.stripeRefundId}, processed_at = now()
    where organization_id = ${tx.organizationId} and id = ${refundId} and status = 'pending'`)
  return changed === 1
}

/** A refund that had come to its buyer came back. @returns false where it is not one that had. */
export async function failProcessedRefund(tx: Transaction, refundId: string): Promise<boolean> {
  const changed = await tx.run(sql`
    update refunds set status = 'failed', processed_at = now()
    where organization_id = ${tx.organizationId} and id = ${refundId} and status = 'succeeded'`)
  return changed === 1
}

/** What was set aside for a refund that failed is there to be given back again. */
export async function releaseRefund(tx: Transaction, paymentId: string, amountMinor: number): Promise<void> {
  await tx.run(sql`
    update payments set refunded_minor = refunded_minor - ${amountMinor}::bigint
    where organization_id = ${tx.organizationId} and id = ${paymentId}`)
}

export async function updateRefundAsked(
  db: Queryable,
  refundId: string,
  stripeRefundId: string,
): Promise<void> {
  await db.run(sql`
    update refunds set stripe_refund_id = ${stripeRefundId}
    where organization_id = ${db.organizationId} and id = ${refundId} and stripe_refund_id is null`)
}

/** How refunds are written down that the processor lists. */
export function selectRefundsAt(
  db: Queryable,
  stripeIds: readonly string[],
): Promise<{ stripeId: string; status: Refund['status'] }[]> {
  return db.rows<{ stripeId: string; status: Refund['status'] }>(sql`
    select stripe_refund_id as stripe_id, status from refunds
    where organization_id = ${db.organizationId} and stripe_refund_id = any(${[...stripeIds]}::text[])`)
}
