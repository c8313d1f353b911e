import { type Money, sum } from '@azora/contracts/money.ts'
import { addDays, type Day, firstOf, lastOf } from '../calendar/day.ts'
import type { Period } from '../calendar/period.ts'
import { portion } from './portion.ts'

/**
 * What was agreed, and since when: the price of a whole period from a day on; null when nothing is charged (paused,
 * cancelled, not yet begun). A trial is a price of zero. In the order in which it happened, so that what came later on
 * the same day stands later.
 */
export type Change = { on: Day; price: Money | null }

/** What stands when something else is agreed: what was to begin on a later day does not begin. */
export const changedBy = (changes: readonly Change[], next: Change): Change[] => [
  ...changes.filter(({ on }) => on <= next.on),
  next,
]

/**
 * Whom the day of a change belongs to.
 *
 * - `before`: to what stood when the day began, or to what began that day when nothing did. A first and a last day both
 *   count, so that something cancelled on the day it began was used for a day.
 * - `after`: to what stands when the day ends. A day on which something was cancelled is not paid for.
 */
export type ProrationRule = { dayOfChange: 'before' | 'after' }

/** Days at one price, and what they cost. */
export type Stretch = Period & { price: Money; charge: Money }

function priceOn(day: Day, changes: readonly Change[], rule: ProrationRule): Money | null {
  const standing = (some: readonly Change[]) => some.at(-1)?.price ?? null
  if (rule.dayOfChange === 'after') return standing(changes.filter(({ on }) => on <= day))
  const atDawn = standing(changes.filter(({ on }) => on < day))
  return atDawn ?? standing(changes.filter(({ on, price }) => on === day && price !== null))
}

/**
 * The stretches of a period at one price each. Those for which nothing is charged are left out.
 * @throws RangeError when the changes are not in order
 */
export function stretchesOf(period: Period, changes: readonly Change[], rule: ProrationRule): Stretch[] {
  if (changes.some(({ on }, at) => on < (changes[at - 1]?.on ?? on)))
    throw new RangeError('Changes are given in the order in which they happened.')
  const edges = [period.from, period.until, ...changes.flatMap(({ on }) => [on, addDays(on, 1)])]
  const days = [...new Set(edges.map(day => firstOf(lastOf(day, period.from), period.until)))].sort()
  const stretches: Stretch[] = []
  for (const [at, from] of days.slice(0, -1).entries()) {
    const price = priceOn(from, changes, rule)
    const until = days[at + 1] as Day
    const last = stretches.at(-1)
    if (price === null) continue
    const joins = last?.until === from && sameAmount(last.price, price)
    if (joins) stretches.pop()
    const whole = { from: joins ? last.from : from, until }
    stretches.push({ ...whole, price, charge: portion(price, whole, period) })
  }
  return stretches
}

/** What a period costs in all. */
export const chargeOf = (period: Period, changes: readonly Change[], rule: ProrationRule, currency: string) =>
  sum(
    stretchesOf(period, changes, rule).map(({ charge }) => charge),
    currency,
  )

const sameAmount = (a: Money, b: Money) => a.amountMinor === b.amountMinor && a.currency === b.currency
