import { z } from 'zod'
import { growing, id, time } from '../wire.ts'
import { positivePrice, price } from '../wire-money.ts'

/** What opened courses, or what ended and opens them no more. */
const accessSource = z.enum(['order', 'subscription', 'seat', 'free_seat', 'gift']).meta(growing)

const item = z.object({ courseId: id, instructorId: id.nullable(), price: positivePrice })

/** The events of payments. Each is of one school, and told once for one fact. */
export const paymentsEvents = {
  /** What a course costs from now on, whole. A lower revision than one already heard is out of date. */
  'course.priced': z.object({
    courseId: id,
    organizationId: id,
    revision: z.number().int(),
    prices: z.array(positivePrice),
  }),
  /** Money has come, for certain. `fee` is what the processor keeps of it; null while it has not said so. */
  'payment.processed': z.object({
    paymentId: id,
    organizationId: id,
    orderId: id,
    /** Null where the buyer's account is gone. */
    userId: id.nullable(),
    amount: positivePrice,
    fee: price.nullable(),
    items: z.array(item),
    sandbox: z.boolean(),
    processedAt: time,
  }),
  /**
   * Somebody may learn in courses that were not open to them before. `revision` counts what is told of the access of one
   * person: a lower one than one already heard for a course is out of date.
   */
  'course.purchased': z.object({
    organizationId: id,
    /** Null where it was no order that opened them. */
    orderId: id.nullable(),
    userId: id,
    courseIds: z.array(id),
    source: accessSource,
    revision: z.number().int(),
    purchasedAt: time,
  }),
  /** Nothing that was paid opens these courses to them any more. `revision` as in `course.purchased`. */
  'course.access_ended': z.object({
    organizationId: id,
    userId: id,
    courseIds: z.array(id),
    source: accessSource,
    revision: z.number().int(),
    endedAt: time,
  }),
  /** Money has gone back. `whole`: with it all that was paid for the order has. */
  'refund.processed': z.object({
    refundId: id,
    paymentId: id,
    organizationId: id,
    orderId: id,
    userId: id.nullable(),
    amount: positivePrice,
    whole: z.boolean(),
    items: z.array(item),
    sandbox: z.boolean(),
    processedAt: time,
  }),
}
