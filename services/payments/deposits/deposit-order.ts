import type { Order } from '../orders/orders.store.ts'

/** What the order of a deposit is about: its own id, since a person may have several open. */
export const depositAbout = (orderId: string): string => `deposit:${orderId}`

/** Whether an order buys nothing, and its money goes into a wallet. */
export const isDeposit = ({ about }: Pick<Order, 'about'>): boolean => about.startsWith('deposit:')
