import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { convert, rateFrom } from './exchange.ts'
import { findRate } from './find-rate.ts'
import { NotRates, readReferenceRates } from './reference-rates.ts'

const rate = (from: string, to: string, decimal: string, on = '2026-11-27', source = 'a bank') =>
  rateFrom(decimal, { from, to, on, source })
const worth = (known: ReturnType<typeof rate>[], amountMinor: number, from: string, to: string) => {
  const found = findRate(known, from, to)
  return found && { ...convert({ amountMinor, currency: from }, found, 'half_up'), on: found.on }
}

test('A rate is found as it was published, turned round, and over a third currency.', () => {
  const known = [rate('EUR', 'USD', '1.25'), rate('EUR', 'ZAR', '20')]
  assert.equal(worth(known, 100, 'EUR', 'USD')?.amountMinor, 125)
  assert.equal(worth(known, 125, 'USD', 'EUR')?.amountMinor, 100)
  assert.equal(worth(known, 100, 'USD', 'ZAR')?.amountMinor, 1_600)
  assert.equal(worth(known, 100, 'USD', 'KES'), null)
  // Yen have no cents: 100 dollars are 15,000 of them.
  assert.equal(worth([rate('USD', 'JPY', '150')], 10_000, 'USD', 'JPY')?.amountMinor, 15_000)
})

test('The latest day counts, and of one day what was published for the pair itself.', () => {
  const older = [rate('USD', 'ZAR', '18', '2026-11-20'), rate('EUR', 'USD', '1'), rate('EUR', 'ZAR', '20')]
  assert.deepEqual(worth(older, 100, 'USD', 'ZAR'), { amountMinor: 2_000, currency: 'ZAR', on: '2026-11-27' })
  const sameDay = [rate('EUR', 'USD', '1'), rate('EUR', 'ZAR', '20'), rate('USD', 'ZAR', '18')]
  assert.equal(worth(sameDay, 100, 'USD', 'ZAR')?.amountMinor, 1_800)
})

test('A rate over a third currency is as old as the older of its two, and names both sources.', () => {
  const known = [
    rate('EUR', 'USD', '1', '2026-11-02', 'one bank'),
    rate('EUR', 'ZAR', '20', '2026-11-27', 'another'),
  ]
  const found = findRate(known, 'USD', 'ZAR')
  assert.deepEqual([found?.on, found?.source], ['2026-11-02', 'one bank; another'])
})

test('There and back again is the same, exactly.', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (a, b) => {
      const known = [rate('EUR', 'USD', `${a}`), rate('EUR', 'ZAR', `${b}`)]
      const [there, back] = [findRate(known, 'USD', 'ZAR'), findRate(known, 'ZAR', 'USD')]
      assert.ok(there && back)
      assert.equal(there.numerator * back.numerator, there.denominator * back.denominator)
    }),
  )
})

const about = { base: 'EUR', source: 'a bank', wanted: new Set(['USD', 'ZAR', 'EUR']) }

test('A file of reference rates is read, with what is not wanted and not published left out.', () => {
  const file = '\ufeffDate,USD,JPY,ZAR,\r\n2026-11-27,1.0815,155.2,19.7150,\r\n2026-11-26,N/A,155,19.70,\r\n'
  const rates = [...readReferenceRates(file, about)].flat()
  assert.deepEqual(
    rates.map(({ to, on, rate }) => [to, on, rate]),
    [
      ['USD', '2026-11-27', '1.0815'],
      ['ZAR', '2026-11-27', '19.7150'],
      ['ZAR', '2026-11-26', '19.70'],
    ],
  )
})

test('What is no file of rates is refused with the line that is wrong.', () => {
  const wrong: [string, number][] = [
    ['Day,USD\n2026-11-27,1', 1],
    ['Date,USD\n2026-11-27,1\n2026-02-30,1', 3],
    ['Date,USD\n2026-11-27,0', 2],
    ['Date,USD\n2026-11-27,"1,5"', 2],
    ['Date,USD\n27 November 2026,1', 2],
    ['Date,USD,ZAR,USD\n2026-11-27,1,20,2', 1],
  ]
  for (const [file, line] of wrong)
    assert.throws(
      () => [...readReferenceRates(file, about)],
      (failure: NotRates) => failure instanceof NotRates && failure.line === line,
      file,
    )
})
