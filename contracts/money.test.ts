import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  add,
  allocate,
  compare,
  currencyCodes,
  exponentOf,
  formatMoney,
  fromDecimal,
  multiply,
  negate,
  rounded,
  subtract,
  sum,
  toDecimal,
  zero,
} from './money.ts'
import { money, price } from './wire-money.ts'

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })

const amounts = fc.maxSafeInteger()
const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 }).filter(all => all.some(Boolean))

test('An amount on the wire is a whole number of minor units and a currency in use.', () => {
  assert.ok(money.safeParse(zar(-5)).success)
  for (const wrong of [
    { amountMinor: 1.5, currency: 'ZAR' },
    { amountMinor: 2 ** 53, currency: 'ZAR' },
    { amountMinor: '1', currency: 'ZAR' },
    { amountMinor: 1, currency: 'zar' },
    { amountMinor: 1, currency: 'ZZZ' },
    { amountMinor: 1 },
  ])
    assert.equal(money.safeParse(wrong).success, false, JSON.stringify(wrong))
  assert.equal(price.safeParse(zar(-1)).success, false)
  assert.ok(price.safeParse(zar(0)).success)
})

test('Currencies have the digits of ISO 4217.', () => {
  const known = { ZAR: 2, USD: 2, JPY: 0, UGX: 0, KWD: 3, TND: 3, CLF: 4, EUR: 2 }
  for (const [code, digits] of Object.entries(known)) assert.equal(exponentOf(code), digits, code)
  assert.ok(currencyCodes.length > 150)
  assert.equal(new Set(currencyCodes).size, currencyCodes.length)
  assert.throws(() => exponentOf('DEM'), RangeError)
})

test('Every currency in use is known to the formatter of browsers too.', () => {
  for (const code of currencyCodes) assert.ok(formatMoney(zero(code), 'en-ZA').length > 1, code)
})

test('Amounts of different currencies are never put together.', () => {
  const other = { amountMinor: 1, currency: 'USD' }
  for (const combine of [add, subtract, compare]) assert.throws(() => combine(zar(1), other), RangeError)
  assert.throws(() => sum([other], 'ZAR'), RangeError)
})

test('Adding is exact, or refused where a number cannot hold the result.', () => {
  fc.assert(
    fc.property(amounts, amounts, (a, b) => {
      const total = BigInt(a) + BigInt(b)
      if (Number.isSafeInteger(Number(total)) && BigInt(Number(total)) === total) {
        assert.equal(BigInt(add(zar(a), zar(b)).amountMinor), total)
        assert.deepEqual(subtract(add(zar(a), zar(b)), zar(b)), zar(a === 0 ? 0 : a))
      } else assert.throws(() => add(zar(a), zar(b)), RangeError)
    }),
  )
})

test('Nothing is minus zero.', () => {
  assert.ok(Object.is(negate(zar(0)).amountMinor, 0))
  assert.ok(Object.is(multiply(zar(-1), { numerator: 1, denominator: 3 }, 'half_up').amountMinor, 0))
})

test('Half a cent is rounded as the rule says, alike on both sides of zero.', () => {
  const half = { numerator: 1, denominator: 2 }
  for (const [amount, up, even, down] of [
    [1, 1, 0, 0],
    [3, 2, 2, 1],
    [5, 3, 2, 2],
    [2, 1, 1, 1],
  ] as const) {
    for (const sign of [1, -1]) {
      const rounded = (rule: 'half_up' | 'half_even' | 'down') =>
        multiply(zar(amount * sign), half, rule).amountMinor
      assert.deepEqual([rounded('half_up'), rounded('half_even'), rounded('down')].map(Math.abs), [
        up,
        even,
        down,
      ])
    }
  }
})

