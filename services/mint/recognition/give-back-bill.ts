import type { EventPayload } from '@azora/contracts/events.ts'
import { allocate, type Money } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { openAccount } from '../accounts/open-account.ts'
import { type BackTo, bookDisputeOf, closeDisputeOf, type PaidFor } from '../sales/book-dispute.ts'
import { reverseRefundOf } from '../sales/book-refund.ts'
import { cashOf, requireBooked } from '../sales/cash.ts'
import { lockPayment } from '../sales/sales.store.ts'
import { selectBookings } from '../transfers/bookings.store.ts'
import type { Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { type BilledSchedule, insertCuts, lockSchedulesOf } from './recognition.store.ts'

const ofBill = (billId: string): PaidFor => ({ type: 'subscription_bill', id: billId })

/**
 * Book what went back of a bill. Of tax goes back what the credit note says. The rest comes off what is still owed as
 * service first, and off revenue where less than that is left (IFRS 15, paragraphs 51 and 59: what is not earned yet is a
 * contract liability, and what is given back of it never becomes revenue).
 *
 * @throws Error where the bill is not booked yet: the event is tried again.
 */
export async function bookBillRefund(
  tx: Transaction,
  refund: EventPayload<'subscription.refunded'>,
): Promise<void> {
  const { refundId, billId, amount } = refund
  const reference = ofBill(billId)
  await lockPayment(tx, billId)
  if ((await selectBookings(tx, [refundId])).length > 0) return
  const cash = await cashOf(tx, refund, amount.currency)
  const transfers = await giveBack(tx, refund, { bookingId: refundId, toAccountId: cash.id, kind: 'refund' })
  requireBooked(
    await postTransfers(tx, { transfers, bookings: [{ id: refundId, kind: 'refund', reference }] }),
  )
}

/** A refund of a bill came back: each account has again what it gave, and what came off the days to come is put back. */
export async function reverseBillRefund(
  tx: Transaction,
  { refundId, billId }: EventPayload<'subscription.refund_failed'>,
): Promise<void> {
  await reverseRefundOf(tx, ofBill(billId), refundId)
  const id = uuidv5('failed', refundId)
  const schedules = await lockSchedulesOf(tx, billId)
  if (schedules.some(({ cutFor }) => cutFor === id)) return
  await cut(
    tx,
    id,
    schedules,
    schedules.map(({ cutFor, amountMinor }) => (cutFor === refundId ? amountMinor : 0)),
  )
}

export const bookBillDispute = (
  tx: Transaction,
  dispute: EventPayload<'subscription.dispute_opened'>,
): Promise<void> => bookDisputeOf(tx, ofBill(dispute.billId), dispute)

/** As for an order; what is lost is given back as by a refund, as far as its credit note says. */
export const closeBillDispute = (
  tx: Transaction,
  dispute: EventPayload<'subscription.dispute_closed'>,
): Promise<void> =>
  closeDisputeOf(tx, ofBill(dispute.billId), dispute, async to => {
    const amount = dispute.credited
    if (amount.amountMinor === 0) return { taken: 0, transfers: [] }
    const transfers = await giveBack(tx, { ...dispute, amount }, { ...to, kind: 'chargeback' })
    return { taken: amount.amountMinor, transfers }
  })

type GivenBack = { billId: string; amount: Money; tax: Money }

/** The transfers by which an amount of a bill is given back. The bill is to be locked. */
async function giveBack(
  tx: Transaction,
  { billId, amount, tax }: GivenBack,
  { bookingId, toAccountId, kind }: BackTo & { kind: 'refund' | 'chargeback' },
): Promise<Order[]> {
  if ((await selectBookings(tx, [uuidv5('booking', billId)])).length === 0)
    throw new Error(`Bill ${billId} is not booked.`)
  const schedules = await lockSchedulesOf(tx, billId)
  const owed = schedules.map(({ amountMinor, earnedMinor }) => amountMinor - earnedMinor)
  const net = amount.amountMinor - tax.amountMinor
  const deferred = Math.max(
    0,
    Math.min(
      net,
      owed.reduce((sum, one) => sum + one, 0),
    ),
  )
  if (deferred > 0) {
    const shares = allocate(
      { ...amount, amountMinor: deferred },
      owed.map(one => Math.max(0, one)),
    )
    await cut(
      tx,
      bookingId,
      schedules,
      shares.map(({ amountMinor }) => amountMinor),
    )
  }
  const parts = [
    ['tax_payable', tax.amountMinor],
    ['deferred_revenue', deferred],
    ['revenue', net - deferred],
  ] as const
  const transfers: Order[] = []
  for (const [account, share] of parts) {
    if (share === 0) continue
    const { id } = await openAccount(tx, {
      kind: account,
      owner: { type: 'school' },
      currency: amount.currency,
    })
    transfers.push({
      phase: 'posted',
      id: uuidv5(account, bookingId),
      kind,
      bookingId,
      debitAccountId: id,
      creditAccountId: toAccountId,
      amount: BigInt(share),
      reference: ofBill(billId),
    })
  }
  return transfers
}

/** Take amounts off the days of schedules of which nothing is earned yet; where none are left, at once. */
async function cut(
  tx: Transaction,
  cutFor: string,
  schedules: readonly BilledSchedule[],
  amounts: readonly number[],
): Promise<void> {
  const next = Math.max(-1, ...schedules.map(({ part }) => part)) + 1
  const cuts = schedules.flatMap(({ billId, subscriptionId, currency, serviceUntil, earnedUntil }, at) => {
    const amountMinor = -(amounts[at] ?? 0)
    if (amountMinor === 0) return []
    const [serviceFrom = serviceUntil] = [earnedUntil, serviceUntil].sort()
    return [{ billId, part: next + at, subscriptionId, currency, amountMinor, serviceFrom, serviceUntil }]
  })
  if (cuts.length > 0) await insertCuts(tx, cutFor, cuts)
}
