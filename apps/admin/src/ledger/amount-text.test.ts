import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amountText } from './amount-text.ts'

test('A sum is shown to its last unit, however large, with the digits of its currency.', () => {
  assert.equal(amountText('123456', 'USD', 'en-US'), '$1,234.56')
  assert.equal(amountText('-5', 'USD', 'en-US'), '-$0.05')
  assert.equal(amountText('9007199254740993001', 'USD', 'en-US'), '$90,071,992,547,409,930.01')
  assert.equal(amountText('500', 'JPY', 'en-US'), '¥500')
  assert.equal(amountText('1234', 'KWD', 'en-US').replace(/\s/, ' '), 'KWD 1.234')
})
