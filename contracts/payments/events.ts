import { z } from 'zod'
import { id, time } from '../wire.ts'
import { positivePrice, price } from '../wire-money.ts'

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
  /** Somebody may learn in courses, since they have bought them. */
  'course.purchased': z.object({
    organizationId: id,
    orderId: id,
    userId: id,
    courseIds: z.array(id),
    purchasedAt: time,
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
