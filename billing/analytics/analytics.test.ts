import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sum } from '@azora/contracts/money.ts'
import fc from 'fast-check'
import { addDays } from '../calendar/day.ts'
import { minorRate, rateFrom } from '../exchange/exchange.ts'
import { fraction, inMinorUnits, inMinorUnitsOf, minus, none, plus, total } from './fraction.ts'
import { differenceOf, monthOf, movementKinds, movementsBetween, shown } from './movements.ts'
import { type MrrChange, type MrrHistory, mrrOn, only } from './mrr.ts'
import { churnBetween, cohorts, lifetimeValue } from './retention.ts'

const monthly = { unit: 'month', count: 1 } as const
const change = (
  on: string,
  amountMinor: number | null,
  interval: MrrChange['interval'] = monthly,
): MrrChange => ({
  on,
  price: amountMinor === null ? null : { amountMinor, currency: 'ZAR' },
  interval,
})
const of = (customer: string, ...changes: MrrChange[]): MrrHistory => ({ customer, changes })

/** A school of five: one stays, one grows, one shrinks, one leaves and comes back, one is new. */
const school = [
  of('stays', change('2026-01-10', 10_000)),
  of('grows', change('2026-01-10', 10_000), change('2026-06-10', 15_000)),
  of('shrinks', change('2026-01-10', 12_000), change('2026-06-20', 30_000, { unit: 'quarter', count: 1 })),
  of('returns', change('2026-01-10', 9_000), change('2026-03-05', null), change('2026-06-05', 9_000)),
  of('new', change('2026-06-15', 100_000, { unit: 'year', count: 1 })),
]
const june = monthOf('2026-06')

const anyHistory: fc.Arbitrary<MrrHistory[]> = fc.array(
  fc.record({
    customer: fc.constantFrom('a', 'b', 'c', 'd'),
    changes: fc
      .array(
        fc.record({
          on: fc.nat(200).map(days => addDays('2026-01-01', days)),
          price: fc.option(fc.nat(100_000).map(amountMinor => ({ amountMinor, currency: 'ZAR' }))),
          interval: fc.record({
            unit: fc.constantFrom<MrrChange['interval']['unit'][]>('day', 'week', 'month', 'quarter', 'year'),
            count: fc.integer({ min: 1, max: 13 }),
          }),
        }),
        { maxLength: 6 },
      )
      .map(changes => changes.sort((a, b) => (a.on < b.on ? -1 : a.on === b.on ? 0 : 1))),
  }),
  { maxLength: 8 },
)
const anyDays = fc
  .array(fc.integer({ min: -10, max: 220 }), { minLength: 3, maxLength: 3 })
  .map(days => days.sort((a, b) => a - b).map(day => addDays('2026-01-01', day)) as [string, string, string])

test('A month of movements is told by kind.', () => {
  const { opening, closing, ...moves } = shown(
    movementsBetween(school, june.from, june.to, only('ZAR')),
    'ZAR',
  )
  const minor = Object.fromEntries(
    Object.entries(moves).map(([kind, { amountMinor }]) => [kind, amountMinor]),
  )
  assert.deepEqual(minor, {
    new: 8_333,
    expansion: 5_000,
    contraction: -2_000,
    churn: 0,
    reactivation: 9_000,
  })
  assert.deepEqual([opening.amountMinor, closing.amountMinor], [32_000, 52_333])
  const march = shown(movementsBetween(school, '2026-02-28', '2026-03-31', only('ZAR')), 'ZAR')
  assert.equal(march.churn.amountMinor, -9_000)
})

test('Movements between any two days reconcile to nothing, exactly and as shown.', () => {
  fc.assert(
    fc.property(anyHistory, anyDays, (histories, [from, , to]) => {
      const movements = movementsBetween(histories, from, to, only('ZAR'))
      assert.deepEqual(differenceOf(movements), none)
      const { opening, closing, ...moves } = shown(movements, 'ZAR')
      assert.deepEqual(sum([opening, ...movementKinds.map(kind => moves[kind])], 'ZAR'), closing)
      assert.deepEqual(movements.closing, total(histories.map(one => mrrOn(one, to, only('ZAR')))))
    }),
  )
})

test('Movements of two stretches of days add up to those of both, kind by kind.', () => {
  fc.assert(
    fc.property(anyHistory, anyDays, (histories, [from, between, to]) => {
      const whole = movementsBetween(histories, from, to, only('ZAR'))
      const first = movementsBetween(histories, from, between, only('ZAR'))
      const second = movementsBetween(histories, between, to, only('ZAR'))
      for (const kind of movementKinds) assert.deepEqual(plus(first[kind], second[kind]), whole[kind], kind)
    }),
  )
})

