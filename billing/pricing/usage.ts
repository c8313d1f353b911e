import { dayAt } from '../calendar/day.ts'
import { holds, type Period } from '../calendar/period.ts'

/** Something that was metered. The same id again is the same record, sent twice. */
export type UsageRecord = { id: string; at: Date; quantity: number }

/** `sum` for what is used up (calls), `max` for what is held at once (learners), `last` for what is kept (storage). */
export type Aggregation = 'sum' | 'max' | 'last'

/** The quantity of a period, whose days are those of the time zone. Nothing recorded is nothing used. */
export function usageOf(
  records: readonly UsageRecord[],
  how: Aggregation,
  period: Period,
  timeZone: string,
): number {
  const once = new Map(records.map(record => [record.id, record]))
  const within = [...once.values()].filter(({ at }) => holds(period, dayAt(at, timeZone)))
  if (within.some(({ quantity }) => !Number.isSafeInteger(quantity) || quantity < 0))
    throw new RangeError('A metered quantity is a whole number of zero or more.')
  if (how === 'last') return within.sort((a, b) => a.at.getTime() - b.at.getTime()).at(-1)?.quantity ?? 0
  const join = (a: number, b: number) => (how === 'sum' ? a + b : Math.max(a, b))
  const quantity = within.reduce((all, record) => join(all, record.quantity), 0)
  if (!Number.isSafeInteger(quantity)) throw new RangeError('More was used than a number can hold exactly.')
  return quantity
}
