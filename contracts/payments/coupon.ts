import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, pageOf, paging, time } from '../wire.ts'
import { positivePrice, price } from '../wire-money.ts'
import { tags } from './shapes.ts'

/** Typed in small letters or with spaces around it, it is the same code. */
export const couponCode = z
  .string()
  .overwrite(text => text.trim().toUpperCase())
  .regex(/^[A-Z0-9-]{3,40}$/)

/** A share of the price, in hundredths of a per cent, or an amount in one currency. */
const off = z.union([
  z.object({ basisPoints: z.number().int().min(1).max(10_000) }),
  z.object({ amount: positivePrice }),
])

const terms = z.object({
  code: couponCode,
  off,
  validFrom: z.iso.date().nullable(),
  /** The first day on which it cannot be used any more. */
  validUntil: z.iso.date().nullable(),
  mostUses: z.number().int().min(1).max(1_000_000).nullable(),
  mostPerPerson: z.number().int().min(1).max(1000).nullable(),
})

const coupon = terms.extend({
  id,
  /** The courses that it holds for; null for all of the school. */
  courseIds: z.array(id).nullable(),
  /** How often it was used, orders that are open among them. */
  uses: z.number().int(),
  createdAt: time,
  endedAt: time.nullable(),
})

/** How a coupon stands today. `used_up` while all of its uses are taken, by open orders too. */
const couponState = z.enum(['active', 'upcoming', 'expired', 'used_up', 'ended']).meta(growing)

/** A coupon as those see it who keep the school's books. */
const schoolCoupon = coupon.extend({
  state: couponState,
  /** The courses that it holds for, as they are called; null for all of the school. */
  courses: z.array(z.object({ courseId: id, title: z.string() })).nullable(),
  /** What it took off of orders that were paid, by currency. */
  discounts: z.array(price),
})

/** What lowers a price. */
export const couponOperations = {
  listCourseCoupons: operation({
    method: 'GET',
    path: '/payments/courses/{courseId}/coupons',
    access: 'course.author',
    tags,
    summary: 'The coupons for a course that you teach, the newest first.',
  })
    .input(z.object({ courseId: id, ...paging }))
    .output(pageOf(coupon)),
  createCourseCoupon: operation({
    method: 'POST',
    path: '/payments/courses/{courseId}/coupons',
    access: 'course.author',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Make a coupon for a course that you teach.',
  })
    .input(terms.extend({ courseId: id }))
    .output(coupon),
  endCourseCoupon: operation({
    method: 'DELETE',
    path: '/payments/courses/{courseId}/coupons/{couponId}',
    access: 'course.author',
    interactive: true,
    tags,
    summary: 'End a coupon for a course that you teach. Orders that were made with it stay as they are.',
  })
    .input(z.object({ courseId: id, couponId: id }))
    .output(coupon),
  listCoupons: operation({
    method: 'GET',
    path: '/payments/coupons',
    access: 'payments.read',
    tags,
    summary: 'The coupons of the school, the newest first.',
  })
    .input(
      z.object({
        /** A part of the code. */
        q: z.string().trim().max(40).optional(),
        state: couponState.optional(),
        ...paging,
      }),
    )
    .output(pageOf(schoolCoupon)),
  createCoupon: operation({
    method: 'POST',
    path: '/payments/coupons',
    access: 'office:finance',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Make a coupon for some courses of the school, or for all.',
  })
    .input(terms.extend({ courseIds: z.array(id).min(1).max(200).nullable() }))
    .output(coupon),
  endCoupon: operation({
    method: 'DELETE',
    path: '/payments/coupons/{couponId}',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'End a coupon. Orders that were made with it stay as they are.',
  })
    .input(z.object({ couponId: id }))
    .output(coupon),
}
