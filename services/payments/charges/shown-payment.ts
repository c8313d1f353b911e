import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { type ShownPayment, selectPaidBills } from './paid-charges.store.ts'

const moneyOf = (one: ShownPayment) => {
  const money = (amountMinor: number) => ({ amountMinor, currency: one.currency })
  return {
    id: one.id,
    paidAt: one.paidAt,
    amount: money(one.amountMinor),
    refunded: money(one.refundedMinor),
    disputed: money(one.disputedMinor),
    invoiceId: one.invoiceId,
  }
}

/** As those see it who keep the school's books. */
const shownPayment = (one: ShownPayment) => ({
  ...moneyOf(one),
  subscriptionId: one.subscriptionId,
  owner: one.ownerId === null ? null : { id: one.ownerId, name: one.ownerName },
  planName: one.planName,
  sandbox: one.sandbox,
})

export async function listSubscriptionPayments(
  db: Queryable,
  input: { subscriptionId?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const found = await selectPaidBills(db, input)
  return { ...found, items: found.items.map(shownPayment) }
}

/** @throws AppError `not_found` */
export async function readSubscriptionPayment(db: Queryable, billId: string) {
  const [found] = (await selectPaidBills(db, { billId, limit: 1 })).items
  if (!found) throw new AppError('not_found')
  return shownPayment(found)
}

/** What its owner has paid, the last first. */
export async function ownPayments(db: Queryable, subscriptionId: string) {
  return (await selectPaidBills(db, { subscriptionId, limit: 12 })).items.map(moneyOf)
}
