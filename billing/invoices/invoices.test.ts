import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compare, type Money, sum } from '@azora/contracts/money.ts'
import fc from 'fast-check'
import type { Coupon } from '../coupons/coupon.ts'
import { southAfricanVat } from '../tax/south-africa.ts'
import { rateOn, type TaxCategory } from '../tax/tax-rule.ts'
import { creditNoteOf, creditNoteOfAmount, creditNoteOfRest, type LineCredit } from './credit-note.ts'
import { type InvoiceInput, invoiceOf } from './invoice.ts'

const zar = (amountMinor: number): Money => ({ amountMinor, currency: 'ZAR' })
const total = (all: readonly Money[]) => sum(all, 'ZAR')

const anyCoupon: fc.Arbitrary<Coupon> = fc
  .oneof(
    fc.nat(100).map(numerator => ({ kind: 'percentage' as const, ratio: { numerator, denominator: 100 } })),
    fc.nat(50_000).map(amountMinor => ({ kind: 'amount' as const, amount: zar(amountMinor) })),
  )
  .chain(off =>
    fc.option(fc.subarray(['a', 'b', 'c'])).map(items => ({
      code: 'C',
      off,
      items,
      periods: null,
      minimum: null,
      mostRedemptions: null,
      from: null,
      until: null,
    })),
  )

