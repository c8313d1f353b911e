import { type Money, subtract } from '@azora/contracts/money.ts'
import { type Day, firstOf, lastOf } from '../calendar/day.ts'
import { calendarAnchor, intervalsAfter } from '../calendar/interval.ts'
import type { Period } from '../calendar/period.ts'
import { portion } from '../proration/portion.ts'

/**
 * Revenue of a subscription is earned evenly over the days of its service, because access is used up as it is given
 * (IFRS 15, paragraph 35 a). Until then it is owed to the customer: deferred.
 */

/** What of an amount is earned once a day has ended, in whole minor units; all of it after the last day. */
export const earnedBy = (amount: Money, period: Period, until: Day): Money =>
  portion(amount, { from: period.from, until: firstOf(lastOf(until, period.from), period.until) }, period)

/** What is still owed. */
export const deferredAt = (amount: Money, period: Period, until: Day): Money =>
  subtract(amount, earnedBy(amount, period, until))

/** What is earned in each month of the calendar, in order. The parts add up to the amount. */
export function earnedByMonth(amount: Money, period: Period): (Period & { amount: Money })[] {
  const months: (Period & { amount: Money })[] = []
  for (let from = period.from; from < period.until; ) {
    const next = intervalsAfter(calendarAnchor(from, 'month'), { unit: 'month', count: 1 }, 1)
    const until = firstOf(next, period.until)
    months.push({ from, until, amount: portion(amount, { from, until }, period) })
    from = until
  }
  return months
}
