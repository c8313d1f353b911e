import type { revenueOperations } from '@azora/contracts/payments/revenue.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { recurringRevenue, revenueChurn, revenueCohorts, revenueMovements } from './revenue.ts'

/** What subscriptions bring, for those who keep the school's books. */
export function revenueRoutes({ db, stripe }: OrderTools): Handlers<typeof revenueOperations> {
  const school = (context: RequestContext) => db.in(actorOf(context).organizationId)
  const which = { sandbox: stripe.sandbox }
  return {
    getRecurringRevenue: (asked, context) => recurringRevenue(school(context), asked, which),
    getRevenueMovements: (asked, context) => revenueMovements(school(context), asked, which),
    getRevenueChurn: (asked, context) => revenueChurn(school(context), asked, which),
    getRevenueCohorts: (asked, context) => revenueCohorts(school(context), asked, which),
  }
}
