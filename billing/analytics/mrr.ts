import type { Money } from '@azora/contracts/money.ts'
import type { Day } from '../calendar/day.ts'
import type { Interval } from '../calendar/interval.ts'
import { type Fraction, fraction, none, plus, times } from './fraction.ts'

/**
 * Monthly recurring revenue: what is agreed for a period, over the months of it. Without tax, after discounts that last,
 * without what is metered or paid once.
 */

/** From a day on a customer's subscription comes to this; null when it is not paying (trial, paused, over). */
export type MrrChange = { on: Day; price: Money | null; interval: Interval }

/** One subscription, its changes in order. */
export type MrrHistory = { customer: string; changes: readonly MrrChange[] }

/** Months of an interval. A year of 365 days has twelve, so that seven days and a week come to the same. */
const months = {
  day: fraction(12n, 365n),
  week: fraction(84n, 365n),
  month: fraction(1n, 1n),
  quarter: fraction(3n, 1n),
  year: fraction(12n, 1n),
}

/** The price of an interval by the month, exactly. */
export function monthly({ amountMinor }: Money, { unit, count }: Interval): Fraction {
  const { numerator, denominator } = months[unit]
  return fraction(BigInt(amountMinor) * denominator, numerator * BigInt(count))
}

/**
 * Which currencies count, and what a minor unit of each is worth in those of the currency that is reported. One rate for
 * all days: no movement is one of exchange, and what reconciles in each currency reconciles in all of them together.
 */
export type Worth = ReadonlyMap<string, Fraction>

/** A currency alone, as it is. */
export const only = (currency: string): Worth => new Map([[currency, fraction(1n, 1n)]])

/** What a subscription comes to when the day has ended; nothing in a currency that does not count. */
export function mrrOn({ changes }: MrrHistory, day: Day, worth: Worth): Fraction {
  const standing = changes.filter(({ on }) => on <= day).at(-1)
  const rate = standing?.price && worth.get(standing.price.currency)
  return standing?.price && rate ? times(monthly(standing.price, standing.interval), rate) : none
}

/** What each customer comes to when the day has ended, all their subscriptions together. Those of nothing are left out. */
export function mrrByCustomer(
  histories: readonly MrrHistory[],
  day: Day,
  worth: Worth,
): Map<string, Fraction> {
  const all = new Map<string, Fraction>()
  for (const history of histories) {
    const mrr = mrrOn(history, day, worth)
    if (mrr.numerator !== 0n) all.set(history.customer, plus(all.get(history.customer) ?? none, mrr))
  }
  return all
}
