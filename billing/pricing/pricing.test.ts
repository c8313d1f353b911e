import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sum } from '@azora/contracts/money.ts'
import fc from 'fast-check'
import { splitBundle } from './bundle.ts'
import { type PriceModel, priceOf, type Tier } from './price-model.ts'
import { usageOf } from './usage.ts'

const anyTiers: fc.Arbitrary<Tier[]> = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 500 }), price: fc.nat(1_000), flat: fc.nat(1_000) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map(steps => {
    let upTo = 0
    return steps.map(({ size, price, flat }, at) => {
      upTo += size
      const last = at === steps.length - 1
      return { upTo: last ? null : upTo, each: { amountMinor: price, perUnits: 1 }, flat }
    })
  })

test('The parts of a price hold the whole quantity and add up to the amount.', () => {
  fc.assert(
    fc.property(anyTiers, fc.nat(3_000), (tiers, quantity) => {
      for (const kind of ['graduated', 'volume'] as const) {
        const { amount, parts } = priceOf({ kind, tiers }, quantity, 'ZAR')
        assert.equal(
          parts.reduce((all, part) => all + part.quantity, 0),
          quantity,
        )
        assert.deepEqual(
          sum(
            parts.map(part => part.amount),
            'ZAR',
          ),
          amount,
        )
      }
    }),
  )
})

test('In graduated tiers one more never costs less.', () => {
  fc.assert(
    fc.property(anyTiers, fc.nat(3_000), (tiers, quantity) => {
      const of = (count: number) => priceOf({ kind: 'graduated', tiers }, count, 'ZAR').amount.amountMinor
      assert.ok(of(quantity + 1) >= of(quantity))
    }),
  )
})

test('Tiers that fall, or have an end, are refused; so are parts of a unit and empty packages.', () => {
  const each = { amountMinor: 1, perUnits: 1 }
  const wrong: PriceModel[] = [
    { kind: 'graduated', tiers: [] },
    { kind: 'graduated', tiers: [{ upTo: 10, each }] },
    {
      kind: 'volume',
      tiers: [
        { upTo: 10, each },
        { upTo: 10, each },
        { upTo: null, each },
      ],
    },
    {
      kind: 'volume',
      tiers: [
        { upTo: null, each },
        { upTo: null, each },
      ],
    },
    { kind: 'package', size: 0, amountMinor: 1 },
  ]
  for (const model of wrong) assert.throws(() => priceOf(model, 5, 'ZAR'), RangeError)
  for (const quantity of [-1, 0.5, 2 ** 53])
    assert.throws(() => priceOf({ kind: 'per_unit', each }, quantity, 'ZAR'), RangeError)
})

test('What is metered is whole, and more than a number can hold is refused.', () => {
  const june = { from: '2024-06-01', until: '2024-07-01' }
  const record = (id: string, quantity: number) => ({ id, at: new Date('2024-06-10T00:00:00Z'), quantity })
  const most = Number.MAX_SAFE_INTEGER
  for (const records of [[record('a', 0.5)], [record('a', -1)], [record('a', most), record('b', 1)]])
    assert.throws(() => usageOf(records, 'sum', june, 'UTC'), RangeError)
  assert.equal(usageOf([], 'max', june, 'UTC'), 0)
})

test('A bundle is split over its courses to the last cent, in one currency.', () => {
  const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.array(fc.nat(100_000), { minLength: 1 }), (price, alone) => {
      assert.deepEqual(sum(splitBundle(zar(price), alone.map(zar)), 'ZAR'), zar(price))
    }),
  )
  assert.throws(() => splitBundle(zar(1), [{ amountMinor: 1, currency: 'USD' }]), RangeError)
})
