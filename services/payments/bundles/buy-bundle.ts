import type { Money } from '@azora/contracts/money.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { selectOpenAmong } from '../access/access.store.ts'
import { upsertCourse } from '../courses/courses.store.ts'
import { isSame, openOrder } from '../orders/open-order.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { type Order, selectOptionalOrderAbout } from '../orders/orders.store.ts'
import { type Quote, quoteOf } from '../orders/quote-order.ts'
import { ownedOf, requireOffered, standingsOf } from './bundle-for.ts'
import { lockOptionalBundle } from './bundles.store.ts'
import { partsOf } from './parts.ts'

/**
 * What a bundle comes to for the caller now, with their billing details.
 * @throws AppError `not_found`; `price_changed` where it has no price in that currency; as `quoteOf`.
 */
export async function quoteBundle(
  db: Database,
  by: AskingCaller,
  { bundleId, currency, coupon }: { bundleId: string; currency: string; coupon?: string | undefined },
): Promise<Quote> {
  const { organizationId, userId } = by.actor
  const school = db.in(organizationId)
  const { prices, courseIds } = await requireOffered(school, bundleId)
  const price = prices.find(one => one.currency === currency)
  if (!price) throw new AppError('price_changed')
  const { name } = await by.others.auth.me()
  const parts = await partsOf(school, courseIds, price)
  return quoteOf(school, { id: userId, name }, { price, parts, coupon })
}

type Wanted = {
  bundleId: string
  /** What of it the buyer was shown. */
  version: number
  price: Money
  total?: Money | undefined
  coupon?: string | undefined
  from?: 'card' | 'wallet'
}

/**
 * Buy a bundle: an order with an item for each of its courses, which all open together. As with a course there is one open
 * order of it; it is paid at the price that was shown, whatever the courses cost alone by then.
 *
 * @throws AppError `not_found` unless it is offered; `conflict` where all of it is the buyer's already, where one of its
 * courses is not sold any more, and where it was changed since; `price_changed`; as `openOrder`.
 */
export async function buyBundle(
  tools: OrderTools,
  by: AskingCaller,
  { bundleId, version, price, total = price, coupon, from = 'card' }: Wanted,
): Promise<Order> {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  const bundle = await requireOffered(school, bundleId)
  const standings = await standingsOf(by, bundle.courseIds)
  const sold = standings.flatMap(one => (one ? [one.course] : []))
  if (sold.length < standings.length) throw refusal('bundle_incomplete')
  const about = `bundle:${bundleId}`
  const owned = await ownedOf(school, userId, bundle.courseIds, standings)
  if (bundle.courseIds.every(courseId => owned.has(courseId))) {
    // Education may not have heard of the payment yet.
    const paid = await selectOptionalOrderAbout(school, { buyerId: userId, about, status: 'paid' })
    if (paid && standings.some(one => !one?.enrolled)) return paid
    throw refusal('bundle_owned')
  }
  return openOrder(tools, by, {
    ...{ about, courseIds: bundle.courseIds, currency: price.currency, total, coupon, from },
    isOf: order => order.bundle?.version === version,
    async counts(tx) {
      const open = await selectOpenAmong(tx, userId, bundle.courseIds)
      return bundle.courseIds.every(courseId => open.has(courseId))
    },
    async goods(tx, now) {
      const held = await lockOptionalBundle(tx, bundleId, 'sell')
      if (held?.status !== 'offered') throw new AppError('not_found')
      if (!bundle.prices.some(one => isSame(one, price))) throw new AppError('price_changed')
      if (held.version !== version || bundle.version !== version) throw refusal('bundle_changed')
      for (const course of [...sold].sort((a, b) => (a.id < b.id ? -1 : 1)))
        await upsertCourse(tx, course, now)
      const parts = await partsOf(tx, bundle.courseIds, price)
      return {
        parts: parts.map((part, at) => {
          const course = sold[at]
          if (!course) throw new Error('A course of a bundle vanished.')
          return { ...part, course }
        }),
        bundle: { bundleId, version, title: bundle.title },
      }
    },
  })
}
