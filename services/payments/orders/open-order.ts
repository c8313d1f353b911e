import type { Money } from '@azora/contracts/money.ts'
import type { AskingCaller, Caller } from '@azora/kit/caller.ts'
import { leaveProcess } from '@azora/kit/context.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { type Buyer, buyerOf } from '../buyers/buyer.ts'
import { insertUse, lockCurrent } from '../coupons/coupons.store.ts'
import type { Course } from '../courses/courses.store.ts'
import { upsertSchoolName } from '../schools/schools.store.ts'
import { withSession } from './checkout-session.ts'
import type { OrderTools } from './order-tools.ts'
import {
  deleteOrder,
  insertOptionalOrder,
  type NewItem,
  type Order,
  type OrderBundle,
  selectOptionalOrder,
  selectOptionalOrderAbout,
} from './orders.store.ts'
import { lockBuyer, selectOpenOverlapping } from './overlaps.store.ts'
import { buysAs, priceCourses } from './price-order.ts'
import { settleFree } from './settle-free.ts'
import { settleOrder } from './settle-order.ts'

/** How long a checkout stays open. Stripe keeps one for at least half an hour, and a day at most. */
const openMinutes = 60

/** How often what is in the way of an order is ended before its buyer is told to wait. */
const mostRounds = 3

/** What is sold at the price of now: a course, or those of a bundle, each with its part of the price. */
export type Goods = {
  parts: { course: Course; price: Money; priceId: string | null }[]
  bundle: OrderBundle | null
}

export type Wish = {
  /** What it is for: `course:<id>`, `bundle:<id>`. Its buyer has one open order of it at most. */
  about: string
  /** What it is of: what else of these the buyer has an open order of is ended first. */
  courseIds: readonly string[]
  currency: string
  /** What the buyer was shown that it comes to. */
  total: Money
  coupon: string | undefined
  from: 'card' | 'wallet'
  /** Whether an order is of what is wanted, and not of what it was once. */
  isOf(order: Order): boolean
  /** Whether a paid order still stands for all of it. */
  counts(tx: Transaction, paid: Order): Promise<boolean>
  /** In the transaction that makes the order. @throws AppError where it is not sold any more, or at another price */
  goods(tx: Transaction, now: string): Promise<Goods>
}

/**
 * The open order of what is wanted, made now where there is none, or the one by which it was paid already. A buyer has one
 * open order at a time of a course, alone or in a bundle, so that nobody pays for it twice.
 * @throws AppError `course_being_paid` where another order of one of the courses cannot be ended; `price_changed`; what `goods` throws; `unavailable` while Stripe does not answer.
 */
export async function openOrder(tools: OrderTools, by: AskingCaller, wish: Wish): Promise<Order> {
  const { organizationId, userId } = by.actor
  const { about, total, coupon, from } = wish
  const school = tools.db.in(organizationId)
  const payable = (order: Order) => {
    // Nobody pays what costs nothing.
    if (order.totalMinor === 0) return settleFree(tools, organizationId, order.id)
    return from === 'wallet' ? order : withSession(tools, organizationId, order)
  }
  const isWanted = (order: Order) =>
    isTotal(order, total) && order.couponCode === (coupon ?? null) && wish.isOf(order)
  const me = await by.others.auth.me()
  const open = await selectOptionalOrderAbout(school, { buyerId: userId, about, status: 'open' })
  if (open && isWanted(open) && open.sandbox === tools.stripe.sandbox)
    if (await buysAs(school, { id: userId, name: me.name }, open.pricing)) return payable(open)
  if (open) {
    // It was made at another price, or for another name, and nobody may pay it once this one is open.
    const ended = await endOrder(tools, organizationId, open)
    if (ended.status === 'paid') return ended
  }
  let made: Order | 'overlaps' | null = 'overlaps'
  // One may have been opened in another tab since those before it were ended.
  for (let round = 0; made === 'overlaps'; round++) {
    if (round === mostRounds) throw refusal('course_being_paid')
    await endOverlapping(tools, by, wish)
    made = await makeOrder(tools, by, wish, { name: me.name, school: me.organization.name })
  }
  if (made) return made
  const mine = await selectOptionalOrderAbout(school, { buyerId: userId, about, status: 'open' })
  // Another tab may have been faster, with the price that it saw.
  if (!mine || !isWanted(mine)) throw new AppError('price_changed')
  return payable(mine)
}

