import type { ProrationRule } from '@azora/billing/proration/timeline.ts'
import type { Terms } from '@azora/billing/subscriptions/subscription.ts'
import type { Plan } from '../plans/plans.store.ts'

/** A first and a last day both count, so that what is told of a change does not depend on its hour. */
export const prorationRule: ProrationRule = { dayOfChange: 'before' }

/** What is agreed when somebody takes a plan in a currency; null where it is not sold in that. */
export function termsOfPlan(
  { id, version, prices, interval }: Pick<Plan, 'id' | 'version' | 'prices' | 'interval'>,
  currency: string,
): Terms | null {
  const price = prices.find(one => one.currency === currency)
  return price
    ? {
        plan: `${id}:${version}`,
        seats: 1,
        price: { amountMinor: price.amountMinor, currency: price.currency },
        interval,
      }
    : null
}

/** The plan and version that terms are of. */
export function planOfTerms({ plan }: Pick<Terms, 'plan'>): { planId: string; version: number } {
  const [planId = '', version = ''] = plan.split(':')
  return { planId, version: Number(version) }
}
