import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

export type DisputeStatus = 'needs_response' | 'under_review' | 'won' | 'lost' | 'closed'

export type Dispute = {
  id: string
  /** What it is of: the payment of an order, or a paid charge of a subscription. */
  paymentId: string | null
  chargeId: string | null
  orderId: string | null
  subscriptionId: string | null
  stripeDisputeId: string
  amountMinor: number
  feeMinor: number | null
  reason: string
  status: DisputeStatus
  inquiry: boolean
  withdrawn: boolean
  evidenceDueAt: string | null
  openedAt: string
  closedAt: string | null
}

const disputeColumns = sql`
  d.id, d.payment_id, d.charge_id, p.order_id, b.subscription_id, d.stripe_dispute_id, d.amount_minor, d.fee_minor, d.reason, d.status, d.inquiry, d.withdrawn,
  d.evidence_due_at, d.opened_at, d.closed_at`

const paidFor = sql`disputes d
  left join payments p on p.organization_id = d.organization_id and p.id = d.payment_id
  left join subscription_charges c on c.organization_id = d.organization_id and c.id = d.charge_id
  left join subscription_bills b on b.organization_id = c.organization_id and b.id = c.bill_id`

/** All of a payment. */
export function selectDisputesOf(db: Queryable, paymentId: string): Promise<Dispute[]> {
  return db.rows<Dispute>(sql`
    select ${disputeColumns} from ${paidFor}
    where d.organization_id = ${db.organizationId} and d.payment_id = ${paymentId} order by d.id`)
}

/** All of a paid charge of a subscription. */
export function selectDisputesOfCharge(db: Queryable, chargeId: string): Promise<Dispute[]> {
  return db.rows<Dispute>(sql`
    select ${disputeColumns} from ${paidFor}
    where d.organization_id = ${db.organizationId} and d.charge_id = ${chargeId} order by d.id`)
}

export type SchoolDispute = Dispute & {
  currency: string
  sandbox: boolean
  titles: string[]
  buyerId: string | null
  buyerName: string
}

const schoolDisputes = (db: Queryable): Sql => sql`
  select ${disputeColumns}, coalesce(o.currency, s.currency) as currency, coalesce(o.sandbox, s.sandbox) as sandbox,
    coalesce(o.buyer_id, s.owner_id) as buyer_id, coalesce(o.buyer_name, s.owner_name) as buyer_name,
    case when s.id is null then array(select i.title from order_items i
      where i.organization_id = o.organization_id and i.order_id = o.id order by i.position)
    else array[v.name] end as titles
  from ${paidFor}
  left join orders o on o.organization_id = p.organization_id and o.id = p.order_id
  left join subscriptions s on s.organization_id = b.organization_id and s.id = b.subscription_id
  left join plan_versions v
    on v.organization_id = s.organization_id and v.plan_id = s.plan_id and v.version = s.plan_version
  where d.organization_id = ${db.organizationId}`

/** A page of the school's disputes, the newest first. */
export async function selectDisputes(
  db: Queryable,
  {
    state,
    cursor,
    limit,
  }: { state?: 'open' | 'over' | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: SchoolDispute[]; nextCursor: string | null }> {
  const rows = await db.rows<SchoolDispute>(sql`
    ${schoolDisputes(db)} ${state ? sql`and (d.closed_at is null) = ${state === 'open'}` : none}
    ${cursor ? sql`and d.id < ${cursor}` : none}
    order by d.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export function selectOptionalDispute(db: Queryable, disputeId: string): Promise<SchoolDispute | null> {
  return db.optional<SchoolDispute>(sql`
    ${schoolDisputes(db)} and d.id = ${disputeId}`)
}

export async function insertDispute(
  tx: Transaction,
  dispute: Omit<Dispute, 'orderId' | 'subscriptionId' | 'withdrawn'>,
): Promise<void> {
  await tx.run(sql`
    insert into disputes (id, organization_id, payment_id, charge_id, stripe_dispute_id, amount_minor, fee_minor, reason, status, inquiry,
      evidence_due_at, opened_at, closed_at)
    values (${dispute.id}, ${tx.organizationId}, ${dispute.paymentId}, ${dispute.chargeId}, ${dispute.stripeDisputeId}, ${dispute.amountMinor},
      ${dispute.feeMinor}, ${dispute.reason}, ${dispute.status}, ${dispute.inquiry}, ${dispute.evidenceDueAt},
      ${dispute.openedAt}, ${dispute.closedAt})`)
}

export async function updateDispute(
  tx: Transaction,
  dispute: Pick<Dispute, 'id' | 'feeMinor' | 'status' | 'inquiry' | 'evidenceDueAt' | 'closedAt'>,
): Promise<void> {
  await tx.run(sql`
    update disputes set fee_minor = ${dispute.feeMinor}, status = ${dispute.status}, inquiry = ${dispute.inquiry},
      evidence_due_at = ${dispute.evidenceDueAt}, closed_at = ${dispute.closedAt}
    where organization_id = ${tx.organizationId} and id = ${dispute.id}`)
}

export async function updateWithdrawn(tx: Transaction, disputeId: string): Promise<void> {
  await tx.run(sql`
    update disputes set withdrawn = true where organization_id = ${tx.organizationId} and id = ${disputeId}`)
}

/** What a bank holds or has taken, so that no refund gives it back as well. */
export async function updateDisputed(tx: Transaction, paymentId: string): Promise<void> {
  await tx.run(sql`
    update payments p set disputed_minor = (
      select coalesce(sum(d.amount_minor), 0) from disputes d
      where d.organization_id = p.organization_id and d.payment_id = p.id and d.withdrawn and d.status <> 'won')
    where p.organization_id = ${tx.organizationId} and p.id = ${paymentId}`)
}

/** How disputes are written down that the processor lists. */
export function selectDisputesAt(
  db: Queryable,
  stripeIds: readonly string[],
): Promise<{ stripeId: string; status: DisputeStatus }[]> {
  return db.rows<{ stripeId: string; status: DisputeStatus }>(sql`
    select stripe_dispute_id as stripe_id, status from disputes
    where organization_id = ${db.organizationId} and stripe_dispute_id = any(${[...stripeIds]}::text[])`)
}
