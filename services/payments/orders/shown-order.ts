import { isDeposit } from '../deposits/deposit-order.ts'
import { isGift } from '../gifts/gift-order.ts'
import type { Credited } from './invoice-order.ts'
import type { Order } from './orders.store.ts'

export const shownItems = ({ items, currency }: Pick<Order, 'items' | 'currency'>) =>
  items.map(({ courseId, title, amountMinor, leftMinor, isPaidTwice }) => ({
    ...{ courseId, title },
    price: { amountMinor, currency },
    refundable: { amountMinor: leftMinor, currency },
    paidTwice: isPaidTwice,
  }))

/** An order as its buyer sees it. */
export function shownOrder(order: Order) {
  const { currency } = order
  const money = (amountMinor: number) => ({ amountMinor, currency })
  return {
    id: order.id,
    kind: isDeposit(order) ? ('deposit' as const) : ('purchase' as const),
    gift: isGift(order),
    status: order.status,
    items: shownItems(order),
    bundle: order.bundle && { bundleId: order.bundle.bundleId, title: order.bundle.title },
    total: money(order.totalMinor),
    coupon: order.couponCode,
    tax: money(order.pricing?.invoice.tax.amountMinor ?? 0),
    refunded: money(order.refundedMinor),
    refunds: order.refunds.map(({ amountMinor, keepsAccess: _, ...refund }) => ({
      ...refund,
      amount: money(amountMinor),
    })),
    documents: order.documents.map(({ totalMinor, ...one }) => ({ ...one, total: money(totalMinor) })),
    disputed: money(order.disputedMinor),
    refundableUntil: order.refundableUntil,
    refundRequest: order.refundRequest,
    createdAt: order.createdAt,
    expiresAt: order.expiresAt,
    paidAt: order.paidAt,
    checkoutUrl: order.status === 'open' ? order.checkoutUrl : null,
    sandbox: order.sandbox,
  }
}

/** The same for those who keep the school's books. */
export const schoolOrder = (order: Order) => ({
  ...shownOrder(order),
  buyer: order.buyerId === null ? null : { id: order.buyerId, name: order.buyerName },
})

/** What was sold, as the events tell it: without what nothing was paid for. */
export const soldItems = ({ items, currency, pricing }: Order) =>
  items
    .map(({ courseId, instructorId, title, amountMinor }, at) => {
      const line = pricing?.invoice.lines[at]
      // Less than zero where something was taken off.
      const off = line?.discount.amountMinor ?? 0
      return {
        ...{ courseId, instructorId, title },
        price: { amountMinor, currency },
        ...(pricing ? { tax: line?.tax } : {}),
        ...(off < 0 ? { discount: { amountMinor: -off, currency } } : {}),
      }
    })
    .filter(({ price }) => price.amountMinor > 0)

/** What a credit note takes back of each course, as the events tell it. */
export const backOfCourses = ({ items, currency }: Order, credited: Credited | null) =>
  credited && {
    tax: { amountMinor: credited.note.taxMinor, currency },
    back: credited.items.map(({ position, netMinor, taxMinor }) => ({
      courseId: items[position]?.courseId ?? '',
      amount: { amountMinor: netMinor + taxMinor, currency },
      tax: { amountMinor: taxMinor, currency },
    })),
  }
