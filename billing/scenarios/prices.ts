import type { PriceModel, Tier } from '../pricing/price-model.ts'
import type { BundleScenario, PriceScenario, UsageScenario } from './scenario.ts'

const each = (amountMinor: number) => ({ amountMinor, perUnits: 1 })
const tiers: Tier[] = [
  { upTo: 10, each: each(100) },
  { upTo: 50, each: each(80) },
  { upTo: null, each: each(50) },
]
const graduated: PriceModel = { kind: 'graduated', tiers }
const volume: PriceModel = { kind: 'volume', tiers }
const packages: PriceModel = { kind: 'package', size: 100, amountMinor: 500 }
const calls: PriceModel = { kind: 'per_unit', each: { amountMinor: 5, perUnits: 100 } }

const june = { from: '2024-06-01', until: '2024-07-01', timeZone: 'Africa/Johannesburg' }
const records = [
  ['a', '2024-06-02T08:00:00Z', 100],
  ['b', '2024-06-20T08:00:00Z', 250],
  ['b', '2024-06-20T08:00:00Z', 250],
  ['d', '2024-06-30T22:30:00Z', 1_000],
  ['c', '2024-06-29T08:00:00Z', 40],
] as const

export const prices: readonly (PriceScenario | UsageScenario | BundleScenario)[] = [
  {
    kind: 'price',
    name: 'Graduated tiers',
    because: '10 at 100, 40 at 80, 10 at 50.',
    model: graduated,
    quantity: 60,
    expected: 4_700,
  },
  {
    kind: 'price',
    name: 'Volume tiers',
    because: 'All 60 at the price of the last tier.',
    model: volume,
    quantity: 60,
    expected: 3_000,
  },
  {
    kind: 'price',
    name: 'The end of a tier belongs to it',
    because: '10 at 100.',
    model: volume,
    quantity: 10,
    expected: 1_000,
  },
  {
    kind: 'price',
    name: 'One more can cost less in volume tiers',
    because: '11 at 80.',
    model: volume,
    quantity: 11,
    expected: 880,
  },
  {
    kind: 'price',
    name: 'A flat fee with units included',
    because: '500 for the first hundred, then 50 at 2.',
    model: {
      kind: 'graduated',
      tiers: [
        { upTo: 100, each: each(0), flat: 500 },
        { upTo: null, each: each(2) },
      ],
    },
    quantity: 150,
    expected: 600,
  },
  {
    kind: 'price',
    name: 'A package that was begun is paid whole',
    because: '101 are two packages of 100.',
    model: packages,
    quantity: 101,
    expected: 1_000,
  },
  {
    kind: 'price',
    name: 'A full package is one',
    because: '100 are one package.',
    model: packages,
    quantity: 100,
    expected: 500,
  },
  {
    kind: 'price',
    name: 'No package for nothing',
    because: 'None was begun.',
    model: packages,
    quantity: 0,
    expected: 0,
  },
  {
    kind: 'price',
    name: 'Parts of a cent for a unit',
    because: '12,345 at 5 for a hundred are 617.25.',
    model: calls,
    quantity: 12_345,
    expected: 617,
  },
  {
    kind: 'price',
    name: 'Half a cent is rounded up, once',
    because: '12,350 at 5 for a hundred are 617.5.',
    model: calls,
    quantity: 12_350,
    expected: 618,
  },
  {
    kind: 'usage',
    name: 'What was used is added up',
    because:
      '100, 250 (sent twice, counted once) and 40 at 3; the 1,000 of 22:30 UTC are of 1 July in Johannesburg.',
    model: { kind: 'per_unit', each: each(3) },
    how: 'sum',
    records,
    ...june,
    expected: 1_170,
  },
  {
    kind: 'usage',
    name: 'The most at once',
    because: '250 at 3.',
    model: { kind: 'per_unit', each: each(3) },
    how: 'max',
    records,
    ...june,
    expected: 750,
  },
  {
    kind: 'usage',
    name: 'The last there was',
    because: '40 on the 29th at 3.',
    model: { kind: 'per_unit', each: each(3) },
    how: 'last',
    records,
    ...june,
    expected: 120,
  },
  {
    kind: 'bundle',
    name: 'Three courses of one price',
    because: 'A third each, and the cent that is left to the first.',
    price: 10_000,
    alone: [5_000, 5_000, 5_000],
    expected: [3_334, 3_333, 3_333],
  },
  {
    kind: 'bundle',
    name: 'Three courses of three prices',
    because:
      '24,991.79, 16,633.33 and 8,274.87: the two cents left go to the largest remainders, third and first.',
    price: 49_900,
    alone: [29_900, 19_900, 9_900],
    expected: [24_992, 16_633, 8_275],
  },
  {
    kind: 'bundle',
    name: 'A free course among others earns nothing',
    because: 'Its share of what they cost alone is nothing.',
    price: 900,
    alone: [0, 1_000],
    expected: [0, 900],
  },
  {
    kind: 'bundle',
    name: 'A bundle of free courses, in yen',
    because: 'There is nothing to weigh them by.',
    currency: 'JPY',
    price: 1_001,
    alone: [0, 0],
    expected: [501, 500],
  },
]
