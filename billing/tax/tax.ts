import { add, type Money, multiply, type Ratio, subtract, sum } from '@azora/contracts/money.ts'

/** Whether a price is without its tax, or holds it. */
export type PriceTax = 'exclusive' | 'inclusive'

/** Whether the tax of each line is rounded, or that of all lines at one rate. Authorities allow both. */
export type TaxRounding = 'line' | 'invoice'

export type Taxed = { net: Money; tax: Money; gross: Money }

/** The share of the price that is tax: 15/100 of a net price, 15/115 of a gross one. */
const shareOf = ({ numerator, denominator }: Ratio, prices: PriceTax): Ratio => ({
  numerator,
  denominator: prices === 'exclusive' ? denominator : denominator + numerator,
})

const taxed = (price: Money, tax: Money, prices: PriceTax): Taxed =>
  prices === 'exclusive'
    ? { net: price, tax, gross: add(price, tax) }
    : { net: subtract(price, tax), tax, gross: price }

/** The tax on one price, rounded half up. */
export const taxOf = (price: Money, rate: Ratio, prices: PriceTax): Taxed =>
  taxed(price, multiply(price, shareOf(rate, prices), 'half_up'), prices)

/**
 * The tax of several prices at one rate. Rounded for the invoice, each line gets what the sum up to it comes to less
 * what the sum before it came to: the lines add up to the tax on the sum, credits among them too.
 */
export function taxOfAll(
  prices: readonly Money[],
  rate: Ratio,
  kind: PriceTax,
  rounding: TaxRounding,
): Taxed[] {
  if (rounding === 'line') return prices.map(price => taxOf(price, rate, kind))
  const upTo = (count: number, currency: string) =>
    multiply(sum(prices.slice(0, count), currency), shareOf(rate, kind), 'half_up')
  return prices.map((price, at) =>
    taxed(price, subtract(upTo(at + 1, price.currency), upTo(at, price.currency)), kind),
  )
}
