import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, dayAt, daysBetween, startOf } from './day.ts'
import { calendarAnchor, type Interval, intervalsAfter } from './interval.ts'
import { holds, lengthOf, numberOfPeriod, periodNumbered, periodOf } from './period.ts'

const anyDay = fc.integer({ min: 0, max: 20_000 }).map(days => addDays('2000-01-01', days))
const anyInterval: fc.Arbitrary<Interval> = fc.record({
  unit: fc.constantFrom('day', 'week', 'month', 'quarter', 'year'),
  count: fc.integer({ min: 1, max: 30 }),
})

const firsts = (anchor: string, interval: Interval, count: number) =>
  Array.from({ length: count }, (_, number) => periodNumbered(anchor, interval, number).from)

test('A month without the day of the anchor ends on its last, and the next has the day again.', () => {
  const monthly = { unit: 'month', count: 1 } as const
  assert.deepEqual(firsts('2024-01-31', monthly, 5), [
    '2024-01-31',
    '2024-02-29',
    '2024-03-31',
    '2024-04-30',
    '2024-05-31',
  ])
  const quarterly = { unit: 'quarter', count: 1 } as const
  assert.deepEqual(firsts('2024-11-30', quarterly, 4), [
    '2024-11-30',
    '2025-02-28',
    '2025-05-30',
    '2025-08-30',
  ])
})

test('A year that begins on a leap day begins on the 28th until there is one again.', () => {
  const yearly = { unit: 'year', count: 1 } as const
  assert.deepEqual(firsts('2024-02-29', yearly, 5), [
    '2024-02-29',
    '2025-02-28',
    '2026-02-28',
    '2027-02-28',
    '2028-02-29',
  ])
})

test('Periods that follow the calendar begin on a first, or on a Monday.', () => {
  assert.equal(calendarAnchor('2024-05-20', 'quarter'), '2024-04-01')
  assert.equal(calendarAnchor('2024-12-31', 'quarter'), '2024-10-01')
  assert.equal(calendarAnchor('2024-05-20', 'month'), '2024-05-01')
  assert.equal(calendarAnchor('2024-05-20', 'year'), '2024-01-01')
  assert.equal(calendarAnchor('2024-06-02', 'week'), '2024-05-27')
  assert.equal(calendarAnchor('2024-05-20', 'day'), '2024-05-20')
})

test('A day is told by the clocks of the school, on days when they change too.', () => {
  assert.equal(dayAt(new Date('2024-06-30T22:30:00Z'), 'Africa/Johannesburg'), '2024-07-01')
  assert.equal(dayAt(new Date('2024-10-27T22:30:00Z'), 'Europe/Berlin'), '2024-10-27')
  assert.equal(startOf('2024-06-01', 'Africa/Johannesburg').toISOString(), '2024-05-31T22:00:00.000Z')
  // Midnight of this day did not exist in Cairo.
  assert.equal(startOf('2024-04-26', 'Africa/Cairo').toISOString(), '2024-04-25T22:00:00.000Z')
  assert.equal(daysBetween('2024-03-09', '2024-03-11'), 2)
})

test('A day that does not exist is refused, and so is an interval of nothing.', () => {
  assert.throws(() => daysBetween('2023-02-29', '2023-03-01'), RangeError)
  for (const count of [0, -1, 1.5])
    assert.throws(() => intervalsAfter('2024-01-01', { unit: 'month', count }, 1), RangeError)
})

test('Every day lies in one period, and periods follow one another without a gap.', () => {
  fc.assert(
    fc.property(anyDay, anyInterval, anyDay, (anchor, interval, day) => {
      const number = numberOfPeriod(anchor, interval, day)
      const period = periodOf(anchor, interval, day)
      assert.ok(holds(period, day) && lengthOf(period) > 0)
      assert.equal(periodNumbered(anchor, interval, number + 1).from, period.until)
      assert.equal(periodNumbered(anchor, interval, number - 1).until, period.from)
    }),
  )
})
