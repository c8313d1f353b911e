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
  orderId: string
  intentId: string
  amountMinor: number
  currency: string
  processedAt: string
  /** Refunds that came to the buyer. */
  refundedMinor: number
  /** Disputes, and what banks hold or have taken by them. */
  disputes: number
  disputedMinor: number
  /** Its money is in a wallet: what left again is booked there, and not about the payment. */
  isDeposit: boolean
}

const knownPayments = (db: Queryable): Sql => sql`
  select p.id, p.order_id, p.stripe_payment_intent_id as intent_id, p.amount_minor, o.currency, p.processed_at, p.disputed_minor,
    coalesce((select sum(r.amount_minor) from refunds r
      where r.organization_id = p.organization_id and r.payment_id = p.id and r.status = 'succeeded'), 0)::bigint as refunded_minor,
    (select count(*) from disputes d where d.organization_id = p.organization_id and d.payment_id = p.id)::int as disputes,
    o.about like 'deposit:%' as is_deposit
  from payments p join orders o on o.organization_id = p.organization_id and o.id = p.order_id
  where p.organization_id = ${db.organizationId}`

export function selectPaymentsOfIntents(
  db: Queryable,
  intentIds: readonly string[],
): Promise<KnownPayment[]> {
  return db.rows<KnownPayment>(sql`
    ${knownPayments(db)}
      and p.stripe_payment_intent_id = any(${[...intentIds]}::text[])`)
}

/** A page of what was paid in a time, in the order of the ids. */
export function selectPaymentsBetween(
  db: Queryable,
  { from, until, sandbox }: { from: string; until: string; sandbox: boolean },
  after: string | null,
  limit: number,
): Promise<KnownPayment[]> {
  return db.rows<KnownPayment>(sql`
    ${knownPayments(db)} and p.processed_at >= ${from}
      and p.processed_at < ${until} and o.sandbox = ${sandbox} and p.stripe_payment_intent_id is not null
      ${after ? sql`and p.id > ${after}` : none}
    order by p.id limit ${limit}`)
}
