import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currencyCodes } from '@azora/contracts/money.ts'
import fc from 'fast-check'
import { fromStripe, isCharged, mostIn, stepOf, toStripe } from './stripe-amounts.ts'

test('Amounts are counted as Stripe counts them, also where ISO 4217 has other digits.', () => {
  const cases: [number, string, number][] = [
    [45_000, 'ZAR', 45_000],
    [500, 'JPY', 500],
    [5, 'ISK', 500],
    [5, 'UGX', 500],
    [500, 'MGA', 5],
    [5120, 'KWD', 5120],
  ]
  for (const [amountMinor, currency, amount] of cases)
    assert.deepEqual(
      toStripe({ amountMinor, currency }),
      { amount, currency: currency.toLowerCase() },
      currency,
    )
})

test('What cannot be charged exactly is refused rather than rounded.', () => {
  assert.throws(() => toStripe({ amountMinor: 5123, currency: 'KWD' }), RangeError)
  assert.throws(() => toStripe({ amountMinor: 501, currency: 'MGA' }), RangeError)
  assert.throws(() => toStripe({ amountMinor: 100, currency: 'CLF' }), RangeError)
  assert.throws(() => fromStripe(550, 'isk'), RangeError)
})

test('Every amount in the steps of its currency comes back as it was.', () => {
  const charged = currencyCodes.filter(isCharged)
  fc.assert(
    fc.property(
      fc.constantFrom(...charged),
      fc.integer({ min: 1, max: 1_000_000_000 }),
      (currency, steps) => {
        const money = { amountMinor: steps * stepOf(currency), currency }
        const { amount, currency: told } = toStripe(money)
        assert.deepEqual(fromStripe(amount, told), money)
      },
    ),
  )
})

test('The most that is charged is what Stripe takes in eight digits, in steps of both.', () => {
  const most = ['ZAR', 'JPY', 'KWD', 'UGX'].map(currency => mostIn(currency).amountMinor)
  assert.deepEqual(most, [99_999_999, 99_999_999, 99_999_990, 999_999])
})
