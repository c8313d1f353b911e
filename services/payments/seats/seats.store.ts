import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'
import { v7 as uuidv7 } from 'uuid'
import type { SeatKind } from './seat-pools.store.ts'

export type Seat = {
  id: string
  poolId: string
  courseId: string
  status: 'invited' | 'claimed' | 'withdrawn'
  email: string | null
  userId: string | null
  holderName: string | null
  createdAt: string
  claimedAt: string | null
}

/** Columns of `seats s`. */
const columns: Sql = sql`
  s.id, s.pool_id, s.course_id, s.status, s.email, s.user_id, s.holder_name, s.created_at, s.claimed_at`

/** What a code stands for: the seat of one who was invited, or any of a pool. */
export type CodeTarget = { organizationId: string; poolId: string; seatId: string | null }

/** In whichever school: who holds a code may not have signed in yet. */
export function selectOptionalTarget(db: Unscoped, codeHash: string): Promise<CodeTarget | null> {
  return db.optional<CodeTarget>(sql`
    select organization_id, id as pool_id, null::uuid as seat_id from seat_pools where code_hash = ${codeHash}
    union all
    select organization_id, pool_id, id as seat_id from seats where code_hash = ${codeHash}`)
}

export function selectOptionalSeat(db: Queryable, seatId: string): Promise<Seat | null> {
  return db.optional<Seat>(sql`
    select ${columns} from seats s where s.organization_id = ${db.organizationId} and s.id = ${seatId}`)
}

/** The seat of a pool that was made last, as of a gift, which has one. */
export function selectLastSeat(db: Queryable, poolId: string): Promise<Seat | null> {
  return db.optional<Seat>(sql`
    select ${columns} from seats s
    where s.organization_id = ${db.organizationId} and s.pool_id = ${poolId} order by s.id desc limit 1`)
}

/** The seat that a person has in a course. */
export function selectOptionalClaimed(
  db: Queryable,
  { userId, courseId }: { userId: string; courseId: string },
): Promise<Seat | null> {
  return db.optional<Seat>(sql`
    select ${columns} from seats s
    where s.organization_id = ${db.organizationId} and s.user_id = ${userId} and s.course_id = ${courseId}
      and s.status = 'claimed'`)
}

/** Whether a seat of a pool was taken back from a person. */
export async function hasLost(
  db: Queryable,
  { userId, poolId }: { userId: string; poolId: string },
): Promise<boolean> {
  const { lost } = await db.one<{ lost: boolean }>(sql`
    select exists (select from seats s
      where s.organization_id = ${db.organizationId} and s.pool_id = ${poolId} and s.user_id = ${userId}
        and s.status = 'withdrawn') as lost`)
  return lost
}

/** A page of the seats of a pool that are kept or taken, the newest first. */
export async function selectSeats(
  db: Queryable,
  { poolId, cursor, limit }: { poolId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: Seat[]; nextCursor: string | null }> {
  const rows = await db.rows<Seat>(sql`
    select ${columns} from seats s
    where s.organization_id = ${db.organizationId} and s.pool_id = ${poolId} and s.status <> 'withdrawn'
    ${cursor ? sql`and s.id < ${cursor}` : none}
    order by s.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export type OwnSeat = { id: string; kind: SeatKind; courseId: string; courseTitle: string; claimedAt: string }

/** A page of the seats that a person has, the newest first. */
export async function selectOwnSeats(
  db: Queryable,
  { userId, cursor, limit }: { userId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: OwnSeat[]; nextCursor: string | null }> {
  const rows = await db.rows<OwnSeat>(sql`
    select s.id, p.kind, s.course_id, p.course_title, s.claimed_at
    from seats s join seat_pools p on p.organization_id = s.organization_id and p.id = s.pool_id
    where s.organization_id = ${db.organizationId} and s.user_id = ${userId} and s.status = 'claimed'
    ${cursor ? sql`and s.id < ${cursor}` : none}
    order by s.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** Keep a seat for each address that is not in the pool yet. @returns the new seats */
export async function insertInvited(
  tx: Transaction,
  pool: { id: string; courseId: string },
  emails: readonly string[],
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    insert into seats (id, organization_id, pool_id, course_id, status, email)
    select id, ${tx.organizationId}::uuid, ${pool.id}::uuid, ${pool.courseId}::uuid, 'invited', email
    from unnest(${emails.map(() => uuidv7())}::uuid[], ${[...emails]}::text[]) as n (id, email)
    on conflict (organization_id, pool_id, email) where status <> 'withdrawn' do nothing returning id`)
  return rows.map(({ id }) => id)
}

type Holder = { userId: string; name: string; at: string }

export async function insertClaimed(
  tx: Transaction,
  pool: { id: string; courseId: string },
  { userId, name, at }: Holder,
): Promise<string> {
  const id = uuidv7()
  await tx.run(sql`
    insert into seats (id, organization_id, pool_id, course_id, status, user_id, holder_name, claimed_at)
    values (${id}, ${tx.organizationId}, ${pool.id}, ${pool.courseId}, 'claimed', ${userId}, ${name}, ${at})`)
  return id
}

export async function updateClaimed(
  tx: Transaction,
  seatId: string,
  { userId, name, at }: Holder,
): Promise<void> {
  await tx.run(sql`
    update seats set status = 'claimed', user_id = ${userId}, holder_name = ${name}, claimed_at = ${at}
    where organization_id = ${tx.organizationId} and id = ${seatId} and status = 'invited'`)
}

/** The address of one that is taken back is of no use any more. */
export async function updateWithdrawn(tx: Transaction, seatId: string, at: string): Promise<void> {
  await tx.run(sql`
    update seats set status = 'withdrawn', withdrawn_at = ${at}, email = null
    where organization_id = ${tx.organizationId} and id = ${seatId} and status <> 'withdrawn'`)
}

/** Take back every invitation of a pool that waits. @returns how many there were */
export function withdrawInvited(tx: Transaction, poolId: string, at: string): Promise<number> {
  return tx.run(sql`
    update seats set status = 'withdrawn', withdrawn_at = ${at}, email = null
    where organization_id = ${tx.organizationId} and pool_id = ${poolId} and status = 'invited'`)
}

/** Give an invited seat its code; an earlier one ends. @returns the seat as it waits, null where it does not */
export function storeSeatCode(db: Queryable, seatId: string, codeHash: string): Promise<Seat | null> {
  return db.optional<Seat>(sql`
    update seats s set code_hash = ${codeHash}
    where s.organization_id = ${db.organizationId} and s.id = ${seatId} and s.status = 'invited'
    returning ${columns}`)
}

/** The seats of a pool that people have. */
export async function selectClaimedIds(db: Queryable, poolId: string): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select id from seats
    where organization_id = ${db.organizationId} and pool_id = ${poolId} and status = 'claimed' order by id`)
  return rows.map(({ id }) => id)
}

/** Somebody has a seat again that was taken back from them. */
export async function updateRestored(tx: Transaction, seatId: string): Promise<void> {
  await tx.run(sql`
    update seats set status = 'claimed', withdrawn_at = null
    where organization_id = ${tx.organizationId} and id = ${seatId} and status = 'withdrawn'`)
}
