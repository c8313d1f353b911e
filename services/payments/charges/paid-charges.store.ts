import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

/** What came for a bill of a subscription, by the processor. */
export type PaidCharge = {
  id: string
  billId: string
  subscriptionId: string
  invoiceId: string | null
  intentId: string
  amountMinor: number
  currency: string
  sandbox: boolean
  /** Null where the owner's account is gone. */
  ownerId: string | null
  /** What went back, or is on its way. */
  refundedMinor: number
  /** What a bank holds of it, or has taken. */
  disputedMinor: number
}

const paid = (db: Queryable): Sql => sql`
  select c.id, c.bill_id, b.subscription_id, b.invoice_id, c.stripe_payment_intent_id as intent_id,
    b.due_minor as amount_minor, b.currency, s.sandbox, s.owner_id, c.refunded_minor, c.disputed_minor
  from subscription_charges c
  join subscription_bills b on b.organization_id = c.organization_id and b.id = c.bill_id
  join subscriptions s on s.organization_id = b.organization_id and s.id = b.subscription_id
  where c.organization_id = ${db.organizationId} and c.status = 'succeeded'`

export const selectOptionalPaidCharge = (db: Queryable, chargeId: string): Promise<PaidCharge | null> =>
  db.optional<PaidCharge>(sql`${paid(db)} and c.id = ${chargeId}`)

/** What a bill was paid with; null where it was not paid by the processor. */
export const selectOptionalPaidChargeOf = (db: Queryable, billId: string): Promise<PaidCharge | null> =>
  db.optional<PaidCharge>(sql`${paid(db)} and c.bill_id = ${billId}`)

/** Which charge of which school it is that the processor tells about. */
export function selectOptionalChargeOfIntent(
  db: Unscoped,
  paymentIntentId: string,
): Promise<{ organizationId: string; chargeId: string } | null> {
  return db.optional<{ organizationId: string; chargeId: string }>(sql`
    select organization_id, id as charge_id from subscription_charges
    where stripe_payment_intent_id = ${paymentIntentId} order by id limit 1`)
}

/** What a bank holds or has taken, so that no refund gives it back as well. */
export async function updateChargeDisputed(tx: Transaction, chargeId: string): Promise<void> {
  await tx.run(sql`
    update subscription_charges c set disputed_minor = (
      select coalesce(sum(d.amount_minor), 0) from disputes d
      where d.organization_id = c.organization_id and d.charge_id = c.id and d.withdrawn and d.status <> 'won')
    where c.organization_id = ${tx.organizationId} and c.id = ${chargeId}`)
}

/** A paid charge as it is shown; its id is that of the bill. */
export type ShownPayment = {
  id: string
  subscriptionId: string
  invoiceId: string | null
  paidAt: string
  amountMinor: number
  currency: string
  sandbox: boolean
  ownerId: string | null
  ownerName: string
  planName: string
  refundedMinor: number
  disputedMinor: number
}

type Which = {
  subscriptionId?: string | undefined
  billId?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** A page of what was paid by card for subscriptions, the last bill first. */
export async function selectPaidBills(
  db: Queryable,
  { subscriptionId, billId, cursor, limit }: Which,
): Promise<{ items: ShownPayment[]; nextCursor: string | null }> {
  const rows = await db.rows<ShownPayment>(sql`
    select b.id, b.subscription_id, b.invoice_id, b.paid_at, b.due_minor as amount_minor, b.currency, s.sandbox, s.owner_id,
      s.owner_name, b.pricing->'descriptions'->>0 as plan_name, c.refunded_minor, c.disputed_minor
    from subscription_charges c
    join subscription_bills b on b.organization_id = c.organization_id and b.id = c.bill_id
    join subscriptions s on s.organization_id = b.organization_id and s.id = b.subscription_id
    where c.organization_id = ${db.organizationId} and c.status = 'succeeded'
      ${subscriptionId ? sql`and b.subscription_id = ${subscriptionId}` : none}
      ${billId ? sql`and b.id = ${billId}` : none}
      ${cursor ? sql`and b.id < ${cursor}` : none}
    order by b.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
