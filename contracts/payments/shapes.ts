import { z } from 'zod'
import { growing, id, time } from '../wire.ts'
import { currencyCode, positivePrice, price } from '../wire-money.ts'

/** The shapes that the contracts of payments share. */

export const tags: [string] = ['payments']

export const currencies = z.array(currencyCode).min(1).max(20)

/**
 * How an order stands. `open`: its buyer may pay it. `paid`: the money is certain, and what was bought is theirs.
 * `expired`: nobody paid it in time. `refunded`: all that was paid went back.
 */
export const orderStatus = z.enum(['open', 'paid', 'expired', 'refunded'])

export const refundReason = z.enum(['requested_by_buyer', 'duplicate', 'fraudulent', 'other']).meta(growing)

const refund = z.object({
  id,
  amount: positivePrice,
  /** `pending` until the processor has sent it; `failed` where the bank did not take it back. */
  status: z.enum(['pending', 'succeeded', 'failed']),
  reason: refundReason,
  note: z.string(),
  /** The courses that were chosen; null where it is of an amount. */
  courseIds: z.array(id).nullable(),
  createdAt: time,
})

/** Courses of an order whose money is to go back. */
export const coursesToRefund = z.array(id).min(1).max(50)

/** `open` until the finance office answers, or its buyer takes it back. */
export const refundRequestStatus = z.enum(['open', 'approved', 'declined', 'withdrawn']).meta(growing)

/** A buyer's wish to have their money back. */
export const refundRequest = z.object({
  id,
  status: refundRequestStatus,
  text: z.string(),
  /** The courses that the buyer wants to give back; null for all that was bought. */
  courseIds: z.array(id).nullable(),
  /** What the school says to it. */
  answer: z.string(),
  createdAt: time,
  answeredAt: time.nullable(),
})

/**
 * `refundable` neither went back nor is on its way. `paidTwice`: another order of its buyer, paid while this one was open,
 * has the course too.
 */
export const orderItem = z.object({
  courseId: id,
  title: z.string(),
  price,
  refundable: price,
  paidTwice: z.boolean(),
})

export const order = z.object({
  id,
  /** A deposit buys nothing: its money is in the buyer's wallet. */
  kind: z.enum(['purchase', 'deposit']).meta(growing),
  /** Whether it is for another person, who gets it by a code (`getGift`). */
  gift: z.boolean(),
  status: orderStatus,
  items: z.array(orderItem),
  /** What the items are together; null where they are none. */
  bundle: z.object({ bundleId: id, title: z.string() }).nullable(),
  /** Nothing, where a coupon took all of it off. */
  total: price,
  /** The code of the coupon that it was made with. */
  coupon: z.string().nullable(),
  /** What of the total is tax. */
  tax: price,
  /** What of it went back, or is on its way. */
  refunded: price,
  refunds: z.array(refund),
  /** Its invoice once it is paid, and a credit note for each refund. */
  documents: z.array(
    z.object({
      id,
      kind: z.enum(['invoice', 'credit_note']).meta(growing),
      number: z.string(),
      total: price,
      issuedOn: z.iso.date(),
    }),
  ),
  /** What a bank holds of it, or has taken for the buyer. */
  disputed: price,
  /** Until when its buyer may ask for the money back; null where they may not. */
  refundableUntil: time.nullable(),
  refundRequest: refundRequest.nullable(),
  createdAt: time,
  /** Until when an open order can be paid. */
  expiresAt: time,
  paidAt: time.nullable(),
  /** Where it is paid, while it is open. */
  checkoutUrl: z.url().nullable(),
  /** Whether the money was the sandbox's, which is none. */
  sandbox: z.boolean(),
})
