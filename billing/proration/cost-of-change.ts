import { type Money, negate, sum } from '@azora/contracts/money.ts'
import { type Day, lastOf } from '../calendar/day.ts'
import { lengthOf, type Period } from '../calendar/period.ts'
import { portion } from './portion.ts'
import { type Change, changedBy, type ProrationRule, type Stretch, stretchesOf } from './timeline.ts'

/** Days that were billed and will not be used, or that will be used and were not billed. */
export type ProrationLine = {
  code: 'unused_time' | 'remaining_time'
  from: Day
  until: Day
  days: number
  ofDays: number
  price: Money
  /** Less than zero for unused time. */
  amount: Money
}

const lineOf = (
  code: ProrationLine['code'],
  { from, until, price }: Stretch,
  period: Period,
): ProrationLine => {
  const amount = portion(price, { from, until }, period)
  return {
    code,
    from,
    until,
    days: lengthOf({ from, until }),
    ofDays: lengthOf(period),
    price,
    amount: code === 'unused_time' ? negate(amount) : amount,
  }
}

/**
 * What a change costs in a period that was billed as it stood: what the period costs with the change, less what it costs
 * without. Told beforehand and billed by this one function, so both are the same to the cent; and up and down again on
 * one day comes to nothing.
 *
 * @param changes as billed, in order
 * @param next what is added to them. After the last day of the period it costs nothing here; before the first, when a
 * period was billed that begins later (`costOfInterval`), nothing of what was billed is used.
 * @returns the amount, which is less than zero for a credit, and the lines that add up to it
 */
export function costOfChange(
  period: Period,
  changes: readonly Change[],
  next: Change,
  rule: ProrationRule,
  currency: string,
): { amount: Money; lines: ProrationLine[] } {
  const was = stretchesOf(period, changes, rule)
  const willBe = stretchesOf(period, changedBy(changes, next), rule)
  const differs = firstDifference(was, willBe, period)
  // A stretch that began earlier counts from the day on which it differs.
  const from = (stretches: Stretch[]) =>
    stretches
      .filter(({ until }) => until > differs)
      .map(stretch => ({ ...stretch, from: lastOf(stretch.from, differs) }))
  const lines = [
    ...from(was).map(stretch => lineOf('unused_time', stretch, period)),
    ...from(willBe).map(stretch => lineOf('remaining_time', stretch, period)),
  ]
  return {
    amount: sum(
      lines.map(({ amount }) => amount),
      currency,
    ),
    lines,
  }
}

/** The first day that costs something else; the end of the period when none does. */
function firstDifference(a: readonly Stretch[], b: readonly Stretch[], period: Period): Day {
  const at = (stretches: readonly Stretch[], day: Day) =>
    stretches.find(({ from, until }) => from <= day && day < until)?.price.amountMinor
  const edges = [...a, ...b].flatMap(({ from, until }) => [from, until])
  const days = edges.filter(day => day < period.until).sort()
  return days.find(day => at(a, day) !== at(b, day)) ?? period.until
}
