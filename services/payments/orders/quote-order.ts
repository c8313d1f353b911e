import { type Money, negate } from '@azora/contracts/money.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { buyerOf } from '../buyers/buyer.ts'
import { selectCurrentPrices } from '../prices/prices.store.ts'
import { priceCourses } from './price-order.ts'

/** What a buyer sees before they pay, to the cent. */
export type Quote = {
  price: Money
  /** What comes off the price. */
  discount: Money
  net: Money
  tax: Money
  total: Money
  /** What the tax is called; null where the school takes none. */
  taxName: string | null
  pricesIncludeTax: boolean
}

/**
 * What a course comes to for the caller now, with their billing details.
 * @throws AppError `not_found`; `course_is_free`; `price_changed` where it has no price in that currency any more;
 * `tax_rate_missing`; why the coupon cannot be used.
 */
export async function quoteCourse(
  db: Database,
  by: AskingCaller,
  { courseId, currency, coupon }: { courseId: string; currency: string; coupon?: string | undefined },
): Promise<Quote> {
  const { organizationId, userId } = by.actor
  const course = await by.others.education.getCourseAccess({ courseId })
  if (course.status !== 'published') throw new AppError('not_found')
  const { name } = await by.others.auth.me()
  const school = db.in(organizationId)
  const prices = await selectCurrentPrices(school, courseId)
  if (prices.length === 0) throw refusal('course_is_free')
  const price = prices.find(one => one.currency === currency)
  if (!price) throw new AppError('price_changed')
  return quoteOf(school, { id: userId, name }, { price, parts: [{ courseId, price }], coupon })
}

type Quoted = {
  /** Of all of it, as it was set. */
  price: Money
  parts: readonly { courseId: string; price: Money }[]
  coupon: string | undefined
}

/** What courses at their prices come to for a buyer now. @throws AppError as `priceCourses` */
export async function quoteOf(
  school: Queryable,
  by: { id: string; name: string },
  { price, parts, coupon }: Quoted,
): Promise<Quote> {
  const buyer = await buyerOf(school, by)
  const { amountMinor, currency } = price
  const { terms, pricing } = await priceCourses(school, { buyer, currency, parts, coupon })
  const { discount, net, tax, total } = pricing.invoice
  const { registered, taxName, pricesIncludeTax } = terms.settings
  return {
    price: { amountMinor, currency },
    discount: negate(discount),
    net,
    tax,
    total,
    taxName: registered ? taxName : null,
    pricesIncludeTax: !registered || pricesIncludeTax,
  }
}
