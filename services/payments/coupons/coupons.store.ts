import type { Money } from '@azora/contracts/money.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

export type CouponRow = {
  id: string
  code: string
  basisPoints: number | null
  amountMinor: number | null
  currency: string | null
  courseIds: string[] | null
  validFrom: string | null
  validUntil: string | null
  mostUses: number | null
  mostPerPerson: number | null
  createdAt: string
  endedAt: string | null
  uses: number
}

/** Columns of `coupons c`. */
const couponColumns: Sql = sql`
  c.id, c.code, c.basis_points, c.amount_minor, c.currency, c.course_ids, c.valid_from::text, c.valid_until::text,
  c.most_uses, c.most_per_person, c.created_at, c.ended_at,
  (select count(*)::int from coupon_uses u
    where u.organization_id = c.organization_id and u.coupon_id = c.id and u.released_at is null) as uses`

/** The coupon that a code stands for now. */
export function selectOptionalCurrent(db: Queryable, code: string): Promise<CouponRow | null> {
  return db.optional<CouponRow>(sql`
    select ${couponColumns} from coupons c
    where c.organization_id = ${db.organizationId} and c.code = ${code} and c.ended_at is null`)
}

export function selectOptionalCoupon(db: Queryable, couponId: string): Promise<CouponRow | null> {
  return db.optional<CouponRow>(sql`
    select ${couponColumns} from coupons c
    where c.organization_id = ${db.organizationId} and c.id = ${couponId}`)
}

/** Hold the coupon of a code until the transaction ends, so that its uses are counted one after another. */
export async function lockCurrent(tx: Transaction, code: string): Promise<void> {
  await tx.run(sql`
    select from coupons where organization_id = ${tx.organizationId} and code = ${code} and ended_at is null for update`)
}

/** Those that are for this course alone. */
export async function selectCourseCoupons(
  db: Queryable,
  { courseId, cursor, limit }: { courseId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: CouponRow[]; nextCursor: string | null }> {
  const rows = await db.rows<CouponRow>(sql`
    select ${couponColumns} from coupons c
    where c.organization_id = ${db.organizationId}
    and c.course_ids = ${[courseId]}::uuid[]
    ${cursor ? sql`and c.id < ${cursor}` : none}
    order by c.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** A coupon for those who keep the books. */
export type SchoolCouponRow = CouponRow & {
  state: CouponState
  courses: { courseId: string; title: string }[] | null
  discounts: Money[]
}

export type CouponState = 'active' | 'upcoming' | 'expired' | 'used_up' | 'ended'

/** @param day today, at the school's clocks */
export async function selectSchoolCoupons(
  db: Queryable,
  {
    q,
    state,
    day,
    cursor,
    limit,
  }: {
    q?: string | undefined
    state?: CouponState | undefined
    day: string
    cursor?: string | undefined
    limit: number
  },
): Promise<{ items: SchoolCouponRow[]; nextCursor: string | null }> {
  const rows = await db.rows<SchoolCouponRow>(sql`
    select * from (
      select ${couponColumns},
        case when c.ended_at is not null then 'ended'
          when c.valid_until <= ${day}::date then 'expired'
          when c.valid_from > ${day}::date then 'upcoming'
          when c.most_uses <= (select count(*) from coupon_uses u where u.organization_id = c.organization_id
            and u.coupon_id = c.id and u.released_at is null) then 'used_up'
          else 'active' end as state,
        case when c.course_ids is not null then (
          select coalesce(json_agg(json_build_object('courseId', k.id, 'title', k.title) order by k.title, k.id), '[]')
          from courses k where k.organization_id = c.organization_id and k.id = any(c.course_ids)) end as courses,
        coalesce((select json_agg(json_build_object('amountMinor', d.amount, 'currency', d.currency) order by d.currency)
          from (select o.currency, -sum((o.pricing -> 'invoice' -> 'discount' ->> 'amountMinor')::bigint) as amount
            from coupon_uses u join orders o on o.organization_id = u.organization_id and o.id = u.order_id
            where u.organization_id = c.organization_id and u.coupon_id = c.id and o.paid_at is not null
            group by o.currency) as d where d.amount > 0), '[]') as discounts
      from coupons c where c.organization_id = ${db.organizationId}
      ${q ? sql`and position(upper(${q}) in c.code) > 0` : none}
    ) as c where true
    ${state ? sql`and c.state = ${state}` : none}
    ${cursor ? sql`and c.id < ${cursor}` : none}
    order by c.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export type NewCoupon = Omit<CouponRow, 'createdAt' | 'endedAt' | 'uses'> & { createdBy: string }

/** @returns false where the code stands for another one now. */
export async function insertOptionalCoupon(tx: Transaction, coupon: NewCoupon): Promise<boolean> {
  const made = await tx.run(sql`
    insert into coupons (organization_id, id, code, basis_points, amount_minor, currency, course_ids, valid_from,
      valid_until, most_uses, most_per_person, created_by)
    values (${tx.organizationId}, ${coupon.id}, ${coupon.code}, ${coupon.basisPoints}, ${coupon.amountMinor},
      ${coupon.currency}, ${coupon.courseIds}::uuid[], ${coupon.validFrom}, ${coupon.validUntil}, ${coupon.mostUses},
      ${coupon.mostPerPerson}, ${coupon.createdBy})
    on conflict (organization_id, code) where ended_at is null do nothing`)
  return made === 1
}

export async function updateEnded(tx: Transaction, couponId: string): Promise<void> {
  await tx.run(sql`
    update coupons set ended_at = now()
    where organization_id = ${tx.organizationId} and id = ${couponId} and ended_at is null`)
}

export async function countUsesBy(db: Queryable, couponId: string, userId: string): Promise<number> {
  const { count } = await db.one<{ count: number }>(sql`
    select count(*)::int from coupon_uses
    where organization_id = ${db.organizationId} and coupon_id = ${couponId} and user_id = ${userId}
      and released_at is null`)
  return count
}

export async function insertUse(
  tx: Transaction,
  use: { orderId: string; couponId: string; userId: string },
): Promise<void> {
  await tx.run(sql`
    insert into coupon_uses (organization_id, order_id, coupon_id, user_id)
    values (${tx.organizationId}, ${use.orderId}, ${use.couponId}, ${use.userId})`)
}
