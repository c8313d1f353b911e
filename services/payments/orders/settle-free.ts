import { AppError } from '@azora/kit/errors.ts'
import type { OrderTools } from './order-tools.ts'
import { lockOptionalOrder, type Order, selectOptionalOrder } from './orders.store.ts'
import { takeAsFree } from './take-as-paid.ts'

/** Settle an order that comes to nothing, since a coupon took all of it off: no processor is asked. Safe to repeat. */
export async function settleFree(tools: OrderTools, organizationId: string, orderId: string): Promise<Order> {
  const school = tools.db.in(organizationId)
  await school.transaction(async tx => {
    const held = await lockOptionalOrder(tx, orderId)
    const order = await selectOptionalOrder(tx, orderId)
    if (held?.status === 'open' && order?.totalMinor === 0)
      await takeAsFree(tx, order, new Date().toISOString(), tools)
  })
  const settled = await selectOptionalOrder(school, orderId)
  if (!settled) throw new AppError('not_found')
  return settled
}
