import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

export type SeatKind = 'free' | 'account' | 'gift'

export type SeatPool = {
  id: string
  kind: SeatKind
  courseId: string
  courseTitle: string
  name: string
  seats: number
  taken: number
  givenBy: string | null
  giverName: string | null
  institutionId: string | null
  orderId: string | null
  /** The code that several people may use, sealed. */
  codeSealed: string | null
  endsAt: string | null
  closedAt: string | null
  createdAt: string
}

/** Columns of `seat_pools p`. */
const columns: Sql = sql`
  p.id, p.kind, p.course_id, p.course_title, p.name, p.seats, p.taken, p.given_by, p.giver_name, p.institution_id,
  p.order_id, p.code_sealed, p.ends_at, p.closed_at, p.created_at`

export function selectOptionalPool(db: Queryable, poolId: string): Promise<SeatPool | null> {
  return db.optional<SeatPool>(sql`
    select ${columns} from seat_pools p where p.organization_id = ${db.organizationId} and p.id = ${poolId}`)
}

/** Hold a pool until the transaction ends, so that its seats are taken and given back one after another. */
export function lockOptionalPool(tx: Transaction, poolId: string): Promise<SeatPool | null> {
  return tx.optional<SeatPool>(sql`
    select ${columns} from seat_pools p
    where p.organization_id = ${tx.organizationId} and p.id = ${poolId} for update`)
}

/** Those that an order has paid for, one for each of its courses. */
export function selectPoolsOfOrder(db: Queryable, orderId: string): Promise<SeatPool[]> {
  return db.rows<SeatPool>(sql`
    select ${columns} from seat_pools p
    where p.organization_id = ${db.organizationId} and p.order_id = ${orderId} order by p.id`)
}

type Found = {
  courseId?: string
  kind?: SeatKind
  institutionId?: string
  cursor?: string | undefined
  limit: number
}

/** A page of pools, the newest first. */
export async function selectPools(
  db: Queryable,
  { courseId, kind, institutionId, cursor, limit }: Found,
): Promise<{ items: SeatPool[]; nextCursor: string | null }> {
  const rows = await db.rows<SeatPool>(sql`
    select ${columns} from seat_pools p
    where p.organization_id = ${db.organizationId}
    ${courseId ? sql`and p.course_id = ${courseId}` : none}
    ${kind ? sql`and p.kind = ${kind}` : none}
    ${institutionId ? sql`and p.institution_id = ${institutionId}` : none}
    ${cursor ? sql`and p.id < ${cursor}` : none}
    order by p.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export type NewPool = Omit<SeatPool, 'taken' | 'codeSealed' | 'closedAt' | 'createdAt'>

export async function insertPool(tx: Transaction, pool: NewPool): Promise<void> {
  await tx.run(sql`
    insert into seat_pools (id, organization_id, kind, course_id, course_title, name, seats, given_by, giver_name,
      institution_id, order_id, ends_at)
    values (${pool.id}, ${tx.organizationId}, ${pool.kind}, ${pool.courseId}, ${pool.courseTitle}, ${pool.name},
      ${pool.seats}, ${pool.givenBy}, ${pool.giverName}, ${pool.institutionId}, ${pool.orderId}, ${pool.endsAt})`)
}

export async function updatePoolCode(
  tx: Transaction,
  poolId: string,
  code: { hash: string; sealed: string },
): Promise<void> {
  await tx.run(sql`
    update seat_pools set code_hash = ${code.hash}, code_sealed = ${code.sealed}
    where organization_id = ${tx.organizationId} and id = ${poolId}`)
}

/** Count seats that were taken, or given back with less than zero. The pool is to be held. */
export async function countTaken(tx: Transaction, poolId: string, change: number): Promise<void> {
  await tx.run(sql`
    update seat_pools set taken = taken + ${change}::int
    where organization_id = ${tx.organizationId} and id = ${poolId}`)
}

export async function updatePoolClosed(tx: Transaction, poolId: string): Promise<void> {
  await tx.run(sql`
    update seat_pools set closed_at = now()
    where organization_id = ${tx.organizationId} and id = ${poolId} and closed_at is null`)
}

/** Give seats of a closed pool again. */
export async function updatePoolReopened(tx: Transaction, poolId: string): Promise<void> {
  await tx.run(sql`
    update seat_pools set closed_at = null where organization_id = ${tx.organizationId} and id = ${poolId}`)
}
