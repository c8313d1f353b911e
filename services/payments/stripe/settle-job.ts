import { eachAlone } from '@azora/kit/each-alone.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { updateChecked } from '../orders/orders.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { pursueRefund } from '../refunds/refund-order.ts'
import { selectPendingRefunds } from '../refunds/refunds.store.ts'
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
  const school = tools.db.in(organizationId)
  const pending = await selectPendingRefunds(school, orderId)
  // As for open orders: those that wait for days must not keep the sweep from the others.
  if (pending.length > 0) await updateChecked(school, orderId)
  await eachAlone(pending, refundId => pursueRefund(tools, organizationId, refundId), 'refunds are open')
}

// The next sweep is a minute later, and where Stripe does not answer, asking about one order takes that long.
const sweepsForMs = 45_000

/** What a webhook that never came would have told. */
export async function settleOld(tools: OrderTools): Promise<void> {
  const endsAt = Date.now() + sweepsForMs
  const { across } = tools.db
  const unsettled = [...(await selectOldOpenOrders(across)), ...(await selectOldRefunds(across))]
  const look = async (one: ToSettle) => {
    if (Date.now() < endsAt) await settle(tools, one)
  }
  await eachAlone(unsettled, look, 'orders were not looked at')
}

export const forgetOldEvents = ({ db }: OrderTools): Promise<void> => deleteOldEvents(db.across)
