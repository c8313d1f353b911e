import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'

/** A try to be paid for a bill. */
export type Charge = {
  id: string
  billId: string
  subscriptionId: string
  kind: 'page' | 'card'
  status: 'open' | 'succeeded' | 'failed' | 'expired'
  stripeSessionId: string | null
  checkoutUrl: string | null
  stripePaymentMethodId: string | null
  stripePaymentIntentId: string | null
  askedAt: string | null
  createdAt: string
  expiresAt: string | null
}

const columns: Sql = sql`
  c.id, c.bill_id, b.subscription_id, c.kind, c.status, c.stripe_session_id, c.checkout_url,
  c.stripe_payment_method_id, c.stripe_payment_intent_id, c.asked_at, c.created_at, c.expires_at`

const joined: Sql = sql`
  subscription_charges c join subscription_bills b on b.organization_id = c.organization_id and b.id = c.bill_id`

export function selectOptionalCharge(db: Queryable, chargeId: string): Promise<Charge | null> {
  return db.optional<Charge>(sql`
    select ${columns} from ${joined} where c.organization_id = ${db.organizationId} and c.id = ${chargeId}`)
}

/** The try for a bill whose end is not known. */
export function selectOptionalOpenCharge(db: Queryable, billId: string): Promise<Charge | null> {
  return db.optional<Charge>(sql`
    select ${columns} from ${joined}
    where c.organization_id = ${db.organizationId} and c.bill_id = ${billId} and c.status = 'open'`)
}

type NewCharge = Pick<Charge, 'id' | 'billId' | 'kind' | 'stripePaymentMethodId' | 'expiresAt'>

/** @returns false where another try is open. */
export async function insertOptionalCharge(tx: Transaction, charge: NewCharge): Promise<boolean> {
  const made = await tx.run(sql`
    insert into subscription_charges (id, organization_id, bill_id, kind, stripe_payment_method_id, expires_at)
    values (${charge.id}, ${tx.organizationId}, ${charge.billId}, ${charge.kind}, ${charge.stripePaymentMethodId},
      ${charge.expiresAt})
    on conflict (bill_id) where status = 'open' do nothing`)
  return made === 1
}

export async function updatePage(
  db: Queryable,
  chargeId: string,
  page: { sessionId: string; url: string },
): Promise<void> {
  await db.run(sql`
    update subscription_charges set stripe_session_id = ${page.sessionId}, checkout_url = ${page.url}
    where organization_id = ${db.organizationId} and id = ${chargeId} and stripe_session_id is null
      and status = 'open'`)
}

/** Before the processor is asked: anyone who asks again looks first for what came of it. */
export async function updateAsked(db: Queryable, chargeId: string): Promise<void> {
  await db.run(sql`
    update subscription_charges set asked_at = coalesce(asked_at, now()), checked_at = now()
    where organization_id = ${db.organizationId} and id = ${chargeId}`)
}

/** @returns false where its end was known already. */
export async function endCharge(
  tx: Transaction,
  chargeId: string,
  ended: {
    status: 'succeeded' | 'failed' | 'expired'
    paymentIntentId?: string | null
    feeMinor?: number | null
    declineCode?: string | null
  },
): Promise<boolean> {
  const changed = await tx.run(sql`
    update subscription_charges set status = ${ended.status}, decline_code = ${ended.declineCode ?? null},
      stripe_payment_intent_id = coalesce(${ended.paymentIntentId ?? null}, stripe_payment_intent_id),
      fee_minor = ${ended.feeMinor ?? null}
    where organization_id = ${tx.organizationId} and id = ${chargeId} and status = 'open'`)
  return changed === 1
}

/** End one that has no page. */
export async function endUnopenedCharge(tx: Transaction, chargeId: string): Promise<void> {
  await tx.run(sql`
    update subscription_charges set status = 'expired'
    where organization_id = ${tx.organizationId} and id = ${chargeId} and status = 'open'
      and stripe_session_id is null`)
}

/** Those that have been open for two minutes since anyone asked about them, of every school. */
export function selectOldOpenCharges(db: Unscoped): Promise<{ organizationId: string; chargeId: string }[]> {
  return db.rows<{ organizationId: string; chargeId: string }>(sql`
    select organization_id, id as charge_id from subscription_charges
    where status = 'open' and checked_at < now() - interval '2 minutes' order by checked_at limit 100`)
}
