import type { EventPayload } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { selectBookings } from '../transfers/bookings.store.ts'
import { selectOfBooking } from '../transfers/journal.store.ts'
import type { Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { refundedTo } from '../wallets/refund-to-wallet.ts'
import { tellWallet } from '../wallets/tell-wallet.ts'
import type { PaidFor } from './book-dispute.ts'
import { requireBooked } from './cash.ts'
import { lockPayment } from './sales.store.ts'
import { leftOf, takeBack } from './take-back.ts'

/**
 * Book what went back of a payment: each who received something of a course gives back, of what the credit note says of
 * that course, in proportion to what they have left of it, so that all refunds together take from each exactly what they
 * had, and no more from anyone at any time. Of tax goes back what the credit note says, so that what is owed to the
 * authority is what the documents say. What the processor kept stays spent.
 *
 * @throws Error where the payment is not booked yet: the event is tried again.
 */
export async function bookRefund(tx: Transaction, refund: EventPayload<'refund.processed'>): Promise<void> {
  const { refundId, paymentId, amount, tax, back: courses } = refund
  await lockPayment(tx, paymentId)
  // How a refund is shared depends on those before it, so one that was booked is not worked out again.
  if ((await selectBookings(tx, [refundId])).length > 0) return
  const { received, left } = await leftOf(tx, paymentId)
  if (left < amount.amountMinor)
    throw new Error(`Of payment ${paymentId} only ${left} are booked and not given back.`)
  const to = await refundedTo(tx, refund)
  const toAccountId = to.accountId
  const back = takeBack(received, {
    paymentId,
    amount,
    tax,
    courses,
    bookingId: refundId,
    kind: 'refund',
    toAccountId,
  })
  const reference = { type: 'payment', id: paymentId }
  requireBooked(
    await postTransfers(tx, {
      transfers: [...back, ...to.onwards],
      bookings: [{ id: refundId, kind: 'refund', reference }],
    }),
  )
  for (const { id } of to.onwards) await tellWallet(tx, id)
}

/**
 * A refund that was booked came back: each has again what they gave for it. The transfers name those that they correct.
 *
 * @throws Error where the refund is not booked yet: the event is tried again.
 */
export const reverseRefund = (tx: Transaction, refund: EventPayload<'refund.failed'>): Promise<void> =>
  reverseRefundOf(tx, { type: 'payment', id: refund.paymentId }, refund.refundId)

export async function reverseRefundOf(tx: Transaction, reference: PaidFor, refundId: string): Promise<void> {
  await lockPayment(tx, reference.id)
  const given = await selectOfBooking(tx, refundId)
  if (given.length === 0) throw new Error(`Refund ${refundId} failed and is not booked.`)
  const booking = { id: uuidv5('failed', refundId), kind: 'refund_failed', reference }
  const transfers = given.map(
    (one): Order => ({
      phase: 'posted',
      id: uuidv5('failed', one.id),
      kind: 'refund_failed',
      bookingId: booking.id,
      debitAccountId: one.creditAccountId,
      creditAccountId: one.debitAccountId,
      amount: BigInt(one.amount),
      correctsId: one.id,
      reference,
    }),
  )
  requireBooked(await postTransfers(tx, { transfers, bookings: [booking] }))
}
