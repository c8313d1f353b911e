import { isDeepStrictEqual } from 'node:util'
import type { Invoice } from '@azora/billing/invoices/invoice.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { type Buyer, buyerOf } from '../buyers/buyer.ts'
import { selectTaxCategory } from '../courses/courses.store.ts'
import { today } from '../tax/tax-rates.ts'
import { priceLines, type TaxTerms, taxTermsOf } from '../tax/tax-terms.ts'

/** What an order comes to, line by line, and for whom: kept with it, so that what was shown is what is paid. */
export type Pricing = { buyer: Omit<Buyer, 'id'>; invoice: Invoice }

type Wanted = { buyer: Buyer; courseId: string; price: Money }

/**
 * Work out what a course comes to for a buyer now.
 * @throws AppError `tax_rate_missing`
 */
export async function priceCourse(
  db: Queryable,
  { buyer, courseId, price }: Wanted,
): Promise<{ terms: TaxTerms; pricing: Pricing }> {
  const terms = await taxTermsOf(db, buyer)
  const category = await selectTaxCategory(db, courseId)
  const invoice = priceLines(terms, {
    currency: price.currency,
    day: today(terms.settings),
    lines: [{ item: courseId, quantity: 1, amount: price, category, because: { code: 'purchase' } }],
  })
  return { terms, pricing: { buyer: namedAs(buyer), invoice } }
}

const namedAs = ({ name, address, country, taxNumber }: Omit<Buyer, 'id'>): Omit<Buyer, 'id'> => ({
  name,
  address,
  country,
  taxNumber,
})

/** Whether who buys is still called what they were when the order was made, so that its invoice is right. */
export async function buysAs(
  db: Queryable,
  buyer: { id: string; name: string },
  pricing: Pricing | null,
): Promise<boolean> {
  return pricing === null || isDeepStrictEqual(namedAs(await buyerOf(db, buyer)), pricing.buyer)
}
