import { z } from 'zod'
import { email } from '../auth/shapes.ts'
import { operation } from '../operation.ts'
import { done, growing, id, line } from '../wire.ts'
import { tags } from './shapes.ts'

/** Courses that are bought for another person (`startCheckout` with `gift`). */
export const giftOperations = {
  getGift: operation({
    method: 'GET',
    path: '/payments/orders/{orderId}/gift',
    access: 'member',
    tags,
    summary: 'The code of a gift that you have paid, and whether it was used.',
  })
    .input(z.object({ orderId: id }))
    .output(
      z.object({
        courseId: id,
        courseTitle: z.string(),
        code: z.string(),
        /** `ended`: the money went back, or the finance office closed it. */
        state: z.enum(['open', 'redeemed', 'ended']).meta(growing),
      }),
    ),
  sendGift: operation({
    method: 'POST',
    path: '/payments/orders/{orderId}/gift/emails',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Send a gift that you have paid by email, up to five times a day.',
  })
    .input(z.object({ orderId: id, email, message: z.union([line(500), z.literal('')]).default('') }))
    .output(done),
}
