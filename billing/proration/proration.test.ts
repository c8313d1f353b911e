import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Money, sum } from '@azora/contracts/money.ts'
import fc from 'fast-check'
import { addDays } from '../calendar/day.ts'
import { lengthOf } from '../calendar/period.ts'
import { deferredAt, earnedBy, earnedByMonth } from '../recognition/deferred-revenue.ts'
import { costOfChange } from './cost-of-change.ts'
import { portion } from './portion.ts'
import { type Change, chargeOf, stretchesOf } from './timeline.ts'

const zar = (amountMinor: number): Money => ({ amountMinor, currency: 'ZAR' })
const anyPeriod = fc
  .tuple(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 1, max: 400 }))
  .map(([start, days]) => {
    const from = addDays('2015-01-01', start)
    return { from, until: addDays(from, days) }
  })
const anyPrice = fc.oneof(fc.nat(1_000_000), fc.maxSafeNat()).map(zar)
const anyRule = fc.record({ dayOfChange: fc.constantFrom<('before' | 'after')[]>('before', 'after') })

/** A period, and changes of its price on days around it, in order; the first is standing when it begins. */
const anyTimeline = fc
  .tuple(
    anyPeriod,
    fc.array(fc.tuple(fc.integer({ min: -5, max: 420 }), fc.option(fc.nat(1_000_000).map(zar))), {
      maxLength: 8,
    }),
    fc.nat(1_000_000).map(zar),
  )
  .map(([period, later, first]) => {
    const changes: Change[] = later
      .sort(([a], [b]) => a - b)
      .map(([day, price]) => ({ on: addDays(period.from, Math.min(day, lengthOf(period) + 3)), price }))
    return { period, changes: [{ on: addDays(period.from, -10), price: first }, ...changes] }
  })

test('The parts of any partition of a period add up to its price.', () => {
  fc.assert(
    fc.property(anyPeriod, anyPrice, fc.array(fc.nat(400)), (period, price, cuts) => {
      const days = lengthOf(period)
      const edges = [0, days, ...cuts.map(cut => cut % days)].sort((a, b) => a - b)
      const parts = edges
        .slice(1)
        .map((until, at) =>
          portion(
            price,
            { from: addDays(period.from, edges[at] ?? 0), until: addDays(period.from, until) },
            period,
          ),
        )
      assert.deepEqual(sum(parts, 'ZAR'), price)
      assert.ok(parts.every(({ amountMinor }) => amountMinor >= 0))
    }),
  )
})

test('A part outside its period is refused, and so is one that ends before it begins.', () => {
  const june = { from: '2024-06-01', until: '2024-07-01' }
  for (const part of [
    { from: '2024-05-31', until: '2024-06-10' },
    { from: '2024-06-10', until: '2024-07-02' },
    { from: '2024-06-10', until: '2024-06-09' },
  ])
    assert.throws(() => portion(zar(100), part, june), RangeError)
})

test('What each change was said to cost adds up to what the period costs in the end.', () => {
  fc.assert(
    fc.property(anyTimeline, anyRule, ({ period, changes }, rule) => {
      const [first, ...later] = changes as [Change, ...Change[]]
      const billed = chargeOf(period, [first], rule, 'ZAR')
      const costs = later.map((next, at) => {
        const cost = costOfChange(period, changes.slice(0, at + 1), next, rule, 'ZAR')
        assert.deepEqual(
          sum(
            cost.lines.map(({ amount }) => amount),
            'ZAR',
          ),
          cost.amount,
        )
        return cost.amount
      })
      assert.deepEqual(sum([billed, ...costs], 'ZAR'), chargeOf(period, changes, rule, 'ZAR'))
    }),
  )
})

test('A change that is taken back on its day costs nothing, whatever lay between.', () => {
  fc.assert(
    fc.property(
      anyTimeline,
      fc.nat(20),
      fc.array(anyPrice, { maxLength: 3 }),
      ({ period, changes }, day, between) => {
        const on = addDays(changes.at(-1)?.on ?? period.from, day)
        const back = { on, price: changes.at(-1)?.price ?? null }
        const all = [...changes, ...between.map(price => ({ on, price })), back]
        const rule = { dayOfChange: 'after' } as const
        assert.deepEqual(chargeOf(period, all, rule, 'ZAR'), chargeOf(period, changes, rule, 'ZAR'))
      },
    ),
  )
})

test('Each day is charged at one price: stretches do not overlap and stay within the period.', () => {
  fc.assert(
    fc.property(anyTimeline, anyRule, ({ period, changes }, rule) => {
      const stretches = stretchesOf(period, changes, rule)
      let day = period.from
      for (const { from, until } of stretches) {
        assert.ok(from >= day && from < until)
        day = until
      }
      assert.ok(day <= period.until)
    }),
  )
})

test('Changes that are out of order are refused.', () => {
  const changes = [
    { on: '2024-06-10', price: zar(1) },
    { on: '2024-06-09', price: zar(2) },
  ]
  const june = { from: '2024-06-01', until: '2024-07-01' }
  assert.throws(() => stretchesOf(june, changes, { dayOfChange: 'after' }), RangeError)
})

test('Revenue is earned by the day, adds up to the amount, and what is not earned is deferred.', () => {
  fc.assert(
    fc.property(anyPeriod, anyPrice, fc.integer({ min: -20, max: 420 }), (period, amount, day) => {
      assert.deepEqual(
        sum(
          earnedByMonth(amount, period).map(month => month.amount),
          'ZAR',
        ),
        amount,
      )
      const on = addDays(period.from, day)
      const earned = earnedBy(amount, period, on)
      assert.deepEqual(sum([earned, deferredAt(amount, period, on)], 'ZAR'), amount)
      if (on <= period.from) assert.equal(earned.amountMinor, 0)
      if (on >= period.until) assert.deepEqual(earned, amount)
    }),
  )
})