const anyInput: fc.Arbitrary<InvoiceInput> = fc.record({
  currency: fc.constant('ZAR'),
  day: fc.constantFrom('2018-03-31', '2026-06-01'),
  jurisdiction: fc.constant('ZA'),
  rules: fc.constant(southAfricanVat),
  prices: fc.constantFrom('exclusive' as const, 'inclusive' as const),
  taxRounding: fc.constantFrom('line' as const, 'invoice' as const),
  lines: fc.array(
    fc.record({
      item: fc.constantFrom('a', 'b', 'c'),
      quantity: fc.constant(1),
      amount: fc.integer({ min: -20_000, max: 100_000 }).map(zar),
      category: fc.constantFrom<TaxCategory[]>('standard', 'zero_rated', 'exempt', 'reverse_charge'),
      because: fc.constant({ code: 'purchase' as const }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  coupons: fc.array(anyCoupon, { maxLength: 3 }),
  credits: fc.array(
    fc.record({
      id: fc.uuid(),
      kind: fc.constant('gift' as const),
      left: fc.nat(30_000).map(zar),
      expiresOn: fc.option(fc.constantFrom('2018-01-01', '2030-01-01')),
    }),
    { maxLength: 3 },
  ),
})

test('Every total of an invoice is the sum of what stands above it.', () => {
  fc.assert(
    fc.property(anyInput, input => {
      const invoice = invoiceOf(input)
      const { lines } = invoice
      for (const line of lines) {
        assert.deepEqual(total([line.net, line.tax]), line.gross)
        const price = input.prices === 'exclusive' ? line.net : line.gross
        assert.deepEqual(total([line.amount, line.discount]), price)
        assert.deepEqual(total(line.discounts.map(({ amount }) => amount)), line.discount)
        // A coupon takes nothing beyond the price, and nothing from what comes back.
        assert.ok(line.amount.amountMinor < 0 ? line.discount.amountMinor === 0 : price.amountMinor >= 0)
      }
      assert.deepEqual(total(lines.map(({ net }) => net)), invoice.net)
      assert.deepEqual(total(invoice.taxes.map(({ tax }) => tax)), invoice.tax)
      assert.deepEqual(total(invoice.taxes.map(({ net }) => net)), invoice.net)
      assert.deepEqual(total([invoice.net, invoice.tax]), invoice.total)
      const paid = total(invoice.credits.map(({ amount }) => amount))
      const owed = total([invoice.due, paid])
      assert.equal(owed.amountMinor - invoice.toCredit.amountMinor, invoice.total.amountMinor)
      assert.ok(invoice.due.amountMinor >= 0 && invoice.toCredit.amountMinor >= 0)
    }),
  )
})

test('Rounded for the invoice, the tax of a rate is that of the sum.', () => {
  fc.assert(
    fc.property(anyInput, input => {
      const invoice = invoiceOf({ ...input, taxRounding: 'invoice', prices: 'exclusive' })
      for (const { rate, net, tax } of invoice.taxes) {
        const exact = BigInt(net.amountMinor) * BigInt(rate.numerator)
        const off = exact - BigInt(tax.amountMinor) * BigInt(rate.denominator)
        assert.ok(2n * (off < 0n ? -off : off) <= BigInt(rate.denominator))
      }
    }),
  )
})

test('Credit notes in any pieces never exceed the invoice, and all of it credited is the invoice.', () => {
  const piece = fc.oneof(
    fc.record({ line: fc.nat(4), net: fc.oneof(fc.nat(3_000), fc.nat(5)) }),
    fc.record({ line: fc.nat(4), gross: fc.oneof(fc.nat(3_000), fc.nat(5)) }),
    fc.record({ gross: fc.nat(3_000) }),
  )
  const line = fc.tuple(fc.nat(5_000), fc.nat(800)).map(([net, tax]) => {
    const charged = net === 0 ? 0 : tax
    return { net: zar(net), tax: zar(charged), gross: zar(net + charged) }
  })
  fc.assert(
    fc.property(fc.array(line, { minLength: 5, maxLength: 5 }), fc.array(piece), (invoice, pieces) => {
      const before: LineCredit[] = []
      for (const wanted of pieces) {
        const note =
          'line' in wanted
            ? creditNoteOf(
                invoice,
                before,
                [
                  {
                    line: wanted.line,
                    credit: 'net' in wanted ? { net: zar(wanted.net) } : { gross: zar(wanted.gross) },
                  },
                ],
                'ZAR',
              )
            : creditNoteOfAmount(invoice, before, zar(wanted.gross))
        if ('refused' in note) continue
        if (!('net' in wanted)) assert.equal(note.gross.amountMinor, wanted.gross)
        else assert.equal(note.net.amountMinor, wanted.net)
        before.push(...note.lines)
      }
      const credited = (at: number, part: 'net' | 'tax' | 'gross') =>
        total(before.filter(credit => credit.line === at).map(credit => credit[part]))
      for (const [at, charged] of invoice.entries())
        for (const part of ['net', 'tax', 'gross'] as const) {
          assert.ok(compare(credited(at, part), charged[part]) <= 0, `${part} of line ${at}`)
          assert.ok(before.every(credit => credit[part].amountMinor >= 0))
        }
      const rest = creditNoteOfRest(invoice, before, 'ZAR')
      if (!('refused' in rest)) before.push(...rest.lines)
      for (const [at, charged] of invoice.entries())
        for (const part of ['net', 'tax', 'gross'] as const)
          assert.deepEqual(credited(at, part), charged[part])
    }),
  )
})

test('A line that gave something back is taken back whole or not at all.', () => {
  const lines = [
    { net: zar(100), tax: zar(15), gross: zar(115) },
    { net: zar(-40), tax: zar(-6), gross: zar(-46) },
  ]
  const part = creditNoteOf(lines, [], [{ line: 1, credit: { gross: zar(1) } }], 'ZAR')
  assert.deepEqual(part, { refused: 'credit_of_a_credit_in_part' })
  const alone = creditNoteOf(lines, [], [{ line: 1, credit: 'rest' }], 'ZAR')
  assert.deepEqual(alone, { refused: 'credit_not_positive' })
  assert.throws(() => creditNoteOf(lines, [], [{ line: 2, credit: 'rest' }], 'ZAR'), RangeError)
})

test('A rate that no rule gives, or two do, is not guessed.', () => {
  assert.throws(() => rateOn(southAfricanVat, 'NA', 'standard', '2026-01-01'), RangeError)
  assert.throws(() => rateOn(southAfricanVat, 'ZA', 'standard', '1990-01-01'), RangeError)
  const twice = [...southAfricanVat, ...southAfricanVat]
  assert.throws(() => rateOn(twice, 'ZA', 'standard', '2026-01-01'), RangeError)
  assert.equal(rateOn([], 'KW', 'exempt', '2026-01-01').numerator, 0)
})
