import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'

export type ChargeRefund = {
  id: string
  chargeId: string
  amountMinor: number
  status: 'pending' | 'succeeded' | 'failed'
  stripeRefundId: string | null
  reason: string
  note: string
  createdAt: string
}

type NewRefund = Pick<ChargeRefund, 'id' | 'chargeId' | 'amountMinor' | 'reason' | 'note'> & {
  /** Null for one that was made at the processor itself; then its id there is known. */
  requestedBy: string | null
  stripeRefundId: string | null
}

/** Set an amount of a paid charge aside to be given back. @returns false where less than that is left. */
export async function reserveChargeRefund(tx: Transaction, refund: NewRefund): Promise<boolean> {
  const { amountMinor, chargeId, stripeRefundId } = refund
  const reserved = await tx.run(sql`
    update subscription_charges c set refunded_minor = c.refunded_minor + ${amountMinor}::bigint
    from subscription_bills b
    where c.organization_id = ${tx.organizationId} and c.id = ${chargeId} and c.status = 'succeeded'
      and b.organization_id = c.organization_id and b.id = c.bill_id
      and c.refunded_minor + c.disputed_minor + ${amountMinor}::bigint <= b.due_minor`)
  if (reserved === 0) return false
  await tx.run(sql`
    insert into refunds (id, organization_id, charge_id, amount_minor, reason, note, requested_by, made_at_stripe,
      stripe_refund_id)
    values (${refund.id}, ${tx.organizationId}, ${chargeId}, ${amountMinor}, ${refund.reason}, ${refund.note},
      ${refund.requestedBy}, ${stripeRefundId !== null}, ${stripeRefundId})`)
  return true
}

/** What was set aside for a refund that failed is there to be given back again. */
export async function releaseChargeRefund(
  tx: Transaction,
  { chargeId, amountMinor }: Pick<ChargeRefund, 'chargeId' | 'amountMinor'>,
): Promise<void> {
  await tx.run(sql`
    update subscription_charges set refunded_minor = refunded_minor - ${amountMinor}::bigint
    where organization_id = ${tx.organizationId} and id = ${chargeId}`)
}

const refunds = (db: Queryable): Sql => sql`
  select r.id, r.charge_id, r.amount_minor, r.status, r.stripe_refund_id, r.reason, r.note, r.created_at from refunds r
  where r.organization_id = ${db.organizationId} and r.charge_id is not null`

export const selectOptionalChargeRefund = (db: Queryable, refundId: string): Promise<ChargeRefund | null> =>
  db.optional<ChargeRefund>(sql`${refunds(db)} and r.id = ${refundId}`)

export const selectChargeRefunds = (db: Queryable, chargeId: string): Promise<ChargeRefund[]> =>
  db.rows<ChargeRefund>(sql`${refunds(db)} and r.charge_id = ${chargeId} order by r.id`)

/** Charges with a refund that has waited for two minutes, of every school; those that were asked about last come last. */
export function selectChargesToRefund(db: Unscoped): Promise<{ organizationId: string; chargeId: string }[]> {
  return db.rows<{ organizationId: string; chargeId: string }>(sql`
    select distinct c.organization_id, c.id as charge_id, c.checked_at from refunds r
    join subscription_charges c on c.organization_id = r.organization_id and c.id = r.charge_id
    where r.status = 'pending' and r.created_at < now() - interval '2 minutes'
      and c.checked_at < now() - interval '2 minutes'
    order by c.checked_at limit 100`)
}
