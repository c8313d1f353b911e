import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, line, pageOf, paging, time } from '../wire.ts'
import { currencyCode, positivePrice, price } from '../wire-money.ts'
import { tags } from './shapes.ts'

/** `open` until all of it was paid, or it was cancelled. */
const status = z.enum(['open', 'paid', 'cancelled']).meta(growing)

/** `transfer`: it came to the bank. `card`: to the payment processor. */
const method = z.enum(['transfer', 'card']).meta(growing)

/** Seats that an institution has ordered, and how their invoice stands. */
const accountOrder = z.object({
  id,
  institution: z.object({ id, name: z.string() }),
  status,
  courseId: id,
  courseTitle: z.string(),
  seats: z.number().int(),
  /** Those of them that people have, or that are kept for who was invited. */
  taken: z.number().int(),
  poolId: id,
  invoice: z.object({ id, number: z.string(), issuedOn: z.iso.date() }),
  /** What took its invoice back; null unless it is cancelled. */
  creditNote: z.object({ id, number: z.string() }).nullable(),
  dueOn: z.iso.date(),
  total: price,
  tax: price,
  paid: price,
  /** What is still to be paid. */
  open: price,
  payments: z.array(
    z.object({
      id,
      amount: positivePrice,
      method,
      paidOn: z.iso.date(),
      reference: z.string(),
    }),
  ),
  /** Null where their account is gone. */
  orderedBy: z.object({ id, name: z.string() }).nullable(),
  createdAt: time,
  cancelledAt: time.nullable(),
  sandbox: z.boolean(),
})

const seats = z.coerce.number().int().min(1).max(1000)

/** What an institution owes in one currency, by how late it is. */
const receivable = z.object({
  institution: z.object({ id, name: z.string() }),
  /** Not due yet. */
  notDue: price,
  /** Late by up to 30 days, and so on. */
  late30: price,
  late60: price,
  late90: price,
  /** Late by more than 90 days. */
  later: price,
  total: price,
})

const ofInstitution = { institutionId: id }
const ofInvoice = { invoiceId: id }

/** Seats on account: ordered by an institution, paid by one invoice later. */
export const accountOrderOperations = {
  getSeatsQuote: operation({
    method: 'GET',
    path: '/payments/institutions/{institutionId}/quote',
    access: 'member',
    tags,
    summary: 'What seats of a course come to for an institution, with its tax, before they are ordered.',
    description: 'For the managers of the institution and the finance office.',
  })
    .input(z.object({ ...ofInstitution, courseId: id, seats, currency: currencyCode }))
    .output(
      z.object({
        /** Of one seat. */
        price: positivePrice,
        seats: z.number().int(),
        net: price,
        tax: price,
        total: positivePrice,
        /** What the tax is called; null where the school takes none. */
        taxName: z.string().nullable(),
        pricesIncludeTax: z.boolean(),
        /** The day by which it would have to be paid. */
        dueOn: z.iso.date(),
        /** What the institution may still order in this currency; null where there is no limit. */
        creditLeft: price.nullable(),
      }),
    ),
  orderSeats: operation({
    method: 'POST',
    path: '/payments/institutions/{institutionId}/orders',
    access: 'member',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Order seats of a course on account: the invoice is made at once, and people can be invited.',
    description:
      'For the managers of the institution and the finance office. `total` is what they were shown: where it comes to something else by now, it is refused as `price_changed`. Refused as `credit_limit_reached` where more would be open than the institution may owe, and as `institution_overdue` while an invoice of it is long overdue.',
  })
    .input(z.object({ ...ofInstitution, courseId: id, seats, total: positivePrice }))
    .output(accountOrder),
  listAccountOrders: operation({
    method: 'GET',
    path: '/payments/account-orders',
    access: 'payments.read',
    tags,
    summary: 'What institutions have ordered on account, the newest first.',
  })
    .input(z.object({ institutionId: id.optional(), status: status.optional(), ...paging }))
    .output(pageOf(accountOrder)),
  listOwnAccountOrders: operation({
    method: 'GET',
    path: '/payments/own-institutions/{institutionId}/orders',
    access: 'member',
    tags,
    summary: 'What an institution for which you order has ordered, the newest first.',
  })
    .input(z.object({ ...ofInstitution, ...paging }))
    .output(pageOf(accountOrder)),
  recordInvoicePayment: operation({
    method: 'POST',
    path: '/payments/school-invoices/{invoiceId}/payments',
    access: 'office:finance',
    interactive: true,
    tags,
    successStatus: 201,
    summary: 'Write down that money has come to the bank for an invoice on account: all of it, or a part.',
    description:
      'Refused as `payment_too_large` where less is open, and as `payment_recorded_already` for the same amount, day and reference.',
  })
    .input(z.object({ ...ofInvoice, amount: positivePrice, paidOn: z.iso.date(), reference: line(140) }))
    .output(accountOrder),
  cancelAccountOrder: operation({
    method: 'POST',
    path: '/payments/account-orders/{orderId}/cancellation',
    access: 'office:finance',
    interactive: true,
    tags,
    summary: 'Cancel an order on account of which nothing was paid: a credit note takes its invoice back.',
    description:
      'Its seats end, those that people have too. Repeating it changes nothing. Refused as `invoice_paid_in_part` once money has come for it.',
  })
    .input(z.object({ orderId: id, note: line(300) }))
    .output(accountOrder),
  getReceivables: operation({
    method: 'GET',
    path: '/payments/receivables',
    access: 'payments.read',
    tags,
    summary: 'What institutions owe, by currency and by how late it is.',
  }).output(z.object({ on: z.iso.date(), items: z.array(receivable) })),
}

export const accountFiles = {
  exportReceivables: operation({
    method: 'GET',
    path: '/payments/receivables.csv',
    access: 'payments.read',
    interactive: true,
    raw: 'download',
    speech: { mediaType: 'text/csv' },
    tags,
    summary: 'The invoices on account that are not paid, each with how late it is, as CSV (RFC 4180).',
  })
    .input(z.object({}))
    .output(z.unknown()),
}
