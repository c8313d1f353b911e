import type { OutputOf } from '@azora/web/calls/operations.ts'

/** A coupon as those see it who keep the school's books. */
export type SchoolCoupon = OutputOf<'payments.listCoupons'>['items'][number]
