import type { LineInput } from '@azora/billing/invoices/invoice.ts'
import { costOfInterval } from '@azora/billing/proration/change-of-interval.ts'
import { costOfChange, type ProrationLine } from '@azora/billing/proration/cost-of-change.ts'
import type { Effect, Subscription } from '@azora/billing/subscriptions/subscription.ts'
import { planOfTerms, prorationRule } from './terms-of-plan.ts'

/**
 * What a transition puts on a bill. What is told beforehand and what is billed both come from here.
 * @param after the subscription as the transition leaves it
 */
export function linesOf(effects: readonly Effect[], after: Subscription): LineInput[] {
  const { planId: item } = planOfTerms(after.terms)
  const { currency } = after.terms.price
  const prorated = (
    { code, from, until, days, ofDays, amount }: ProrationLine,
    begun: string,
  ): LineInput => ({
    item,
    quantity: 1,
    amount,
    category: 'standard',
    because: { code, from, until, days, ofDays },
    // What is not used comes back at the rate at which it was billed.
    ...(code === 'unused_time' ? { suppliedOn: begun } : {}),
  })
  const whole = (from: string, until: string): LineInput => ({
    item,
    quantity: 1,
    amount: after.terms.price,
    category: 'standard',
    because: { code: 'period', from, until },
  })
  return effects.flatMap((one): LineInput[] => {
    switch (one.effect) {
      case 'invoice_period':
        return [whole(one.period.from, one.period.until)]
      case 'prorate': {
        const { lines } = costOfChange(one.period, one.changes, one.next, prorationRule, currency)
        return lines.map(line => prorated(line, one.period.from))
      }
      case 'change_interval': {
        const { on, terms, period, changes } = one
        const next = { on, price: terms.price, interval: terms.interval }
        const cost = costOfInterval(period, changes, next, prorationRule)
        return [
          ...cost.unused.map(line => prorated(line, period.from)),
          whole(cost.period.from, cost.period.until),
        ]
      }
      default:
        return []
    }
  })
}

/** What the first bill asks for. */
export const firstLines = (begun: Subscription): LineInput[] =>
  linesOf([{ effect: 'invoice_period', period: begun.period }], begun)
