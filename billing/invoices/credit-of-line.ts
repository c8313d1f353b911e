import { add, type Money, multiply, subtract, sum, zero } from '@azora/contracts/money.ts'
import type { Taxed } from '../tax/tax.ts'

/** What of a line is credited: so much before tax, so much with its tax, or all that is left of it. */
export type CreditWanted = { net: Money } | { gross: Money } | 'rest'

export type CreditRefusal = 'credit_not_positive' | 'credit_more_than_invoiced' | 'credit_of_a_credit_in_part'

const clamp = (value: Money, least: Money, most: Money): Money =>
  value.amountMinor < least.amountMinor ? least : value.amountMinor > most.amountMinor ? most : value

/** How much of a whole belongs to a part of something else, rounded once. */
const inProportion = (whole: Money, part: Money, of: Money): Money =>
  of.amountMinor === 0
    ? zero(whole.currency)
    : multiply(whole, { numerator: part.amountMinor, denominator: of.amountMinor }, 'half_up')

/** What is credited of the line in all once a net amount more is. */
function upToNet(line: Taxed, before: Taxed, wanted: Money): Pick<Taxed, 'net' | 'tax'> {
  const net = add(before.net, wanted)
  return { net, tax: clamp(inProportion(line.tax, net, line.net), before.tax, line.tax) }
}

/** And once an amount more with its tax is. What one of the two parts cannot take any more, the other does. */
function upToGross(line: Taxed, before: Taxed, wanted: Money): Pick<Taxed, 'net' | 'tax'> {
  const gross = add(before.gross, wanted)
  const least = clamp(subtract(gross, line.tax), before.net, line.net)
  const most = clamp(subtract(gross, before.tax), before.net, line.net)
  const net = clamp(inProportion(line.net, gross, line.gross), least, most)
  return { net, tax: subtract(gross, net) }
}

/**
 * A credit of a line of an invoice, after those before it. Net and tax are worked out for everything that was credited up
 * to now, rounded once, less what was credited before: so the credits of a line never exceed it in any part, and once all
 * of it is credited they are the line to the cent, in whatever pieces.
 */
export function creditOf(
  line: Taxed,
  before: readonly Taxed[],
  wanted: CreditWanted,
): Taxed | { refused: CreditRefusal } {
  const { currency } = line.net
  const of = (pick: (credit: Taxed) => Money) => sum(before.map(pick), currency)
  const credited = { net: of(({ net }) => net), tax: of(({ tax }) => tax), gross: of(({ gross }) => gross) }
  const left = subtract(line.gross, credited.gross)
  if (line.gross.amountMinor < 0) {
    // A line that gave something back is taken back whole, with the rest of its invoice.
    if (wanted !== 'rest') return { refused: 'credit_of_a_credit_in_part' }
    return { net: subtract(line.net, credited.net), tax: subtract(line.tax, credited.tax), gross: left }
  }
  const amount = wanted === 'rest' ? left : 'net' in wanted ? wanted.net : wanted.gross
  if (amount.amountMinor <= 0) return { refused: 'credit_not_positive' }
  const most = wanted !== 'rest' && 'net' in wanted ? subtract(line.net, credited.net) : left
  if (subtract(most, amount).amountMinor < 0) return { refused: 'credit_more_than_invoiced' }
  const now =
    wanted !== 'rest' && 'net' in wanted ? upToNet(line, credited, amount) : upToGross(line, credited, amount)
  const net = subtract(now.net, credited.net)
  const tax = subtract(now.tax, credited.tax)
  return { net, tax, gross: add(net, tax) }
}
