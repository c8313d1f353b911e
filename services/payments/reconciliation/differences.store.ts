import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { none, sql } from '@azora/kit/sql.ts'
import { v7 as uuidv7 } from 'uuid'

export type DifferenceKind =
  | 'unknown_order'
  | 'order_not_paid'
  | 'amount_differs'
  | 'missing_at_processor'
  | 'refunds_differ'
  | 'disputes_differ'
  | 'ledger_differs'
  | 'paid_twice'

export type Difference = {
  id: string
  kind: DifferenceKind
  orderId: string | null
  subscriptionId: string | null
  reference: string
  currency: string
  expectedMinor: number
  foundMinor: number
  firstSeenAt: string
  lastSeenAt: string
  settledAt: string | null
  note: string
}

const columns = sql`
  id, kind, order_id, subscription_id, reference, currency, expected_minor, found_minor, first_seen_at, last_seen_at, settled_at, note`

export function selectOptionalDifference(db: Queryable, id: string): Promise<Difference | null> {
  return db.optional<Difference>(
    sql`select ${columns} from differences where organization_id = ${db.organizationId} and id = ${id}`,
  )
}

export async function selectDifferences(
  db: Queryable,
  {
    state,
    cursor,
    limit,
  }: { state?: 'open' | 'settled' | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: Difference[]; nextCursor: string | null }> {
  const rows = await db.rows<Difference>(sql`
    select ${columns} from differences where organization_id = ${db.organizationId}
    ${state ? sql`and (settled_at is null) = ${state === 'open'}` : none}
    ${cursor ? sql`and id < ${cursor}` : none} order by id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export type Seen = {
  kind: DifferenceKind
  orderId: string | null
  subscriptionId: string | null
  reference: string
  aboutAt: string
  /** What the processor has. */
  expected: Money
  /** What is written down, or booked, here. */
  foundMinor: number
}

/** A difference that was seen: a new one, or one that is open already. What a person has settled as it is stays settled. */
export async function upsertDifference(db: Queryable, seen: Seen): Promise<void> {
  const { amountMinor, currency } = seen.expected
  await db.run(sql`
    insert into differences (id, organization_id, kind, order_id, subscription_id, reference, about_at, currency, expected_minor, found_minor)
    select ${uuidv7()}::uuid, ${db.organizationId}::uuid, ${seen.kind}, ${seen.orderId}::uuid, ${seen.subscriptionId}::uuid, ${seen.reference},
      ${seen.aboutAt}::timestamptz, ${currency}, ${amountMinor}::bigint, ${seen.foundMinor}::bigint
    where not exists (select from differences d where d.organization_id = ${db.organizationId} and d.kind = ${seen.kind}
      and d.reference = ${seen.reference} and d.settled_by is not null and d.expected_minor = ${amountMinor}::bigint
      and d.found_minor = ${seen.foundMinor}::bigint)
    on conflict (organization_id, kind, reference) where settled_at is null do update set
      last_seen_at = clock_timestamp(), expected_minor = excluded.expected_minor, found_minor = excluded.found_minor`)
}

/** Those since then that were not found again. The processor's clock may be ahead, so there is no end to it. */
export async function settleVanished(
  db: Queryable,
  { fromAt, startedAt }: { fromAt: string; startedAt: string },
): Promise<void> {
  await db.run(sql`
    update differences set settled_at = now()
    where organization_id = ${db.organizationId} and settled_at is null and about_at >= ${fromAt}
      and last_seen_at < ${startedAt}`)
}

export async function countOpenDifferences(db: Queryable): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`
    select count(*)::int as n from differences where organization_id = ${db.organizationId} and settled_at is null`)
  return n
}

/** @returns false for one that is settled already. */
export async function settleDifference(
  db: Queryable,
  { id, note, by }: { id: string; note: string; by: string },
): Promise<boolean> {
  const changed = await db.run(sql`
    update differences set settled_at = now(), settled_by = ${by}, note = ${note}
    where organization_id = ${db.organizationId} and id = ${id} and settled_at is null`)
  return changed === 1
}
