import { isGift } from '../gifts/gift-order.ts'
import type { Order } from './orders.store.ts'

/** What stands for each item on the payment page and on the invoice. */
export const titlesOf = (order: Order): string[] =>
  order.items.map(({ title }) => (isGift(order) ? `${title} (gift)` : title))