test('Movements of several currencies reconcile in one of them, at the rate of a day.', () => {
  const inDollars = (histories: readonly MrrHistory[]) =>
    histories.map(({ customer, changes }) => ({
      customer,
      changes: changes.map(one => ({ ...one, price: one.price && { ...one.price, currency: 'USD' } })),
    }))
  const about = { from: 'USD', to: 'ZAR', on: '2026-06-01', source: 'a central bank' }
  const anyRate = fc.integer({ min: 1, max: 10 ** 9 }).map(number => rateFrom(`${number}`, about))
  fc.assert(
    fc.property(anyHistory, anyHistory, anyDays, anyRate, (a, b, [from, , to], rate) => {
      const worth = new Map([...only('ZAR'), ['USD', minorRate(rate)] as const])
      const both = movementsBetween([...inDollars(a), ...b], from, to, worth)
      assert.deepEqual(differenceOf(both), none)
      const each = [...inDollars(a), ...b].map(one => mrrOn(one, to, worth))
      assert.deepEqual(both.closing, total(each))
      const { opening, closing, ...moves } = shown(both, 'ZAR')
      assert.deepEqual(sum([opening, ...movementKinds.map(kind => moves[kind])], 'ZAR'), closing)
    }),
  )
  const rate = minorRate(rateFrom('0.002', { ...about, from: 'JPY', to: 'KWD' }))
  // 1,000 yen by the month are 2 dinars, of a thousand parts each.
  const yen = of('y', { on: '2026-02-01', price: { amountMinor: 1_000, currency: 'JPY' }, interval: monthly })
  const kwd = shown(movementsBetween([yen], '2026-01-01', '2026-03-01', new Map([['JPY', rate]])), 'KWD')
  assert.deepEqual(kwd.new, { amountMinor: 2_000, currency: 'KWD' })
})

test('Subscriptions of another currency are not among the revenue of this one.', () => {
  const dollars = of('d', {
    on: '2026-01-01',
    price: { amountMinor: 5_000, currency: 'USD' },
    interval: monthly,
  })
  assert.deepEqual(mrrOn(dollars, '2026-06-01', only('ZAR')), none)
  assert.deepEqual(mrrOn(dollars, '2026-06-01', only('USD')), fraction(5_000n, 1n))
})

test('Parts in whole units are each at most a unit from what they are exactly.', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 1_000n })),
        {
          minLength: 1,
        },
      ),
      numbers => {
        const parts = numbers.map(([numerator, denominator]) => fraction(numerator, denominator))
        const whole = inMinorUnits(total(parts), 'ZAR')
        const units = inMinorUnitsOf(parts, whole)
        assert.deepEqual(sum(units, 'ZAR'), whole)
        for (const [at, unit] of units.entries()) {
          const off = minus(parts[at] ?? none, fraction(BigInt(unit.amountMinor), 1n))
          assert.ok(off.numerator < off.denominator && -off.numerator < off.denominator)
        }
      },
    ),
  )
  assert.throws(() => inMinorUnitsOf([none], { amountMinor: 5, currency: 'ZAR' }), RangeError)
})

test('Churn is the share of who was there, and of what they paid.', () => {
  const { from, to } = monthOf('2026-03')
  const churn = churnBetween(school, from, to, only('ZAR'))
  assert.deepEqual([churn.left, churn.atStart], [1, 4])
  assert.deepEqual(churn.customers, fraction(1n, 4n))
  assert.deepEqual(churn.revenue, fraction(9_000n, 41_000n))
  // What another gained makes up for no loss: 2,000 of 32,000.
  assert.deepEqual(churnBetween(school, june.from, june.to, only('ZAR')).revenue, fraction(1n, 16n))
  assert.equal(churnBetween(school, '2025-01-01', to, only('ZAR')).customers, null)
})

test('Lifetime value is revenue by customer over the share that leaves; unknown when nobody did.', () => {
  // 41,000 of four customers, of whom one in four leaves.
  assert.deepEqual(lifetimeValue(school, '2026-03', only('ZAR')), fraction(41_000n, 1n))
  assert.equal(lifetimeValue(school, '2026-06', only('ZAR')), null)
})

test('Cohorts are told by the month in which they first paid.', () => {
  const [january, newcomers] = cohorts(school, '2026-06', only('ZAR'))
  assert.equal(january?.month, '2026-01')
  assert.deepEqual(
    january?.months.map(({ customers }) => customers),
    [4, 4, 3, 3, 3, 4],
  )
  assert.deepEqual(january?.months[2]?.mrr, fraction(32_000n, 1n))
  assert.deepEqual([newcomers?.month, newcomers?.months.length], ['2026-06', 1])
})

test('The evenings of a month are those before its first day and of its last.', () => {
  assert.deepEqual(monthOf('2024-02'), { from: '2024-01-31', to: '2024-02-29' })
  assert.deepEqual(monthOf('2026-12'), { from: '2026-11-30', to: '2026-12-31' })
})
