import type { Day } from '@azora/billing/calendar/day.ts'
import { type Coupon, holdsFor, refusalOf } from '@azora/billing/coupons/coupon.ts'
import { type Money, sum } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import { type CouponRow, countUsesBy, selectOptionalCurrent } from './coupons.store.ts'

/** A coupon as the rules of billing have it. */
const couponOf = (row: CouponRow): Coupon => ({
  code: row.code,
  off:
    row.basisPoints === null
      ? { kind: 'amount', amount: { amountMinor: row.amountMinor ?? 0, currency: row.currency ?? '' } }
      : { kind: 'percentage', ratio: { numerator: row.basisPoints, denominator: 10_000 } },
  periods: 1,
  items: row.courseIds,
  minimum: null,
  mostRedemptions: row.mostUses,
  from: row.validFrom,
  until: row.validUntil,
})

type Use = {
  code: string
  userId: string
  /** What is bought, and what each part of it costs; one at least. */
  parts: readonly { courseId: string; price: Money }[]
  day: Day
}

/**
 * The coupon of a code, where this person may use it today for one of the courses at least. Before an order is made by it, its row is held
 * (`lockCurrent`); to quote a price it is looked at as it is.
 *
 * @throws AppError `conflict` with why it cannot be used: `coupon_unknown`, `coupon_expired`, `coupon_used_up`, …
 */
export async function usableCoupon(
  db: Queryable,
  { code, userId, parts, day }: Use,
): Promise<{ id: string; coupon: Coupon }> {
  const row = await selectOptionalCurrent(db, code)
  if (!row) throw refusal('coupon_unknown')
  const coupon = couponOf(row)
  const held = parts
    .filter(({ courseId, price }) => holdsFor(coupon, courseId) && price.amountMinor > 0)
    .map(({ price }) => price)
  const [first] = held
  const refused = refusalOf(coupon, day, row.uses, first ? sum(held, first.currency) : null)
  if (refused) throw refusal(refused)
  if (row.mostPerPerson !== null && (await countUsesBy(db, row.id, userId)) >= row.mostPerPerson)
    throw refusal('coupon_used_by_you')
  return { id: row.id, coupon }
}
