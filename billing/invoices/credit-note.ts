import { allocate, compare, type Money, sum } from '@azora/contracts/money.ts'
import type { Taxed } from '../tax/tax.ts'
import { type CreditRefusal, type CreditWanted, creditOf } from './credit-of-line.ts'

/** What is credited of a line, which is named by its place on the invoice. */
export type LineCredit = Taxed & { line: number }

export type CreditNote = { lines: LineCredit[]; net: Money; tax: Money; gross: Money }

const totalOf = (parts: readonly Taxed[], currency: string): Taxed => ({
  net: sum(
    parts.map(({ net }) => net),
    currency,
  ),
  tax: sum(
    parts.map(({ tax }) => tax),
    currency,
  ),
  gross: sum(
    parts.map(({ gross }) => gross),
    currency,
  ),
})

/**
 * A credit note for some lines of an invoice, after those before it. All credit notes together never exceed the invoice,
 * and add up to it exactly once all of it is credited.
 *
 * @param before what earlier credit notes credited, of any line
 */
export function creditNoteOf(
  invoice: readonly Taxed[],
  before: readonly LineCredit[],
  wanted: readonly { line: number; credit: CreditWanted }[],
  currency: string,
): CreditNote | { refused: CreditRefusal } {
  const lines: LineCredit[] = []
  for (const { line, credit } of wanted) {
    const invoiced = invoice[line]
    if (!invoiced) throw new RangeError(`The invoice has no line ${line}.`)
    const earlier = [...before, ...lines].filter(other => other.line === line)
    const result = creditOf(invoiced, earlier, credit)
    if ('refused' in result) return result
    lines.push({ line, ...result })
  }
  const note = totalOf(lines, currency)
  if (note.gross.amountMinor <= 0) return { refused: 'credit_not_positive' }
  const all = totalOf([...before, ...lines], currency)
  const invoiced = totalOf(invoice, currency)
  // Lines that gave something back make an invoice less than the sum of what it charged for.
  if (compare(all.gross, invoiced.gross) > 0) return { refused: 'credit_more_than_invoiced' }
  return { lines, ...note }
}

/** All that is left of an invoice. */
export function creditNoteOfRest(
  invoice: readonly Taxed[],
  before: readonly LineCredit[],
  currency: string,
): CreditNote | { refused: CreditRefusal } {
  const left = invoice.flatMap((line, at) => {
    const { gross } = totalOf(
      before.filter(credit => credit.line === at),
      currency,
    )
    return compare(line.gross, gross) === 0 ? [] : [{ line: at, credit: 'rest' as const }]
  })
  return left.length === 0
    ? { refused: 'credit_not_positive' }
    : creditNoteOf(invoice, before, left, currency)
}

/**
 * A refund of an amount with its tax, spread over what is left of the lines by largest remainder: each line gets its share
 * of the refund, and the tax is credited in the proportion in which it was charged.
 */
export function creditNoteOfAmount(
  invoice: readonly Taxed[],
  before: readonly LineCredit[],
  gross: Money,
): CreditNote | { refused: CreditRefusal } {
  const { currency } = gross
  if (gross.amountMinor <= 0) return { refused: 'credit_not_positive' }
  const left = invoice.map((line, at) => {
    const credited = totalOf(
      before.filter(credit => credit.line === at),
      currency,
    )
    const rest = line.gross.amountMinor - credited.gross.amountMinor
    return Math.max(rest, 0)
  })
  if (left.reduce((all, rest) => all + rest, 0) < gross.amountMinor)
    return { refused: 'credit_more_than_invoiced' }
  const wanted = allocate(gross, left).flatMap((part, line) =>
    part.amountMinor > 0 ? [{ line, credit: { gross: part } }] : [],
  )
  return creditNoteOf(invoice, before, wanted, currency)
}
