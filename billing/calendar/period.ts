import { Temporal } from 'temporal-polyfill'
import { addDays, type Day, daysBetween } from './day.ts'
import { type Interval, intervalsAfter } from './interval.ts'

/** Days from the first to the one before `until`, which begins the next period. */
export type Period = { from: Day; until: Day }

export const lengthOf = ({ from, until }: Period): number => daysBetween(from, until)

export const holds = ({ from, until }: Period, day: Day): boolean => from <= day && day < until

/** The period of a number: 0 begins on the anchor, -1 ends there. */
export const periodNumbered = (anchor: Day, interval: Interval, number: number): Period => ({
  from: intervalsAfter(anchor, interval, number),
  until: intervalsAfter(anchor, interval, number + 1),
})

/** Which period a day lies in, counted from the anchor. */
export function numberOfPeriod(anchor: Day, interval: Interval, day: Day): number {
  const between = Temporal.PlainDate.from(anchor).until(Temporal.PlainDate.from(day), {
    largestUnit: 'month',
  })
  const months = between.years * 12 + between.months
  const { unit, count } = interval
  const days = unit === 'week' ? 7 * count : count
  const guess =
    unit === 'day' || unit === 'week'
      ? Math.floor(daysBetween(anchor, day) / days)
      : Math.floor(months / (count * { month: 1, quarter: 3, year: 12 }[unit]))
  // Whole months are counted from the anchor's day, which a short month may not have: off by one at most.
  for (const number of [guess, guess + 1, guess - 1])
    if (holds(periodNumbered(anchor, interval, number), day)) return number + 0 // not -0
  throw new RangeError(`No period holds ${day}.`)
}

export const periodOf = (anchor: Day, interval: Interval, day: Day): Period =>
  periodNumbered(anchor, interval, numberOfPeriod(anchor, interval, day))

/** The first day that is paid for after a trial of so many days, which is the anchor of what follows. */
export const afterTrial = (startsOn: Day, days: number): Day => addDays(startsOn, days)
