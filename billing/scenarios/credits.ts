import type { CreditScenario } from './scenario.ts'

/** Credit notes and refunds, one after another, of one invoice. */
export const credits: readonly CreditScenario[] = [
  {
    kind: 'credit',
    name: 'A refund in four pieces adds up to the line, tax and all',
    because:
      'Net of 3.33, 6.66 and 9.99 of 11.50: 289.57, 579.13 and 868.70, each less what was credited before.',
    invoice: [[1_000, 150]],
    credits: [
      { line: 0, gross: 333 },
      { line: 0, gross: 333 },
      { line: 0, gross: 333 },
      { line: 0, rest: true },
    ],
    expected: [
      [290, 43, 333],
      [289, 44, 333],
      [290, 43, 333],
      [131, 20, 151],
    ],
  },
  {
    kind: 'credit',
    name: 'Net pieces of a third',
    because: 'The tax on 33, 66 and 100 is 4.95, 9.9 and 15.',
    invoice: [[100, 15]],
    credits: [
      { line: 0, net: 33 },
      { line: 0, net: 33 },
      { line: 0, rest: true },
    ],
    expected: [
      [33, 5, 38],
      [33, 5, 38],
      [34, 5, 39],
    ],
  },
  {
    kind: 'credit',
    name: 'Small net pieces, whose tax would be rounded up each time',
    because: 'The tax on 3, 6, 9 and 10 is 0.6, 1.2, 1.8 and 2: 1, 1, 2 and 2 in all.',
    invoice: [[10, 2]],
    credits: [
      { line: 0, net: 3 },
      { line: 0, net: 3 },
      { line: 0, net: 3 },
      { line: 0, rest: true },
    ],
    expected: [
      [3, 1, 4],
      [3, 0, 3],
      [3, 1, 4],
      [1, 0, 1],
    ],
  },
  {
    kind: 'credit',
    name: 'Half of a price with tax, and the other half',
    because: '8,695 times 5,000 through 9,999 is 4,347.9; the rest is what is missing.',
    invoice: [[8_695, 1_304]],
    credits: [
      { line: 0, gross: 5_000 },
      { line: 0, rest: true },
    ],
    expected: [
      [4_348, 652, 5_000],
      [4_347, 652, 4_999],
    ],
  },
  {
    kind: 'credit',
    name: 'A single cent',
    because: 'Its net is 0.87, rounded up; no tax is left of it.',
    invoice: [[100, 15]],
    credits: [{ line: 0, gross: 1 }],
    expected: [[1, 0, 1]],
  },
  {
    kind: 'credit',
    name: 'A refund over two lines',
    because: 'Half of 11.50 and of 5.00; only the first holds tax.',
    invoice: [
      [1_000, 150],
      [500, 0],
    ],
    credits: [{ gross: 825 }],
    expected: [[750, 75, 825]],
  },
  {
    kind: 'credit',
    name: 'More than was invoiced',
    because: 'Of 11.50 no 11.51 can be credited, and after 11.00 no 0.51.',
    invoice: [[1_000, 150]],
    credits: [
      { line: 0, gross: 1_151 },
      { line: 0, gross: 1_100 },
      { line: 0, gross: 51 },
      { line: 0, rest: true },
      { line: 0, rest: true },
    ],
    expected: [
      'credit_more_than_invoiced',
      [957, 143, 1_100],
      'credit_more_than_invoiced',
      [43, 7, 50],
      'credit_not_positive',
    ],
  },
  {
    kind: 'credit',
    name: 'An invoice with unused time is never credited beyond what it came to',
    because: '69.00 less 34.50 were invoiced: a refund of 40 is more; all of it is 34.50.',
    invoice: [
      [6_000, 900],
      [-3_000, -450],
    ],
    credits: [{ gross: 4_000 }, { line: 0, gross: 3_451 }, { gross: 1_000 }, { all: true }],
    expected: [
      'credit_more_than_invoiced',
      'credit_more_than_invoiced',
      [870, 130, 1_000],
      [2_130, 320, 2_450],
    ],
  },
  {
    kind: 'credit',
    name: 'Yen, credited in three',
    because: 'Net of 369, 738 and 1,106 is 335.3, 670.6 and 1,005.',
    currency: 'JPY',
    invoice: [[1_005, 101]],
    credits: [{ gross: 369 }, { gross: 369 }, { all: true }],
    expected: [
      [335, 34, 369],
      [336, 33, 369],
      [334, 34, 368],
    ],
  },
  {
    kind: 'credit',
    name: 'Kuwaiti dinars without tax',
    because: 'What is credited is net.',
    currency: 'KWD',
    invoice: [[12_345, 0]],
    credits: [{ gross: 4_115 }, { all: true }],
    expected: [
      [4_115, 0, 4_115],
      [8_230, 0, 8_230],
    ],
  },
]
