import type { Day } from '@azora/billing/calendar/day.ts'
import type { Coupon } from '@azora/billing/coupons/coupon.ts'
import type { Credit } from '@azora/billing/credit/credit.ts'
import { type Invoice, invoiceOf, type LineInput } from '@azora/billing/invoices/invoice.ts'
import type { PriceTax } from '@azora/billing/tax/tax.ts'
import type { TaxCategory, TaxRule } from '@azora/billing/tax/tax-rule.ts'
import type { TaxSettings } from '@azora/contracts/payments/tax.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import type { Buyer } from '../buyers/buyer.ts'
import { oneHolds, rulesOf } from './tax-rates.ts'
import { taxSettingsOf } from './tax-settings.ts'

/** How a school's tax holds for one buyer. */
export type TaxTerms = {
  version: number
  settings: TaxSettings
  jurisdiction: string
  rules: readonly TaxRule[]
  prices: PriceTax
  /** What a category comes to for this buyer: what is taxed at home may not be abroad. */
  categoryFor(category: TaxCategory): TaxCategory
}

/**
 * The terms for a buyer. A buyer in a country of which the school has rates is taxed there (as the one-stop shops of the
 * European Union have it); any other one at home, unless the settings say that what goes abroad is zero-rated or the
 * customer's to account for. A price that holds its tax stays what it is for all of them.
 *
 * @param version of the settings; the latest unless given.
 */
export async function taxTermsOf(
  db: Queryable,
  buyer: Pick<Buyer, 'country' | 'taxNumber'>,
  version?: number,
): Promise<TaxTerms> {
  const { version: used, settings } = await taxSettingsOf(db, version)
  return { version: used, settings, ...termsFor(settings, buyer) }
}

/** @see taxTermsOf */
export function termsFor(
  settings: TaxSettings,
  buyer: Pick<Buyer, 'country' | 'taxNumber'>,
): Omit<TaxTerms, 'version' | 'settings'> {
  const home = settings.entity.country
  if (!settings.registered) {
    const rate = { numerator: 0, denominator: 10_000 }
    const nothing: TaxRule = { jurisdiction: home, rate, from: '0001-01-01', until: null }
    return { jurisdiction: home, rules: [nothing], prices: 'inclusive', categoryFor: () => 'standard' }
  }
  const rules = rulesOf(settings)
  const abroad = buyer.country !== null && buyer.country !== home ? buyer.country : null
  const category = buyer.taxNumber ? settings.abroad.business : settings.abroad.private
  const taxedThere = abroad !== null && rules.some(({ jurisdiction }) => jurisdiction === abroad)
  return {
    jurisdiction: taxedThere && category === 'standard' ? abroad : home,
    rules,
    prices: settings.pricesIncludeTax ? 'inclusive' : 'exclusive',
    categoryFor: wanted => (wanted === 'standard' && abroad !== null ? category : wanted),
  }
}

type Priced = {
  currency: string
  /** The day of supply, which decides the rates. */
  day: Day
  lines: readonly LineInput[]
  coupons?: readonly Coupon[]
  credits?: readonly Credit[]
}

/**
 * What lines come to under the terms: discounts, tax, total, by line. The category of a line is the course's own, or for
 * what takes back a billed line (`billedAt`) that line's.
 * @throws AppError `tax_rate_missing` where no rate, or more than one, holds that day: a rate is never guessed.
 */
export function priceLines(
  terms: TaxTerms,
  { currency, day, lines, coupons = [], credits = [] }: Priced,
): Invoice {
  const { jurisdiction, rules, prices } = terms
  const taxed = lines.map(one => (one.billedAt ? one : { ...one, category: terms.categoryFor(one.category) }))
  for (const { category, billedAt, suppliedOn = day } of taxed)
    if (!billedAt && category === 'standard' && !oneHolds(rules, jurisdiction, suppliedOn))
      throw refusal('tax_rate_missing')
  return invoiceOf({
    currency,
    day,
    jurisdiction,
    rules,
    prices,
    taxRounding: 'line',
    lines: taxed,
    coupons,
    credits,
  })
}
