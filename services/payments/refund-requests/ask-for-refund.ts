import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { lockOptionalOrder, type Order, selectOptionalOrder } from '../orders/orders.store.ts'
import { itemsOfCourses } from '../refunds/refund-items.ts'
import { stepOf } from '../stripe/stripe-amounts.ts'
import { insertOptionalRequest, withdrawRequest } from './refund-requests.store.ts'

/**
 * Ask for the money of an order back, or of some of its courses. Whose wish for courses was granted may ask for others.
 * @throws AppError `not_found` for an order of somebody else; `conflict` where it was not paid, too long ago, or asked
 * before; as `itemsOfCourses`.
 */
export function requestRefund(
  db: Database,
  by: Caller,
  { orderId, text, courseIds }: { orderId: string; text: string; courseIds?: readonly string[] | undefined },
): Promise<Order> {
  const { organizationId, userId } = by.actor
  return db.in(organizationId).transaction(async tx => {
    await lockOptionalOrder(tx, orderId)
    const order = await selectOptionalOrder(tx, orderId)
    if (order?.buyerId !== userId) throw new AppError('not_found')
    if (order.status !== 'paid') throw refusal('order_not_paid')
    const before = order.refundRequest
    if (before && (before.status !== 'approved' || before.courseIds === null))
      throw refusal('refund_requested')
    if (!order.refundableUntil || Date.parse(order.refundableUntil) < Date.now())
      throw refusal('refund_too_late')
    if (courseIds) itemsOfCourses(order, courseIds, stepOf(order.currency))
    const asked = { id: uuidv7(), orderId, text, courseIds: courseIds ?? null }
    if (!(await insertOptionalRequest(tx, asked))) throw refusal('refund_requested')
    return (await selectOptionalOrder(tx, orderId)) ?? order
  })
}

/** Take a request back. @throws AppError `not_found`; `conflict` for one that was answered. */
export function withdrawRefundRequest(
  db: Database,
  by: Caller,
  { orderId, requestId }: { orderId: string; requestId: string },
): Promise<Order> {
  const { organizationId, userId } = by.actor
  return db.in(organizationId).transaction(async tx => {
    await lockOptionalOrder(tx, orderId)
    const order = await selectOptionalOrder(tx, orderId)
    if (order?.buyerId !== userId || order.refundRequest?.id !== requestId) throw new AppError('not_found')
    if (!(await withdrawRequest(tx, { id: requestId, orderId }))) throw refusal('refund_request_over')
    return { ...order, ...(await selectOptionalOrder(tx, orderId)) }
  })
}
