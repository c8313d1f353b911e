import { splitBundle } from '@azora/billing/pricing/bundle.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { selectPricesIn } from './bundles.store.ts'

export type Part = { courseId: string; price: Money; priceId: string | null }

/**
 * The price of a bundle split over its courses by what each costs alone now. One that costs nothing in this currency has
 * no part of it, unless all cost nothing: then each has the same.
 */
export async function partsOf(db: Queryable, courseIds: readonly string[], price: Money): Promise<Part[]> {
  const { currency } = price
  const alone = await selectPricesIn(db, courseIds, currency)
  const shares = splitBundle(
    price,
    courseIds.map(courseId => ({ amountMinor: alone.get(courseId)?.amountMinor ?? 0, currency })),
  )
  return courseIds.map((courseId, at) => {
    const share = shares[at]
    if (!share) throw new Error('A part of a bundle has no price.')
    return { courseId, price: share, priceId: alone.get(courseId)?.id ?? null }
  })
}
