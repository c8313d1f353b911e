import type { EventPayload } from '@azora/contracts/events.ts'
import { subtract, zero } from '@azora/contracts/money.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v5 as uuidv5 } from 'uuid'
import { openAccount } from '../accounts/open-account.ts'
import { saleRule } from '../sales/book-sale.ts'
import { requireBooked } from '../sales/cash.ts'
import { split } from '../splits/split.ts'
import { splitRuleAt } from '../splits/split-rules.ts'
import type { Booking, Order } from '../transfers/order.ts'
import { postTransfers } from '../transfers/post-transfers.ts'
import { insertAccountSale, lockAccountSales, type Open, updateOpen } from './account-sales.store.ts'

/**
 * Sales on account. With the invoice the customer owes all of it, and the school owes the tax. The rest is nobody's until
 * the money comes (`uncollected_sales`): an instructor is never owed a share of what was not paid. How it will be shared
 * out is settled with the invoice, by the rule that counted then.
 */

const referenceOf = (invoiceId: string) => ({ type: 'invoice', id: invoiceId })

/** Whose money is moved between when an invoice is made, paid or cancelled. */
export async function accountOf(
  tx: Transaction,
  kind: 'receivable' | 'uncollected_sales' | 'tax_payable',
  currency: string,
): Promise<string> {
  return (await openAccount(tx, { kind, owner: { type: 'school' }, currency })).id
}

/** Book an invoice that is to be paid later. Every id follows from the invoice's, so it may run twice. */
export async function bookInvoice(
  tx: Transaction,
  invoice: EventPayload<'invoice.issued_on_account'>,
): Promise<void> {
  const { invoiceId, items, total, issuedAt } = invoice
  const { currency } = total
  const reference = referenceOf(invoiceId)
  const rule = await splitRuleAt(tx, saleRule, issuedAt)
  const receivable = await accountOf(tx, 'receivable', currency)
  const transfers: Order[] = []
  const bookings: Booking[] = []
  for (const [position, item] of items.entries()) {
    const { courseId, instructorId, title = '', price, tax = zero(currency) } = item
    const net = subtract(price, tax)
    const parts = rule
      ? split(price, rule, tax)
      : { tax, platform: zero(currency), school: net, instructor: zero(currency) }
    const open: Open = {
      tax: parts.tax.amountMinor,
      platform: parts.platform.amountMinor,
      school: parts.school.amountMinor,
      instructor: parts.instructor.amountMinor,
    }
    const sale = { invoiceId, position, courseId, instructorId, title, currency, open }
    if (!(await insertAccountSale(tx, sale))) continue
    const booking = { id: uuidv5(String(position), invoiceId), kind: 'invoice', reference }
    bookings.push(rule ? { ...booking, split: { ruleId: rule.id, version: rule.version } } : booking)
    for (const { name, kind, amount } of [
      { name: 'tax', kind: 'tax_payable', amount: tax.amountMinor },
      { name: 'invoiced', kind: 'uncollected_sales', amount: net.amountMinor },
    ] as const)
      if (amount > 0)
        transfers.push({
          phase: 'posted',
          id: uuidv5(name, booking.id),
          kind: name,
          bookingId: booking.id,
          debitAccountId: receivable,
          creditAccountId: await accountOf(tx, kind, currency),
          amount: BigInt(amount),
          reference,
        })
  }
  if (transfers.length > 0) requireBooked(await postTransfers(tx, { transfers, bookings }))
}

/**
 * An invoice of which nothing was paid was cancelled: nobody owes anything because of it any more.
 *
 * @throws Error where the invoice is not booked yet: the event is tried again.
 */
export async function bookCancelledInvoice(
  tx: Transaction,
  { invoiceId, creditNoteId, total, tax }: EventPayload<'invoice.cancelled'>,
): Promise<void> {
  const reference = referenceOf(invoiceId)
  const sales = await lockAccountSales(tx, invoiceId)
  if (sales.length === 0) throw new Error(`Invoice ${invoiceId} is not booked.`)
  const sumOf = (of: (open: Open) => number) => sales.reduce((sum, { open }) => sum + of(open), 0)
  const open = { tax: sumOf(one => one.tax), net: sumOf(one => one.platform + one.school + one.instructor) }
  // It was booked before.
  if (open.tax + open.net === 0) return
  if (open.tax !== tax.amountMinor || open.tax + open.net !== total.amountMinor)
    throw new Error(`Of invoice ${invoiceId} something else is open than was cancelled.`)
  const { currency } = total
  const receivable = await accountOf(tx, 'receivable', currency)
  const transfers: Order[] = []
  for (const { kind, amount } of [
    { kind: 'tax_payable', amount: open.tax },
    { kind: 'uncollected_sales', amount: open.net },
  ] as const)
    if (amount > 0)
      transfers.push({
        phase: 'posted',
        id: uuidv5(kind, creditNoteId),
        kind: 'invoice_cancelled',
        bookingId: creditNoteId,
        debitAccountId: await accountOf(tx, kind, currency),
        creditAccountId: receivable,
        amount: BigInt(amount),
        reference,
      })
  requireBooked(
    await postTransfers(tx, {
      transfers,
      bookings: [{ id: creditNoteId, kind: 'invoice_cancelled', reference }],
    }),
  )
  for (const sale of sales)
    await updateOpen(tx, { ...sale, open: { tax: 0, platform: 0, school: 0, instructor: 0 } })
}
