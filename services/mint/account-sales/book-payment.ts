import type { EventPayload } from '@azora/contracts/events.ts'
import { allocate } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { openAccount } from '../accounts/open-account.ts'
import { insertCourseSale } from '../course-sales/course-sales.store.ts'
import { cashOf, requireBooked } from '../sales/cash.ts'
import { receivers } from '../splits/book-split.ts'
import { selectBookings } from '../transfers/bookings.store.ts'
import type { Booking, Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { type AccountSale, lockAccountSales, type Open, updateOpen } from './account-sales.store.ts'
import { accountOf } from './book-invoice.ts'

type Paid = EventPayload<'invoice.payment_recorded'>

const parts = ['tax', 'platform', 'school', 'instructor'] as const satisfies (keyof Open)[]

/**
 * Book what came for an invoice on account, all of it or a part: it is shared out among those whose it is, in proportion to
 * what is still open of each, so that all payments together give to each exactly what the invoice had for them. The tax is
 * owed since the invoice, so of it nothing moves.
 *
 * @throws Error where the invoice is not booked yet, or less of it is open: the event is tried again.
 */
export async function bookInvoicePayment(tx: Transaction, paid: Paid): Promise<void> {
  const { invoiceId, paymentId, amount, fee } = paid
  const { currency } = amount
  const sales = await lockAccountSales(tx, invoiceId)
  if (sales.length === 0) throw new Error(`Invoice ${invoiceId} is not booked.`)
  const reference = { type: 'payment', id: paymentId }
  const booking: Booking = { id: uuidv5('invoice_payment', paymentId), kind: 'invoice_payment', reference }
  if ((await selectBookings(tx, [booking.id])).length > 0) return
  const weights = sales.flatMap(({ open }) => parts.map(part => open[part]))
  if (weights.reduce((sum, weight) => sum + weight, 0) < amount.amountMinor)
    throw new Error(`Of invoice ${invoiceId} less is open than was paid.`)
  const shares = allocate(amount, weights).map(({ amountMinor }) => amountMinor)
  const cash = await cashAccountOf(tx, paid)
  const transfers: Order[] = [
    {
      phase: 'posted',
      id: uuidv5('cash', booking.id),
      kind: 'invoice_payment',
      bookingId: booking.id,
      debitAccountId: cash,
      creditAccountId: await accountOf(tx, 'receivable', currency),
      amount: BigInt(amount.amountMinor),
      reference,
    },
  ]
  if (fee && fee.amountMinor > 0)
    transfers.push({
      phase: 'posted',
      id: uuidv5('processor_fee', booking.id),
      kind: 'processor_fee',
      bookingId: booking.id,
      debitAccountId: (await openAccount(tx, { kind: 'fees', owner: { type: 'school' }, currency })).id,
      creditAccountId: cash,
      amount: BigInt(fee.amountMinor),
      reference,
    })
  const bookings = [booking]
  for (const [at, sale] of sales.entries()) {
    const [tax = 0, platform = 0, school = 0, instructor = 0] = shares.slice(at * parts.length)
    const share = { tax, platform, school, instructor }
    const shared = await sharedOut(tx, sale, { paymentId, share })
    transfers.push(...shared.transfers)
    bookings.push(...shared.bookings)
    const { open } = sale
    await updateOpen(tx, {
      ...sale,
      open: {
        tax: open.tax - tax,
        platform: open.platform - platform,
        school: open.school - school,
        instructor: open.instructor - instructor,
      },
    })
  }
  requireBooked(await postTransfers(tx, { transfers, bookings }))
}

/** A transfer comes to the bank. What a card paid is at the processor, and what the sandbox says has come is none. */
async function cashAccountOf(tx: Transaction, paid: Paid): Promise<string> {
  const { method, amount, sandbox } = paid
  if (method === 'card' || sandbox) return (await cashOf(tx, paid, amount.currency)).id
  const owner = { type: 'school' } as const
  return (await openAccount(tx, { kind: 'cash_at_bank', owner, currency: amount.currency })).id
}

/** What of a payment is for one course, without its tax: a sale to those who have a share of it. */
async function sharedOut(
  tx: Transaction,
  { courseId, instructorId, title, currency }: AccountSale,
  { paymentId, share }: { paymentId: string; share: Open },
): Promise<{ transfers: Order[]; bookings: Booking[] }> {
  const gross = share.platform + share.school + share.instructor
  if (gross === 0) return { transfers: [], bookings: [] }
  const reference = { type: 'payment', id: paymentId }
  const booking = { id: uuidv5(courseId, paymentId), kind: 'sale', reference }
  const uncollected = await accountOf(tx, 'uncollected_sales', currency)
  const transfers: Order[] = []
  for (const part of ['platform', 'school', 'instructor'] as const) {
    if (share[part] === 0) continue
    const account = await openAccount(tx, { ...receivers(instructorId)[part], currency })
    transfers.push({
      phase: 'posted',
      id: uuidv5(part, booking.id),
      kind: part,
      bookingId: booking.id,
      debitAccountId: uncollected,
      creditAccountId: account.id,
      amount: BigInt(share[part]),
      reference,
    })
  }
  await insertCourseSale(tx, {
    bookingId: booking.id,
    paymentId,
    courseId,
    instructorId,
    title,
    currency,
    gross,
    discount: 0,
  })
  return { transfers, bookings: [booking] }
}
