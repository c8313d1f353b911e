import type { Order } from './orders.store.ts'

/** An order as its buyer sees it. */
export function shownOrder(order: Order) {
  const { currency } = order
  const money = (amountMinor: number) => ({ amountMinor, currency })
  return {
    id: order.id,
    status: order.status,
    items: order.items.map(({ courseId, title, amountMinor }) => ({
      courseId,
      title,
      price: money(amountMinor),
    })),
    total: money(order.totalMinor),
    refunded: money(order.refundedMinor),
    refunds: order.refunds.map(({ amountMinor, ...refund }) => ({ ...refund, amount: money(amountMinor) })),
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

/** What was sold, as the events tell it. */
export const soldItems = ({ items, currency }: Order) =>
  items.map(({ courseId, instructorId, amountMinor }) => ({
    courseId,
    instructorId,
    price: { amountMinor, currency },
  }))
