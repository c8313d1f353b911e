import { isDeepStrictEqual } from 'node:util'
import type { Invoice } from '@azora/billing/invoices/invoice.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import { type Buyer, buyerOf } from '../buyers/buyer.ts'
import { usableCoupon } from '../coupons/use-coupon.ts'
import { selectTaxCategories } from '../courses/courses.store.ts'
import { mostIn, stepOf } from '../stripe/stripe-amounts.ts'
import { today } from '../tax/tax-rates.ts'
import { priceLines, type TaxTerms, taxTermsOf } from '../tax/tax-terms.ts'

/** What an order comes to, line by line, and for whom: kept with it, so that what was shown is what is paid. */
export type Pricing = { buyer: Omit<Buyer, 'id'>; invoice: Invoice }

type Wanted = {
  buyer: Buyer & { id: string }
  currency: string
  /** What is bought, each at its price, all in the one currency. */
  parts: readonly { courseId: string; price: Money }[]
  /** The code of a coupon. */
  coupon?: string | undefined
}

/**
 * Work out what courses come to for a buyer now: a line for each.
 * @throws AppError `tax_rate_missing`; why the coupon cannot be used; `amount_not_taken` for what it comes to in a currency
 * that is charged in steps.
 */
export async function priceCourses(
  db: Queryable,
  { buyer, currency, parts, coupon: code }: Wanted,
): Promise<{ terms: TaxTerms; pricing: Pricing; couponId: string | null }> {
  const terms = await taxTermsOf(db, buyer)
  const categories = await selectTaxCategories(
    db,
    parts.map(({ courseId }) => courseId),
  )
  const day = today(terms.settings)
  const used = code === undefined ? null : await usableCoupon(db, { code, userId: buyer.id, parts, day })
  const invoice = priceLines(terms, {
    currency,
    day,
    coupons: used ? [used.coupon] : [],
    lines: parts.map(({ courseId, price }) => ({
      item: courseId,
      quantity: 1,
      amount: price,
      category: categories.get(courseId) ?? 'standard',
      because: { code: 'purchase' },
    })),
  })
  const { amountMinor } = invoice.total
  // Tax that is added, or a coupon, may leave what no processor charges.
  if (amountMinor % stepOf(currency) !== 0 || amountMinor > mostIn(currency).amountMinor)
    throw refusal('amount_not_taken')
  return { terms, pricing: { buyer: namedAs(buyer), invoice }, couponId: used?.id ?? null }
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
