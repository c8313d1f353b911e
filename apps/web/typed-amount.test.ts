import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toDecimal } from '@azora/contracts/money.ts'
import { typedAmount } from './typed-amount.ts'

test('An amount is read as people of several countries type it.', () => {
  const cases: [string, string, number][] = [
    ['450', 'ZAR', 45_000],
    ['450,5', 'ZAR', 45_050],
    ['450.50', 'ZAR', 45_050],
    ['1 234,50', 'ZAR', 123_450],
    ['1,234.50', 'USD', 123_450],
    ['1.234,50', 'EUR', 123_450],
    ['1,234', 'USD', 123_400],
    ['12.345.678', 'EUR', 1_234_567_800],
    ['1200', 'JPY', 1200],
    ['1,200', 'JPY', 1200],
    ['450.', 'ZAR', 45_000],
    ['1.230', 'KWD', 1230],
    ['45,000', 'TND', 45_000],
    ['1.234,500', 'TND', 1_234_500],
    ['1234', 'TND', 1_234_000],
  ]
  for (const [text, currency, amountMinor] of cases)
    assert.deepEqual(typedAmount(text, currency), { amountMinor, currency }, text)
})

test('An amount as the form shows it is read as what it was.', () => {
  for (const currency of ['ZAR', 'JPY', 'KWD'])
    for (const amountMinor of [1, 10, 1230, 45_000, 1_234_500])
      assert.deepEqual(typedAmount(toDecimal({ amountMinor, currency }), currency), { amountMinor, currency })
})

test('What is no amount of the currency is none, rather than something near it.', () => {
  for (const [text, currency] of [
    ['', 'ZAR'],
    ['free', 'ZAR'],
    ['4.5.0', 'ZAR'],
    ['45,001,2', 'ZAR'],
    ['12.5', 'JPY'],
    ['1.2345', 'ZAR'],
    ['99999999999999999', 'ZAR'],
  ] as const)
    assert.equal(typedAmount(text, currency), null, text)
})
