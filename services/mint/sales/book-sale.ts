import type { EventPayload } from '@azora/contracts/events.ts'
import { subtract, zero } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { openAccount } from '../accounts/open-account.ts'
import { insertCourseSale } from '../course-sales/course-sales.store.ts'
import { bookSplit, type SplitOrder } from '../splits/book-split.ts'
import { splitRuleAt } from '../splits/split-rules.ts'
import type { Order, Outcome } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { postReservation } from '../wallets/reservations.ts'
import { openClearing } from '../wallets/wallet-accounts.ts'
import { cashOf, requireBooked } from './cash.ts'
import { lockPayment } from './sales.store.ts'

/** The rule by which what a course brings is shared out. */
const saleRule = 'course_sale'

/**
 * Book a payment: what each course brought, shared out by the rule that counted when it was paid (all of it is the
 * school's where there is none), and what the processor keeps. Every id follows from the payment's, so it may run twice.
 */
export async function bookSale(tx: Transaction, payment: EventPayload<'payment.processed'>): Promise<void> {
  const { paymentId, amount, fee, items } = payment
  const { currency } = amount
  const reference = { type: 'payment', id: paymentId }
  await lockPayment(tx, paymentId)
  const paidFrom = await paidFromOf(tx, payment)
  const rule = await splitRuleAt(tx, saleRule, payment.processedAt)
  for (const { courseId, instructorId, title = '', price, tax } of items) {
    const booking = { id: uuidv5(courseId, paymentId), kind: 'sale', reference }
    const order = { booking, amount: price, tax, paidFromId: paidFrom.id, instructorId }
    requireBooked(rule ? await bookSplit(tx, { ...order, rule }) : await bookForSchool(tx, order))
    const gross = price.amountMinor
    await insertCourseSale(tx, {
      bookingId: booking.id,
      paymentId,
      courseId,
      instructorId,
      title,
      currency,
      gross,
    })
  }
  if (!fee || fee.amountMinor === 0) return
  const fees = await openAccount(tx, { kind: 'fees', owner: { type: 'school' }, currency })
  requireBooked(
    await postTransfers(tx, {
      transfers: [
        {
          phase: 'posted',
          id: uuidv5('processor_fee', paymentId),
          kind: 'processor_fee',
          debitAccountId: fees.id,
          creditAccountId: paidFrom.id,
          amount: BigInt(fee.amountMinor),
          reference,
        },
      ],
    }),
  )
}

/** Where the money of a payment is: at the processor, or, with what its buyer's wallet held for it, between the two. */
async function paidFromOf(tx: Transaction, payment: EventPayload<'payment.processed'>) {
  const { amount, wallet } = payment
  if (!wallet) return cashOf(tx, payment, amount.currency)
  await postReservation(tx, wallet.reservationId)
  return openClearing(tx, amount.currency)
}

/** All of it is the school's but the tax. */
async function bookForSchool(
  tx: Transaction,
  { booking, amount, tax = zero(amount.currency), paidFromId }: Omit<SplitOrder, 'rule'>,
): Promise<Outcome[]> {
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
  return postTransfers(tx, { transfers, bookings: [booking] })
}
