import type { Order } from '../orders/orders.store.ts'

/** What the order of a gift is about: apart from that of the course for oneself, so that both may be open. */
export const giftAbout = (courseId: string): string => `gift:${courseId}`

/** Whether an order buys a course for another person, who gets it by a code. */
export const isGift = ({ about }: Pick<Order, 'about'>): boolean => about.startsWith('gift:')
