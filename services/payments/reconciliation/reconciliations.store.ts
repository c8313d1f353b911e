import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

export type Reconciliation = {
  id: string
  fromAt: string
  untilAt: string
  sandbox: boolean
  status: 'running' | 'done' | 'failed'
  startedAt: string
  endedAt: string | null
} & Counts

export type Counts = {
  charges: number
  refunds: number
  disputes: number
  repaired: number
  differences: number
}

const columns = sql`
  id, from_at, until_at, sandbox, status, started_at, ended_at, charges, refunds, disputes, repaired, differences`

export function selectOptionalReconciliation(db: Queryable, id: string): Promise<Reconciliation | null> {
  return db.optional<Reconciliation>(
    sql`select ${columns} from reconciliations where organization_id = ${db.organizationId} and id = ${id}`,
  )
}

export function selectOptionalRunning(db: Queryable): Promise<Reconciliation | null> {
  return db.optional<Reconciliation>(sql`
    select ${columns} from reconciliations where organization_id = ${db.organizationId} and status = 'running'`)
}

export async function selectReconciliations(
  db: Queryable,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: Reconciliation[]; nextCursor: string | null }> {
  const rows = await db.rows<Reconciliation>(sql`
    select ${columns} from reconciliations where organization_id = ${db.organizationId}
    ${cursor ? sql`and id < ${cursor}` : none} order by id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** What was left behind by processes that died in the last attempt. */
export async function endForgotten(tx: Transaction): Promise<void> {
  await tx.run(sql`
    update reconciliations set status = 'failed', ended_at = now()
    where organization_id = ${tx.organizationId} and status = 'running' and started_at < now() - interval '6 hours'`)
}

/** @returns false where one is under way. */
export async function insertOptionalReconciliation(
  tx: Transaction,
  { id, fromAt, untilAt, sandbox }: Pick<Reconciliation, 'id' | 'fromAt' | 'untilAt' | 'sandbox'>,
): Promise<boolean> {
  const made = await tx.run(sql`
    insert into reconciliations (id, organization_id, from_at, until_at, sandbox)
    values (${id}, ${tx.organizationId}, ${fromAt}, ${untilAt}, ${sandbox})
    on conflict (organization_id) where status = 'running' do nothing`)
  return made === 1
}

export async function endReconciliation(
  db: Queryable,
  id: string,
  status: 'done' | 'failed',
  counts: Counts,
): Promise<void> {
  await db.run(sql`
    update reconciliations set status = ${status}, ended_at = now(), charges = ${counts.charges}, refunds = ${counts.refunds},
      disputes = ${counts.disputes}, repaired = ${counts.repaired}, differences = ${counts.differences}
    where organization_id = ${db.organizationId} and id = ${id} and status = 'running'`)
}

/** Schools with orders since then, or with open differences. */
export function selectSellingSchools(db: Unscoped, since: string): Promise<{ organizationId: string }[]> {
  return db.rows<{ organizationId: string }>(sql`
    select distinct organization_id from orders where created_at >= ${since}
    union select organization_id from subscription_charges where created_at >= ${since}
    union select organization_id from differences where settled_at is null`)
}

export type KnownPayment = {
  id: string
  /** What was paid: an order, or by a charge a bill of a subscription. */
  orderId: string | null
  chargeId: string | null
  subscriptionId: string | null
  intentId: string
  amountMinor: number
  currency: string
  processedAt: string
  /** Refunds that came to the buyer. */
  refundedMinor: number
  /** Disputes, and what banks hold or have taken by them. */
  disputes: number
  disputedMinor: number
  /** What of that is booked about the payment. Of a deposit, a refund that was asked for here is booked in its wallet. */
  goneMinor: number
}

const refundedOf = (
  what: Sql,
  which: Sql = none,
): Sql => sql`coalesce((select sum(r.amount_minor) from refunds r
  where r.organization_id = ${what} and r.status = 'succeeded' ${which}), 0)::bigint`

/** The charges of subscriptions are booked about their bills, whose ids they have here. */
const knownPayments = (db: Queryable): Sql => sql`
  select k.* from (
    select p.id, p.order_id, null::uuid as charge_id, null::uuid as subscription_id,
      p.stripe_payment_intent_id as intent_id, p.amount_minor, o.currency, o.sandbox, p.processed_at, p.disputed_minor,
      ${refundedOf(sql`p.organization_id and r.payment_id = p.id`)} as refunded_minor,
      p.disputed_minor + ${refundedOf(sql`p.organization_id and r.payment_id = p.id`, sql`and (r.made_at_stripe or coalesce(o.about, '') not like 'deposit:%')`)} as gone_minor,
      (select count(*) from disputes d where d.organization_id = p.organization_id and d.payment_id = p.id)::int as disputes
    from payments p join orders o on o.organization_id = p.organization_id and o.id = p.order_id
    where p.organization_id = ${db.organizationId}
    union all
    select b.id, null, c.id, b.subscription_id, c.stripe_payment_intent_id, b.due_minor, b.currency, s.sandbox, b.paid_at,
      c.disputed_minor, ${refundedOf(sql`c.organization_id and r.charge_id = c.id`)},
      c.disputed_minor + ${refundedOf(sql`c.organization_id and r.charge_id = c.id`)},
      (select count(*) from disputes d where d.organization_id = c.organization_id and d.charge_id = c.id)::int
    from subscription_charges c
    join subscription_bills b on b.organization_id = c.organization_id and b.id = c.bill_id
    join subscriptions s on s.organization_id = b.organization_id and s.id = b.subscription_id
    where c.organization_id = ${db.organizationId} and c.status = 'succeeded'
  ) as k where true`

export function selectPaymentsOfIntents(
  db: Queryable,
  intentIds: readonly string[],
): Promise<KnownPayment[]> {
  return db.rows<KnownPayment>(sql`
    ${knownPayments(db)}
      and k.intent_id = any(${[...intentIds]}::text[])`)
}

/** A page of what was paid in a time, in the order of the ids. */
export function selectPaymentsBetween(
  db: Queryable,
  { from, until, sandbox }: { from: string; until: string; sandbox: boolean },
  after: string | null,
  limit: number,
): Promise<KnownPayment[]> {
  return db.rows<KnownPayment>(sql`
    ${knownPayments(db)} and k.processed_at >= ${from}
      and k.processed_at < ${until} and k.sandbox = ${sandbox} and k.intent_id is not null
      ${after ? sql`and k.id > ${after}` : none}
    order by k.id limit ${limit}`)
}
