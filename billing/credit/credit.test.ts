import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Credit, payFrom } from './credit.ts'

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const credit = (id: string, amountMinor: number, expiresOn: string | null): Credit => ({
  id,
  kind: 'gift',
  left: zar(amountMinor),
  expiresOn,
})

test('Credits that expire first are used first, and those of one day as they were given.', () => {
  const credits = [
    credit('keeps', 100, null),
    credit('late', 100, '2026-12-31'),
    credit('soon', 100, '2026-07-01'),
    credit('soon too', 100, '2026-07-01'),
  ]
  const { uses, stillDue } = payFrom(credits, zar(350), '2026-06-30')
  assert.deepEqual(
    uses.map(({ id, amount }) => [id, amount.amountMinor]),
    [
      ['soon', 100],
      ['soon too', 100],
      ['late', 100],
      ['keeps', 50],
    ],
  )
  assert.equal(stillDue.amountMinor, 0)
})

test('A credit is not used on the day it expires, in another currency, or for nothing.', () => {
  assert.deepEqual(payFrom([credit('a', 100, '2026-07-01')], zar(50), '2026-07-01').uses, [])
  const dollars = { ...credit('b', 100, null), left: { amountMinor: 100, currency: 'USD' } }
  assert.deepEqual(payFrom([dollars], zar(50), '2026-07-01'), { uses: [], stillDue: zar(50) })
  assert.deepEqual(payFrom([credit('c', 100, null)], zar(-50), '2026-07-01'), { uses: [], stillDue: zar(0) })
})
