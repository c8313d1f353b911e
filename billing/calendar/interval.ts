import { Temporal } from 'temporal-polyfill'
import type { Day } from './day.ts'

/** How often something is billed: each month, every two weeks. */
export type Interval = { unit: 'day' | 'week' | 'month' | 'quarter' | 'year'; count: number }

const steps = {
  day: (count: number) => ({ days: count }),
  week: (count: number) => ({ days: 7 * count }),
  month: (count: number) => ({ months: count }),
  quarter: (count: number) => ({ months: 3 * count }),
  year: (count: number) => ({ months: 12 * count }),
}

/**
 * The day that is `times` intervals after the anchor; before it when negative. A month without the anchor's day gives
 * its last one, and the next month the anchor's day again (31 January, 29 February, 31 March), because each is counted
 * from the anchor and never from the one before.
 */
export function intervalsAfter(anchor: Day, { unit, count }: Interval, times: number): Day {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new RangeError('An interval is a whole number of units.')
  return Temporal.PlainDate.from(anchor)
    .add(steps[unit](count * times), { overflow: 'constrain' })
    .toString()
}

/**
 * The anchor of periods that follow the calendar: the first day of the month, quarter or year, or the Monday of the week
 * (ISO 8601), that a day lies in. What starts in the middle pays for the rest of its first period.
 */
export function calendarAnchor(day: Day, unit: Interval['unit']): Day {
  const date = Temporal.PlainDate.from(day)
  if (unit === 'day') return day
  if (unit === 'week') return date.subtract({ days: date.dayOfWeek - 1 }).toString()
  const first = date.with({ day: 1 })
  if (unit === 'year') return first.with({ month: 1 }).toString()
  return unit === 'month' ? first.toString() : first.subtract({ months: (first.month - 1) % 3 }).toString()
}
