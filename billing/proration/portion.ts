import { type Money, multiply, subtract } from '@azora/contracts/money.ts'
import { type Day, daysBetween } from '../calendar/day.ts'
import { lengthOf, type Period } from '../calendar/period.ts'

/**
 * The part of a period's amount that belongs to some of its days: what is due up to the last of them, less what was due
 * before the first, each rounded once. So the parts of any partition add up to the amount, whatever was rounded, and no
 * cent depends on how often something changed.
 *
 * @param part lies within the period
 */
export function portion(amount: Money, part: Period, period: Period): Money {
  const denominator = lengthOf(period)
  const upTo = (day: Day) => {
    const numerator = daysBetween(period.from, day)
    if (numerator < 0 || numerator > denominator) throw new RangeError(`${day} is outside the period.`)
    return multiply(amount, { numerator, denominator }, 'half_up')
  }
  if (part.until < part.from) throw new RangeError('A part of a period does not end before it begins.')
  return subtract(upTo(part.until), upTo(part.from))
}
