import type { Money } from '@azora/contracts/money.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller, Caller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { requireAuthor } from '../prices/set-prices.ts'
import { selectCurrencies } from '../settings/settings.store.ts'
import { today } from '../tax/tax-rates.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'
import {
  type CouponRow,
  type CouponState,
  insertOptionalCoupon,
  selectCourseCoupons,
  selectOptionalCoupon,
  selectSchoolCoupons,
  updateEnded,
} from './coupons.store.ts'

type Paging = { cursor?: string | undefined; limit: number }
type Off = { basisPoints: number } | { amount: Money }

export type CouponTerms = {
  code: string
  off: Off
  validFrom: string | null
  validUntil: string | null
  mostUses: number | null
  mostPerPerson: number | null
}

function shown<T extends CouponRow>({ basisPoints, amountMinor, currency, ...coupon }: T) {
  const off: Off =
    basisPoints === null
      ? { amount: { amountMinor: amountMinor ?? 0, currency: currency ?? '' } }
      : { basisPoints }
  return { ...coupon, off }
}

/** The coupons of the school, with how they stand today and what they took off. */
export async function listCoupons(
  db: Queryable,
  wanted: Paging & { q?: string | undefined; state?: CouponState | undefined },
) {
  const { settings } = await taxSettingsOf(db)
  const found = await selectSchoolCoupons(db, { ...wanted, day: today(settings) })
  return { ...found, items: found.items.map(shown) }
}

export async function listCourseCoupons(
  db: Database,
  by: AskingCaller,
  wanted: Paging & { courseId: string },
) {
  await requireAuthor(by, wanted.courseId)
  const found = await selectCourseCoupons(db.in(by.actor.organizationId), wanted)
  return { ...found, items: found.items.map(shown) }
}

/**
 * Make a coupon.
 * @param courseIds the courses that it is for; null for all.
 * @throws AppError `coupon_code_taken`; `invalid_input` for days that end before they begin and a currency in which the
 * school does not sell.
 */
export async function createCoupon(
  db: Database,
  by: Caller,
  { courseIds, ...terms }: CouponTerms & { courseIds: string[] | null },
) {
  const { code, off, validFrom, validUntil, mostUses, mostPerPerson } = terms
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom)
    throw invalidField('validUntil', 'ends_before_it_begins')
  return db.in(by.actor.organizationId).transaction(async tx => {
    const amount = 'amount' in off ? off.amount : null
    if (amount && !(await selectCurrencies(tx)).includes(amount.currency))
      throw invalidField('off.amount.currency', 'currency_not_taken')
    const id = uuidv7()
    const made = await insertOptionalCoupon(tx, {
      id,
      code,
      basisPoints: 'basisPoints' in off ? off.basisPoints : null,
      amountMinor: amount?.amountMinor ?? null,
      currency: amount?.currency ?? null,
      courseIds: courseIds && [...new Set(courseIds)],
      validFrom,
      validUntil,
      mostUses,
      mostPerPerson,
      createdBy: by.actor.userId,
    })
    if (!made) throw refusal('coupon_code_taken')
    await recordAudit(tx, 'payments', by, {
      action: 'coupon.created',
      subject: { kind: 'coupon', id, name: code },
      details: { ...terms, courseIds },
    })
    return requireCoupon(await selectOptionalCoupon(tx, id))
  })
}

export async function createCourseCoupon(
  db: Database,
  by: AskingCaller,
  { courseId, ...terms }: CouponTerms & { courseId: string },
) {
  await requireAuthor(by, courseId)
  return createCoupon(db, by, { ...terms, courseIds: [courseId] })
}

/**
 * End a coupon; twice does no harm.
 * @param courseId for which alone it has to be, where a teacher ends it.
 * @throws AppError `not_found`
 */
export function endCoupon(db: Database, by: Caller, wanted: { couponId: string; courseId?: string }) {
  const { couponId, courseId } = wanted
  return db.in(by.actor.organizationId).transaction(async tx => {
    const before = await selectOptionalCoupon(tx, couponId)
    const isOther = courseId !== undefined && before?.courseIds?.join() !== courseId
    if (!before || isOther) throw new AppError('not_found')
    if (before.endedAt === null) {
      await updateEnded(tx, couponId)
      await recordAudit(tx, 'payments', by, {
        action: 'coupon.ended',
        subject: { kind: 'coupon', id: couponId, name: before.code },
      })
    }
    return requireCoupon(await selectOptionalCoupon(tx, couponId))
  })
}

export async function endCourseCoupon(
  db: Database,
  by: AskingCaller,
  wanted: { couponId: string; courseId: string },
) {
  await requireAuthor(by, wanted.courseId)
  return endCoupon(db, by, wanted)
}

function requireCoupon(row: CouponRow | null) {
  if (!row) throw new Error('A coupon vanished.')
  return shown(row)
}
