import { add, type Money } from '@azora/contracts/money.ts'
import { addDays, type Day } from '../calendar/day.ts'
import { type Interval, intervalsAfter } from '../calendar/interval.ts'
import type { Period } from '../calendar/period.ts'
import { costOfChange, type ProrationLine } from './cost-of-change.ts'
import type { Change, ProrationRule } from './timeline.ts'

/**
 * From monthly to yearly, say: what was billed ends on the day of the change, its rest is credited, and a period of the
 * new interval begins at its full price. Its first day is a new anchor.
 */
export function costOfInterval(
  period: Period,
  changes: readonly Change[],
  next: { on: Day; price: Money; interval: Interval },
  rule: ProrationRule,
): { amount: Money; period: Period; unused: ProrationLine[] } {
  const ended = costOfChange(period, changes, { on: next.on, price: null }, rule, next.price.currency)
  const paidThatDay = rule.dayOfChange === 'before'
  const from = paidThatDay ? addDays(next.on, 1) : next.on
  return {
    amount: add(ended.amount, next.price),
    period: { from, until: intervalsAfter(from, next.interval, 1) },
    unused: ended.lines,
  }
}
