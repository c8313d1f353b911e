import assert from 'node:assert/strict'
import { test } from 'node:test'
import { costOfChange } from '../proration/cost-of-change.ts'
import { type Coupon, holdsInPeriod, refusalOf } from './coupon.ts'
import { discountsOf, priceAfter } from './discount.ts'

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const coupon: Coupon = {
  code: 'WINTER',
  off: { kind: 'amount', amount: zar(500) },
  periods: 3,
  items: null,
  minimum: zar(2_000),
  mostRedemptions: 10,
  from: '2026-06-01',
  until: '2026-07-01',
}

test('A coupon is refused for each of its bounds, and says for which.', () => {
  const on = '2026-06-15'
  assert.equal(refusalOf(coupon, '2026-06-01', 9, zar(2_000)), null)
  assert.equal(refusalOf(coupon, '2026-05-31', 0, zar(9_000)), 'coupon_not_yet_valid')
  assert.equal(refusalOf(coupon, '2026-07-01', 0, zar(9_000)), 'coupon_expired')
  assert.equal(refusalOf(coupon, on, 10, zar(9_000)), 'coupon_used_up')
  assert.equal(refusalOf(coupon, on, 0, null), 'coupon_for_other_items')
  assert.equal(refusalOf(coupon, on, 0, zar(1_999)), 'coupon_below_minimum')
  assert.equal(
    refusalOf(coupon, on, 0, { amountMinor: 9_000, currency: 'USD' }),
    'coupon_in_another_currency',
  )
})

test('A coupon holds for its periods: once, several, or as long as it lasts.', () => {
  const held = (periods: number | null) => [0, 1, 2, 3].map(at => holdsInPeriod({ ...coupon, periods }, at))
  assert.deepEqual(held(1), [true, false, false, false])
  assert.deepEqual(held(3), [true, true, true, false])
  assert.deepEqual(held(null), [true, true, true, true])
})

test('A coupon of more than all, or of less than nothing, is no coupon.', () => {
  const lines = [{ item: 'a', amount: zar(1_000) }]
  const percent = (numerator: number): Coupon => ({
    ...coupon,
    off: { kind: 'percentage', ratio: { numerator, denominator: 100 } },
  })
  for (const wrong of [
    percent(101),
    percent(-1),
    { ...coupon, off: { kind: 'amount', amount: zar(-1) } } as Coupon,
  ])
    assert.throws(() => discountsOf([wrong], lines, 'ZAR'), RangeError)
  assert.equal(discountsOf([percent(100)], lines, 'ZAR')[0]?.[0]?.amount.amountMinor, -1_000)
})

test('A plan at half its price gives back half of what is not used, and costs half of what is left.', () => {
  const half: Coupon = {
    ...coupon,
    off: { kind: 'percentage', ratio: { numerator: 1, denominator: 2 } },
    items: ['plan'],
  }
  const at = (price: number) => priceAfter([half], 'plan', zar(price))
  assert.deepEqual([at(3_000), priceAfter([half], 'other', zar(3_000))], [zar(1_500), zar(3_000)])
  const june = { from: '2026-06-01', until: '2026-07-01' }
  const billed = [{ on: june.from, price: at(3_000) }]
  const next = { on: '2026-06-16', price: at(6_000) }
  const { lines } = costOfChange(june, billed, next, { dayOfChange: 'after' }, 'ZAR')
  assert.deepEqual(
    lines.map(({ amount }) => amount),
    [zar(-750), zar(1_500)],
  )
})
