import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert, inverse, rateFrom } from './exchange.ts'

const about = { from: 'USD', to: 'ZAR', on: '2026-06-01', source: 'a central bank' }

test('A rate keeps every digit of what was published, its day and its source.', () => {
  const rate = rateFrom('0.000123456789012345', about)
  assert.deepEqual([rate.numerator, rate.denominator], [123_456_789_012_345n, 10n ** 18n])
  assert.deepEqual([rate.on, rate.source], ['2026-06-01', 'a central bank'])
  assert.deepEqual(inverse(inverse(rate)), rate)
})

test('What is no rate is refused, and so is another currency.', () => {
  for (const wrong of ['0', '0.000', '', '-1', '1,5', '1e3', 'NaN', '1.'])
    assert.throws(() => rateFrom(wrong, about), RangeError, wrong)
  assert.throws(
    () => convert({ amountMinor: 1, currency: 'EUR' }, rateFrom('2', about), 'half_up'),
    RangeError,
  )
})
