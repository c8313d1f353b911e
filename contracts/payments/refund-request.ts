import { z } from 'zod'
import { operation } from '../operation.ts'
import { id, pageOf, paging, time } from '../wire.ts'
import { positivePrice, price } from '../wire-money.ts'
import { coursesToRefund, order, orderItem, refundRequest, refundRequestStatus, tags } from './shapes.ts'

/** A request as the school sees it. */
const schoolRequest = refundRequest.extend({
  orderId: id,
  titles: z.array(z.string()),
  /** What was bought, with what of each can still go back. */
  items: z.array(orderItem),
  buyer: z.object({ id, name: z.string() }).nullable(),
  total: positivePrice,
  refunded: price,
  paidAt: time,
  sandbox: z.boolean(),
})

const answer = z.string().trim().max(1000)

/** Buyers ask for money back; the finance office answers. */
export const refundRequestOperations = {
  requestRefund: operation({
    method: 'POST',
    path: '/payments/orders/{orderId}/refund-requests',
    access: 'member',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Ask the school for the money of an order back.',
    description: 'Once for each order, while `refundableUntil` has not passed.',
  })
    .input(
      z.object({
        orderId: id,
        text: z.string().trim().min(1).max(1000),
        /** The courses to give back; all of the order, without it. */
        courseIds: coursesToRefund.optional(),
      }),
    )
    .output(order),
  withdrawRefundRequest: operation({
    method: 'DELETE',
    path: '/payments/orders/{orderId}/refund-requests/{requestId}',
    access: 'member',
    interactive: true,
    tags,
    summary: 'Take a request for a refund back that was not answered yet.',
  })
    .input(z.object({ orderId: id, requestId: id }))
    .output(order),
  listRefundRequests: operation({
    method: 'GET',
    path: '/payments/refund-requests',
    access: 'payments.read',
    tags,
    summary: 'What buyers ask to have back, the oldest open one first.',
  })
    .input(z.object({ status: refundRequestStatus.optional(), ...paging }))
    .output(pageOf(schoolRequest)),
  approveRefundRequest: operation({
    method: 'POST',
    path: '/payments/refund-requests/{requestId}/approval',
    access: 'office:finance',
    interactive: true,
    stepUp: true,
    tags,
    summary:
      'Give the buyer the money back: what was asked for, an amount, or what is left of single courses.',
  })
    .input(
      z.object({
        requestId: id,
        /** What was asked for, without it and `courseIds`. */
        amount: positivePrice.optional(),
        courseIds: coursesToRefund.optional(),
        answer: answer.default(''),
      }),
    )
    .output(schoolRequest),
  declineRefundRequest: operation({
    method: 'POST',
    path: '/payments/refund-requests/{requestId}/refusal',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Say no to a request, with the reason.',
  })
    .input(z.object({ requestId: id, answer: answer.min(1) }))
    .output(schoolRequest),
}