/** End the open orders that have one of the courses too. @throws AppError `course_being_paid` */
async function endOverlapping(
  tools: OrderTools,
  by: Caller,
  { about, courseIds }: Pick<Wish, 'about' | 'courseIds'>,
): Promise<void> {
  const { organizationId, userId } = by.actor
  const school = tools.db.in(organizationId)
  for (const orderId of await selectOpenOverlapping(school, { buyerId: userId, about, courseIds })) {
    const order = await selectOptionalOrder(school, orderId)
    const ended = order && (await endOrder(tools, organizationId, order))
    // Its page may have been opened while it was ended: then it is there to be closed now.
    const now = ended?.status === 'open' ? await endOrder(tools, organizationId, ended) : ended
    if (now?.status !== 'expired') throw refusal('course_being_paid')
  }
}

/**
 * Make the order, at the price of now.
 * @returns the order by which it was paid before, or meanwhile; whether an order of one of its courses is in the way.
 */
function makeOrder(
  tools: OrderTools,
  by: AskingCaller,
  wish: Wish,
  called: { name: string; school: string },
): Promise<Order | 'overlaps' | null> {
  const { about, currency, total, coupon, courseIds } = wish
  const { organizationId, userId } = by.actor
  const id = uuidv7()
  return tools.db.in(organizationId).transaction(async tx => {
    const paid = async () => {
      const order = await selectOptionalOrderAbout(tx, { buyerId: userId, about, status: 'paid' })
      return order && (await wish.counts(tx, order)) ? order : null
    }
    await lockBuyer(tx, userId)
    if ((await selectOpenOverlapping(tx, { buyerId: userId, about, courseIds })).length > 0)
      return 'overlaps' as const
    // Education may not have heard of the payment yet.
    const before = await paid()
    if (before) return before
    const now = new Date().toISOString()
    const goods = await wish.goods(tx, now)
    if (coupon !== undefined) {
      await lockCurrent(tx, coupon)
      // Another tab of theirs has used it meanwhile, for this.
      if (await selectOptionalOrderAbout(tx, { buyerId: userId, about, status: 'open' })) return null
    }
    const buyer: Buyer & { id: string } = await buyerOf(tx, { id: userId, name: called.name })
    const parts = goods.parts.map(({ course, price }) => ({ courseId: course.id, price }))
    const { terms, pricing, couponId } = await priceCourses(tx, { buyer, currency, parts, coupon })
    if (!isSame(pricing.invoice.total, total)) throw new AppError('price_changed')
    // Last, since all orders of the school write this row.
    await upsertSchoolName(tx, called.school, now)
    const inserted = await insertOptionalOrder(tx, {
      id,
      buyerId: userId,
      buyerName: called.name,
      about,
      total,
      taxVersion: terms.version,
      pricing,
      couponCode: coupon ?? null,
      bundle: goods.bundle,
      sandbox: tools.stripe.sandbox,
      expiresAt: new Date(Date.now() + openMinutes * 60_000).toISOString(),
      items: goods.parts.map(({ course, priceId }, at): NewItem => {
        const amountMinor = pricing.invoice.lines[at]?.gross.amountMinor ?? 0
        const { id: courseId, title, instructorId } = course
        return { courseId, title, instructorId, priceId, amountMinor }
      }),
    })
    if (inserted && couponId) await insertUse(tx, { orderId: id, couponId, userId })
    // Looked for after the insert, which waited for a settlement of the older order that was under way.
    const already = await paid()
    if (already) await deleteOrder(tx, id)
    return already
  })
}

export const isSame = (a: Money, b: Money) => a.currency === b.currency && a.amountMinor === b.amountMinor
const isTotal = (order: Order, total: Money) =>
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
