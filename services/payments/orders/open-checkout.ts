import type { Money } from '@azora/contracts/money.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { leaveProcess } from '@azora/kit/context.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { buyerOf } from '../buyers/buyer.ts'
import { insertUse, lockCurrent } from '../coupons/coupons.store.ts'
import { type Course, upsertCourse } from '../courses/courses.store.ts'
import { selectCurrentPrices } from '../prices/prices.store.ts'
import { upsertSchoolName } from '../schools/schools.store.ts'
import { withSession } from './checkout-session.ts'
import type { OrderTools } from './order-tools.ts'
import { deleteOrder, insertOptionalOrder, type Order, selectOptionalOrderAbout } from './orders.store.ts'
import { buysAs, priceCourse } from './price-order.ts'
import { settleFree } from './settle-free.ts'
import { settleOrder } from './settle-order.ts'

/** How long a checkout stays open. Stripe keeps one for at least half an hour, and a day at most. */
const openMinutes = 60

type Wanted = {
  courseId: string
  price: Money
  total?: Money | undefined
  coupon?: string | undefined
  /** From a wallet an order is paid without a page at Stripe, so none is opened. */
  from?: 'card' | 'wallet'
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
  { courseId, price, total = price, coupon, from = 'card' }: Wanted,
): Promise<Order> {
  const { organizationId, userId } = by.actor
  const course = await by.others.education.getCourseAccess({ courseId })
  if (course.enrolled) throw refusal('already_enrolled')
  if (course.status !== 'published') throw new AppError('not_found')
  const school = tools.db.in(organizationId)
  const payable = (order: Order) => {
    // Nobody pays what costs nothing.
    if (order.totalMinor === 0) return settleFree(tools, organizationId, order.id)
    return from === 'wallet' ? order : withSession(tools, organizationId, order)
  }
  const isWanted = (order: Order) => isOf(order, total) && order.couponCode === (coupon ?? null)
  const about = `course:${courseId}`
  const me = await by.others.auth.me()
  const open = await selectOptionalOrderAbout(school, { buyerId: userId, about, status: 'open' })
  if (open && isWanted(open) && open.sandbox === tools.stripe.sandbox)
    if (await buysAs(school, { id: userId, name: me.name }, open.pricing)) return payable(open)
  if (open) {
    // It was made at another price, or for another name, and nobody may pay it once this one is open.
    const ended = await endOrder(tools, organizationId, open)
    if (ended.status === 'paid') return ended
  }
  // Education may not have heard of the payment yet.
  const paid = await selectOptionalOrderAbout(school, { buyerId: userId, about, status: 'paid' })
  if (paid) return paid
  const paidMeanwhile = await makeOrder(tools, organizationId, {
    buyer: { id: userId, name: me.name },
    school: me.organization.name,
    about,
    course: { id: courseId, instructorId: course.instructorId, title: course.title },
    price,
    total,
    coupon,
  })
  if (paidMeanwhile) return paidMeanwhile
  const made = await selectOptionalOrderAbout(school, { buyerId: userId, about, status: 'open' })
  // Another tab may have been faster, with the price that it saw.
  if (!made || !isWanted(made)) throw new AppError('price_changed')
  return payable(made)
}

type Wish = {
  buyer: { id: string; name: string }
  /** What the school is called. */
  school: string
  about: string
  course: Course
  price: Money
  total: Money
  coupon: string | undefined
}

/** Make the order, at the price of now. @returns the order by which it was paid meanwhile. */
function makeOrder(tools: OrderTools, organizationId: string, wish: Wish): Promise<Order | null> {
  const { about, course, price, total, coupon } = wish
  const id = uuidv7()
  return tools.db.in(organizationId).transaction(async tx => {
    const now = new Date().toISOString()
    await upsertSchoolName(tx, wish.school, now)
    await upsertCourse(tx, course, now)
    const prices = await selectCurrentPrices(tx, course.id)
    if (prices.length === 0) throw refusal('course_is_free')
    const current = prices.find(one => isSame(one, price))
    if (!current) throw new AppError('price_changed')
    if (coupon !== undefined) {
      await lockCurrent(tx, coupon)
      // Another tab of theirs has used it meanwhile, for this.
      if (await selectOptionalOrderAbout(tx, { buyerId: wish.buyer.id, about, status: 'open' })) return null
    }
    const buyer = await buyerOf(tx, wish.buyer)
    const wanted = { buyer, courseId: course.id, price, coupon }
    const { terms, pricing, couponId } = await priceCourse(tx, wanted)
    if (!isSame(pricing.invoice.total, total)) throw new AppError('price_changed')
    const inserted = await insertOptionalOrder(tx, {
      id,
      buyerId: wish.buyer.id,
      buyerName: wish.buyer.name,
      about,
      total,
      taxVersion: terms.version,
      pricing,
      couponCode: coupon ?? null,
      sandbox: tools.stripe.sandbox,
      expiresAt: new Date(Date.now() + openMinutes * 60_000).toISOString(),
      item: {
        courseId: course.id,
        title: course.title,
        instructorId: course.instructorId,
        priceId: current.id,
      },
    })
    if (inserted && couponId) await insertUse(tx, { orderId: id, couponId, userId: buyer.id })
    // Looked for after the insert, which waited for a settlement of the older order that was under way.
    const already = await selectOptionalOrderAbout(tx, { buyerId: wish.buyer.id, about, status: 'paid' })
    if (already) await deleteOrder(tx, id)
    return already
  })
}

const isSame = (a: Money, b: Money) => a.currency === b.currency && a.amountMinor === b.amountMinor
const isOf = (order: Order, total: Money) =>
  isSame({ amountMinor: order.totalMinor, currency: order.currency }, total)

/** End an open order, unless it was paid meanwhile; how it stands then. */
async function endOrder(tools: OrderTools, organizationId: string, order: Order): Promise<Order> {
  const { stripeSessionId } = order
  if (stripeSessionId && order.sandbox === tools.stripe.sandbox) {
    await leaveProcess('Ending a checkout')
    const stripe = await tools.stripe.open()
    // Refused where it was paid or has ended by itself; what it has come to is asked for next.
    await stripe.checkout.sessions.expire(stripeSessionId).catch(() => {})
  }
  return settleOrder(tools, organizationId, order.id, { endUnopened: true })
}
