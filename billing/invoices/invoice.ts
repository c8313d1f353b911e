import { add, type Money, negate, type Ratio, sum, zero } from '@azora/contracts/money.ts'
import type { Day } from '../calendar/day.ts'
import type { Coupon } from '../coupons/coupon.ts'
import { type Discount, discountsOf } from '../coupons/discount.ts'
import { type Credit, type CreditUse, payFrom } from '../credit/credit.ts'
import { type PriceTax, type Taxed, type TaxRounding, taxOfAll } from '../tax/tax.ts'
import { rateOn, type TaxCategory, type TaxRule } from '../tax/tax-rule.ts'

/** How a line came about, as data that the screen and the document word. */
export type Because =
  | { code: 'purchase' }
  | { code: 'period'; from: Day; until: Day }
  | { code: 'trial'; from: Day; until: Day }
  | { code: 'unused_time' | 'remaining_time'; from: Day; until: Day; days: number; ofDays: number }
  | { code: 'usage'; from: Day; until: Day; quantity: number }
  | { code: 'add_on' | 'seats'; quantity: number }

export type LineInput = {
  item: string
  quantity: number
  /** Of the whole line, as the price was set: with or without tax. Less than zero for a credit. */
  amount: Money
  category: TaxCategory
  because: Because
  /** The day that decides its rate, where it is not that of the invoice: unused time comes back at the rate it was billed at. */
  suppliedOn?: Day
  /** How it was taxed when it was billed, where it takes that back: it holds whatever is so today. */
  billedAt?: { rate: Ratio; prices: PriceTax }
}

/** Its price is already what coupons left of it (`priceAfter`): what comes back is what was paid, and no more. */
const isProrated = ({ because: { code } }: LineInput) => code === 'unused_time' || code === 'remaining_time'

export type InvoiceInput = {
  currency: string
  /** The day of supply, which decides the rates. */
  day: Day
  jurisdiction: string
  rules: readonly TaxRule[]
  prices: PriceTax
  taxRounding: TaxRounding
  lines: readonly LineInput[]
  /** Those that hold, in the order in which they were redeemed. */
  coupons: readonly Coupon[]
  credits: readonly Credit[]
}

export type InvoiceLine = LineInput & Taxed & { rate: Ratio; discounts: Discount[]; discount: Money }

export type TaxTotal = { category: TaxCategory; rate: Ratio; net: Money; tax: Money }

export type Invoice = {
  lines: InvoiceLine[]
  /** Before discounts, as prices were set. */
  subtotal: Money
  /** Zero or less. */
  discount: Money
  net: Money
  taxes: TaxTotal[]
  tax: Money
  total: Money
  credits: CreditUse[]
  /** What a negative total leaves the customer as credit. */
  toCredit: Money
  due: Money
}

const groupOf = (category: TaxCategory, { numerator, denominator }: Ratio) =>
  `${category} ${numerator}/${denominator}`

/** The tax of each line, where all lines at one rate may be rounded together. */
function taxLines(
  lines: readonly (LineInput & { rate: Ratio; left: Money })[],
  input: InvoiceInput,
): Taxed[] {
  const pricesOf = ({ billedAt }: LineInput) => billedAt?.prices ?? input.prices
  const groups = Map.groupBy(
    lines.entries(),
    ([, line]) => `${groupOf(line.category, line.rate)} ${pricesOf(line)}`,
  )
  const taxed: Taxed[] = []
  for (const group of groups.values()) {
    const [, first] = group[0] as (typeof group)[number]
    const prices = group.map(([, { left }]) => left)
    const results = taxOfAll(prices, first.rate, pricesOf(first), input.taxRounding)
    for (const [number, [at]] of group.entries()) taxed[at] = results[number] as Taxed
  }
  return taxed
}

function taxTotals(lines: readonly InvoiceLine[], currency: string): TaxTotal[] {
  const groups = Map.groupBy(lines, ({ category, rate }) => groupOf(category, rate))
  return [...groups.values()].map(group => {
    const { category, rate } = group[0] as InvoiceLine
    const of = (pick: (line: InvoiceLine) => Money) => sum(group.map(pick), currency)
    return { category, rate, net: of(({ net }) => net), tax: of(({ tax }) => tax) }
  })
}

/**
 * The invoice for some lines: discounts first, then tax on what is left, then what credit pays. Every total is the sum
 * of what stands above it, and nothing is rounded again on the way.
 */
export function invoiceOf(input: InvoiceInput): Invoice {
  const { currency, coupons } = input
  const reducible = input.lines.map(line => ({ ...line, reducible: !isProrated(line) }))
  const discounts = discountsOf(coupons, reducible, currency)
  const priced = input.lines.map((line, at) => {
    const own = discounts[at] ?? []
    const discount = sum(
      own.map(({ amount }) => amount),
      currency,
    )
    const rate =
      line.billedAt?.rate ??
      rateOn(input.rules, input.jurisdiction, line.category, line.suppliedOn ?? input.day)
    return { ...line, rate, discounts: own, discount, left: add(line.amount, discount) }
  })
  const taxed = taxLines(priced, input)
  const lines = priced.map(({ left: _, ...line }, at) => ({ ...line, ...(taxed[at] as Taxed) }))
  const of = (pick: (line: InvoiceLine) => Money) => sum(lines.map(pick), currency)
  const total = of(({ gross }) => gross)
  const { uses, stillDue } = payFrom(input.credits, total, input.day)
  return {
    lines,
    subtotal: of(({ amount }) => amount),
    discount: of(({ discount }) => discount),
    net: of(({ net }) => net),
    taxes: taxTotals(lines, currency),
    tax: of(({ tax }) => tax),
    total,
    credits: uses,
    toCredit: total.amountMinor < 0 ? negate(total) : zero(currency),
    due: stillDue,
  }
}
