import { eachAlone } from '@azora/kit/each-alone.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { selectPendingRefunds } from '../orders/payments.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { pursueRefund } from '../refunds/refund-order.ts'
import {
  deleteOldEvents,
  selectOldOpenOrders,
  selectOldRefunds,
  type ToSettle,
} from './stripe-events.store.ts'

/** An order and its refunds, as Stripe has them now. */
export async function settle(tools: OrderTools, { organizationId, orderId }: ToSettle): Promise<void> {
  try {
    await settleOrder(tools, organizationId, orderId)
  } catch (failure) {
    // An event of an order that this installation does not have, such as one from before it was restored.
    if (failure instanceof AppError && failure.code === 'not_found') return
    throw failure
  }
  const pending = await selectPendingRefunds(tools.db.in(organizationId), orderId)
  await eachAlone(pending, refundId => pursueRefund(tools, organizationId, refundId), 'refunds are open')
}

/** What a webhook that never came would have told. */
export async function settleOld(tools: OrderTools): Promise<void> {
  const { across } = tools.db
  const unsettled = [...(await selectOldOpenOrders(across)), ...(await selectOldRefunds(across))]
  await eachAlone(unsettled, one => settle(tools, one), 'orders were not looked at')
}

export const forgetOldEvents = ({ db }: OrderTools): Promise<void> => deleteOldEvents(db.across)
