import type { EventPayload } from '@azora/contracts/events.ts'
import { subtract, zero } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { openAccount } from '../accounts/open-account.ts'
import { insertCourseSale } from '../course-sales/course-sales.store.ts'
import { type Booked, type SplitOrder, splitTransfers } from '../splits/book-split.ts'
import { splitRuleAt } from '../splits/split-rules.ts'
import type { Booking, Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { postReservation } from '../wallets/reservations.ts'
import { openClearing } from '../wallets/wallet-accounts.ts'
import { cashOf, requireBooked } from './cash.ts'
import { saleOf } from './sale-id.ts'
import { lockPayment } from './sales.store.ts'

/** The rule by which what a course brings is shared out. */
export const saleRule = 'course_sale'

/**
 * Book a payment: what each course brought, shared out by the rule that counted when it was paid (all of it is the
 * school's where there is none), and what the processor keeps. Every id follows from the payment's, so it may run twice.
 *
 * Everything is posted at once, and one refusal leaves nothing: of a bundle no instructor has a share while another waits.
 * So the accounts are also locked in one go, in the order of their ids, and two bundles with the same instructors in another
 * order never wait for each other.
 */
export async function bookSale(tx: Transaction, payment: EventPayload<'payment.processed'>): Promise<void> {
  const { paymentId, amount, fee, items } = payment
  const { currency } = amount
  const reference = { type: 'payment', id: paymentId }
  await lockPayment(tx, paymentId)
  const paidFrom = await paidFromOf(tx, payment)
  const rule = await splitRuleAt(tx, saleRule, payment.processedAt)
  const transfers: Order[] = []
  const bookings: Booking[] = []
  for (const { courseId, instructorId, title = '', price, tax, discount } of items) {
    const booking = { id: saleOf(paymentId, courseId), kind: 'sale', reference }
    const order = { booking, amount: price, tax, paidFromId: paidFrom.id, instructorId }
    const booked = rule ? await splitTransfers(tx, { ...order, rule }) : await schoolTransfers(tx, order)
    transfers.push(...booked.transfers)
    bookings.push(...booked.bookings)
    const gross = price.amountMinor
    await insertCourseSale(tx, {
      bookingId: booking.id,
      paymentId,
      courseId,
      instructorId,
      title,
      currency,
      gross,
      discount: discount?.amountMinor ?? 0,
    })
  }
  if (fee && fee.amountMinor > 0)
    transfers.push({
      phase: 'posted',
      id: uuidv5('processor_fee', paymentId),
      kind: 'processor_fee',
      debitAccountId: (await openAccount(tx, { kind: 'fees', owner: { type: 'school' }, currency })).id,
      creditAccountId: paidFrom.id,
      amount: BigInt(fee.amountMinor),
      reference,
    })
  requireBooked(await postTransfers(tx, { transfers, bookings }))
}

/** Where the money of a payment is: at the processor, or, with what its buyer's wallet held for it, between the two. */
async function paidFromOf(tx: Transaction, payment: EventPayload<'payment.processed'>) {
  const { amount, wallet } = payment
  if (!wallet) return cashOf(tx, payment, amount.currency)
  await postReservation(tx, wallet.reservationId)
  return openClearing(tx, amount.currency)
}

/** All of it is the school's but the tax. */
async function schoolTransfers(
  tx: Transaction,
  { booking, amount, tax = zero(amount.currency), paidFromId }: Omit<SplitOrder, 'rule'>,
): Promise<Booked> {
  const { currency } = amount
  const parts = [
    { part: 'tax', kind: 'tax_payable', of: tax },
    { part: 'school', kind: 'revenue', of: subtract(amount, tax) },
  ] as const
  const transfers: Order[] = []
  for (const { part, kind, of } of parts) {
    if (of.amountMinor === 0) continue
    const account = await openAccount(tx, { kind, owner: { type: 'school' }, currency })
    transfers.push({
      phase: 'posted',
      id: uuidv5(part, booking.id),
      kind: part,
      bookingId: booking.id,
      debitAccountId: paidFromId,
      creditAccountId: account.id,
      amount: BigInt(of.amountMinor),
      reference: booking.reference,
    })
  }
  return { transfers, bookings: [booking] }
}
