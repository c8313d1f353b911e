import { z } from 'zod'
import { operation } from '../operation.ts'
import { growing, id, pageOf, paging } from '../wire.ts'
import { money } from '../wire-money.ts'
import { tags } from './shapes.ts'

const kind = z.enum(['invoice', 'credit_note']).meta(growing)

/** An invoice, or a credit note, as it went out. */
const invoice = z.object({
  id,
  kind,
  number: z.string(),
  about: z.object({ type: z.string(), id }),
  /** Of a credit note: the invoice of which it takes something back. */
  invoiceId: id.nullable(),
  net: money,
  tax: money,
  total: money,
  /** What is still to be paid of it. */
  due: money,
  issuedOn: z.iso.date(),
  dueOn: z.iso.date().nullable(),
  paidOn: z.iso.date().nullable(),
  sandbox: z.boolean(),
})

const schoolInvoice = invoice.extend({
  /** Whom it names; `id` is null once their account is gone. */
  buyer: z.object({ id: id.nullable(), name: z.string() }),
})

const ofInvoice = z.object({ invoiceId: id })
const filter = {
  kind: kind.optional(),
  /** Of a month, by the day on which it was made. */
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
}

export const invoiceOperations = {
  listInvoices: operation({
    method: 'GET',
    path: '/payments/invoices',
    access: 'member',
    tags,
    summary: 'Your invoices and credit notes, the newest first.',
  })
    .input(z.object(paging))
    .output(pageOf(invoice)),
  getInvoice: operation({
    method: 'GET',
    path: '/payments/invoices/{invoiceId}',
    access: 'member',
    tags,
    summary: 'One of your invoices, with its lines.',
  })
    .input(ofInvoice)
    .output(
      invoice.extend({
        lines: z.array(
          z.object({
            description: z.string(),
            quantity: z.number().int(),
            category: z.enum(['standard', 'zero_rated', 'exempt', 'reverse_charge']).meta(growing),
            net: money,
            tax: money,
            total: money,
          }),
        ),
      }),
    ),
  listSchoolInvoices: operation({
    method: 'GET',
    path: '/payments/school-invoices',
    access: 'payments.read',
    tags,
    summary: 'The invoices and credit notes of the school, the newest first.',
  })
    .input(
      z.object({
        ...filter,
        buyerId: id.optional(),
        /** What its number begins with. */
        number: z.string().trim().max(40).optional(),
        ...paging,
      }),
    )
    .output(pageOf(schoolInvoice)),
}

/** Documents to keep. */
export const invoiceFiles = {
  downloadInvoice: operation({
    method: 'GET',
    path: '/payments/invoices/{invoiceId}/document.pdf',
    access: 'member',
    raw: 'download',
    speech: { mediaType: 'application/pdf' },
    tags,
    summary: 'One of your invoices or credit notes, or of an institution for which you order, as PDF.',
  })
    .input(ofInvoice)
    .output(z.custom<Uint8Array>()),
  downloadSchoolInvoice: operation({
    method: 'GET',
    path: '/payments/school-invoices/{invoiceId}/document.pdf',
    access: 'payments.read',
    raw: 'download',
    speech: { mediaType: 'application/pdf' },
    tags,
    summary: 'An invoice or a credit note of the school, as PDF.',
  })
    .input(ofInvoice)
    .output(z.custom<Uint8Array>()),
  exportSchoolInvoices: operation({
    method: 'GET',
    path: '/payments/school-invoices.csv',
    access: 'payments.read',
    interactive: true,
    raw: 'download',
    speech: { mediaType: 'text/csv' },
    tags,
    summary:
      'The lines of the invoices and credit notes of the school, as CSV (RFC 4180); what credit notes take back is negative.',
  })
    .input(z.object(filter))
    .output(z.unknown()),
}
