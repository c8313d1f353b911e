import type { Money } from '@azora/contracts/money.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { upsertCourse } from '../courses/courses.store.ts'
import { giftAbout } from '../gifts/gift-order.ts'
import { selectCurrentPrices } from '../prices/prices.store.ts'
import { isSame, openOrder } from './open-order.ts'
import type { OrderTools } from './order-tools.ts'
import type { Order } from './orders.store.ts'

type Wanted = {
  courseId: string
  price: Money
  total?: Money | undefined
  coupon?: string | undefined
  /** From a wallet an order is paid without a page at Stripe, so none is opened. */
  from?: 'card' | 'wallet'
  /** Whether it is for another person, who gets it by a code. The buyer may have the course already, or buy several. */
  gift?: boolean
}

/**
 * Buy a course: an order, and at Stripe a session in which it is paid. Of two tabs that do this at once both get the
 * same order, since a buyer has one open order of a thing; and the session is made under the order's id, so a call that
 * is repeated after a crash finds the one that there is.
 *
 * @param price of the course, as the buyer was shown it.
 * @param total what the buyer was shown that it comes to; the price unless given, so that tax which was not shown is
 * never paid.
 * @param coupon the code of one, which is in the total.
 * @throws AppError `not_found` for a course that is not in the catalogue; `price_changed`; `conflict` where it is free
 * or theirs already; `tax_rate_missing`; `unavailable` while Stripe does not answer.
 */
export async function openCheckout(
  tools: OrderTools,
  by: AskingCaller,
  { courseId, price, total = price, coupon, from = 'card', gift = false }: Wanted,
): Promise<Order> {
  const course = await by.others.education.getCourseAccess({ courseId })
  if (course.enrolled && !gift) throw refusal('already_enrolled')
  if (course.status !== 'published') throw new AppError('not_found')
  const { instructorId, title } = course
  return openOrder(tools, by, {
    about: gift ? giftAbout(courseId) : `course:${courseId}`,
    // Who gives a course away may buy it for themselves as well.
    courseIds: gift ? [] : [courseId],
    ...{ currency: price.currency, total, coupon, from },
    isOf: () => true,
    // Of gifts each is another one.
    counts: async () => !gift,
    async goods(tx, now) {
      await upsertCourse(tx, { id: courseId, instructorId, title }, now)
      const prices = await selectCurrentPrices(tx, courseId)
      if (prices.length === 0) throw refusal('course_is_free')
      const current = prices.find(one => isSame(one, price))
      if (!current) throw new AppError('price_changed')
      const sold = { course: { id: courseId, instructorId, title }, price, priceId: current.id }
      return { parts: [sold], bundle: null }
    },
  })
}
