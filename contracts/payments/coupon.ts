import { z } from 'zod'
import { operation } from '../operation.ts'
import { id, pageOf, paging, time } from '../wire.ts'
import { positivePrice } from '../wire-money.ts'
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
    .input(z.object(paging))
    .output(pageOf(coupon)),
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
