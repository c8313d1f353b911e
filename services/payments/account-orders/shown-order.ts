import type { AccountOrder } from './account-orders.store.ts'

/** What is still to be paid, in minor units. */
export const openOf = ({ totalMinor, paidMinor, creditedMinor }: AccountOrder): number =>
  totalMinor - paidMinor - creditedMinor

export function shownAccountOrder(order: AccountOrder) {
  const { currency } = order
  const money = (amountMinor: number) => ({ amountMinor, currency })
  const status = order.cancelledAt !== null ? 'cancelled' : openOf(order) === 0 ? 'paid' : 'open'
  return {
    id: order.id,
    institution: { id: order.institutionId, name: order.institutionName },
    status,
    courseId: order.courseId,
    courseTitle: order.courseTitle,
    seats: order.seats,
    taken: order.taken,
    poolId: order.poolId,
    invoice: { id: order.invoiceId, number: order.invoiceNumber, issuedOn: order.issuedOn },
    creditNote: order.creditNote,
    dueOn: order.dueOn,
    total: money(order.totalMinor),
    tax: money(order.taxMinor),
    paid: money(order.paidMinor),
    open: money(openOf(order)),
    payments: order.payments.map(({ amountMinor, ...payment }) => ({
      ...payment,
      amount: money(amountMinor),
    })),
    orderedBy: order.orderedBy === null ? null : { id: order.orderedBy, name: order.ordererName ?? '' },
    createdAt: order.createdAt,
    cancelledAt: order.cancelledAt,
    sandbox: order.sandbox,
  } as const
}

/** As the events about its invoice name it. */
export const saidOf = (organizationId: string, order: AccountOrder) => ({
  invoiceId: order.invoiceId,
  organizationId,
  institutionId: order.institutionId,
  orderId: order.id,
  number: order.invoiceNumber,
  sandbox: order.sandbox,
})