test('A product is within half a unit of the true one, also where floats would be wrong.', () => {
  // In floats, 1.15 * 100 is 114.99999999999999.
  assert.equal(multiply(zar(100), { numerator: 115, denominator: 100 }, 'down').amountMinor, 115)
  fc.assert(
    fc.property(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.nat(10_000),
      fc.integer({ min: 1, max: 10_000 }),
      (a, n, d) => {
        for (const rule of ['half_up', 'half_even', 'down'] as const) {
          const { amountMinor } = multiply(zar(a), { numerator: n, denominator: d }, rule)
          const off = BigInt(amountMinor) * BigInt(d) - BigInt(a) * BigInt(n)
          const distance = off < 0n ? -off : off
          assert.ok(rule === 'down' ? distance < BigInt(d) : distance * 2n <= BigInt(d))
        }
      },
    ),
  )
})

test('A ratio that is none is refused.', () => {
  for (const ratio of [
    { numerator: 0.5, denominator: 1 },
    { numerator: 1, denominator: 0 },
    { numerator: 1, denominator: -2 },
  ])
    assert.throws(() => multiply(zar(1), ratio, 'half_up'), RangeError)
})

test('The parts of a split add up to the whole, none differs by a unit or more from its share.', () => {
  fc.assert(
    fc.property(amounts, weights, (amount, each) => {
      const parts = allocate(zar(amount), each)
      const total = parts.reduce((given, part) => given + BigInt(part.amountMinor), 0n)
      assert.equal(total, BigInt(amount))
      const all = each.reduce((given, weight) => given + BigInt(weight), 0n)
      parts.forEach(({ amountMinor }, at) => {
        const off = BigInt(amountMinor) * all - BigInt(amount) * BigInt(each[at] ?? 0)
        assert.ok((off < 0n ? -off : off) < all)
        if (each[at] === 0) assert.equal(amountMinor, 0)
      })
    }),
  )
})

test('The units that are left go to the largest remainders, the earlier part first.', () => {
  const parts = (amount: number, each: number[]) => allocate(zar(amount), each).map(part => part.amountMinor)
  assert.deepEqual(parts(100, [1, 1, 1]), [34, 33, 33])
  assert.deepEqual(parts(-100, [1, 1, 1]), [-34, -33, -33])
  assert.deepEqual(parts(5, [50, 30, 20]), [3, 1, 1])
  assert.throws(() => parts(1, [0, 0]), RangeError)
  assert.throws(() => parts(1, [-1, 2]), RangeError)
})

test('Decimal text goes there and back without loss, in every currency.', () => {
  fc.assert(
    fc.property(amounts, fc.constantFrom(...currencyCodes), (amountMinor, currency) => {
      const amount = { amountMinor: amountMinor === 0 ? 0 : amountMinor, currency }
      assert.deepEqual(fromDecimal(toDecimal(amount), currency), amount)
    }),
  )
  assert.equal(toDecimal(zar(-5)), '-0.05')
  assert.equal(toDecimal({ amountMinor: 1200, currency: 'JPY' }), '1200')
  assert.deepEqual(fromDecimal('12.5', 'ZAR'), zar(1250))
  for (const wrong of ['1.234', '1,50', '1e3', '', '.5', '1.', ' 1', '99999999999999999'])
    assert.throws(() => fromDecimal(wrong, 'ZAR'), RangeError, wrong)
})

test('A person reads an amount with the digits of its currency, exactly.', () => {
  assert.match(formatMoney(zar(123450), 'en-ZA'), /^R\s?1\s234[.,]50$/)
  assert.match(
    formatMoney({ amountMinor: 9_007_199_254_740_991, currency: 'USD' }, 'en-US'),
    /90,071,992,547,409\.91$/,
  )
})

test('A fraction that was kept exact is rounded once, however large its parts are.', () => {
  const thirds = 10n ** 30n
  assert.deepEqual(rounded(2n * thirds, 3n * thirds, 'ZAR', 'half_up'), zar(1))
  assert.deepEqual(rounded(-5n, 2n, 'ZAR', 'half_up'), zar(-3))
  assert.deepEqual(rounded(-5n, 2n, 'ZAR', 'half_even'), zar(-2))
  assert.deepEqual(rounded(-5n, 2n, 'ZAR', 'down'), zar(-2))
  assert.throws(() => rounded(1n, 0n, 'ZAR', 'down'), RangeError)
  assert.throws(() => rounded(10n ** 20n, 1n, 'ZAR', 'down'), RangeError)
})
