import { csvLine } from '@azora/contracts/csv.ts'
import { negate } from '@azora/contracts/money.ts'
import type { InvoiceDocument } from '@azora/documents/document.ts'
import { makeDocument } from '@azora/documents/make-document.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { selectIsManager } from '../institutions/managers.store.ts'
import { fileNameOf } from './invoice-document.ts'
import { type Invoice, selectOptionalDocument, selectOptionalInvoice } from './invoices.store.ts'
import { type ExportedLine, type InvoiceFilter, selectLinesAfter } from './list-invoices.store.ts'

export function shownInvoice(invoice: Invoice) {
  const { currency, kind } = invoice
  const money = (amountMinor: number) => ({ amountMinor, currency })
  const isDue = kind === 'invoice' && invoice.paidOn === null
  return {
    id: invoice.id,
    kind,
    number: invoice.number,
    about: { type: invoice.aboutType, id: invoice.aboutId },
    invoiceId: invoice.invoiceId,
    net: money(invoice.netMinor),
    tax: money(invoice.taxMinor),
    total: money(invoice.totalMinor),
    due: money(isDue ? invoice.dueMinor : 0),
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    paidOn: invoice.paidOn,
    sandbox: invoice.sandbox,
  }
}

export const schoolInvoice = (invoice: Invoice) => ({
  ...shownInvoice(invoice),
  buyer: { id: invoice.buyerId, name: invoice.buyerName },
})

type Found = { invoice: Invoice; document: InvoiceDocument }

/**
 * A document of the school.
 * @param buyerId whose it has to be, where its buyer asks, or whose institution's.
 * @throws AppError `not_found`
 */
export async function findInvoice(db: Queryable, invoiceId: string, buyerId?: string): Promise<Found> {
  const invoice = await selectOptionalInvoice(db, invoiceId)
  const document = await selectOptionalDocument(db, invoiceId)
  if (!invoice || !document) throw new AppError('not_found')
  if (buyerId !== undefined && !(await isOf(db, invoice, buyerId))) throw new AppError('not_found')
  return { invoice, document }
}

async function isOf(db: Queryable, { buyerId, institutionId }: Invoice, userId: string): Promise<boolean> {
  if (institutionId) return selectIsManager(db, institutionId, userId)
  return buyerId === userId
}

export const invoiceWithLines = ({ invoice, document }: Found) => ({
  ...shownInvoice(invoice),
  lines: document.lines.map(({ description, quantity, category, net, tax, gross }) => ({
    description,
    quantity,
    category,
    net,
    tax,
    total: gross,
  })),
})

/** The PDF of a document: the same bytes whenever it is asked for. */
export async function invoicePdf({ document }: Found, caller: string) {
  return { name: fileNameOf(document.number), bytes: await makeDocument(document, caller) }
}

const columns = [
  'number',
  'kind',
  'for_invoice',
  'issued_on',
  'paid_on',
  'buyer',
  'buyer_tax_number',
  'description',
  'tax_category',
  'tax_rate_percent',
  'currency',
  'net',
  'tax',
  'total',
  'sandbox',
]
const exportBatch = 500

/** The lines of documents as CSV (RFC 4180), oldest first, read a little at a time. It leaves a trace in the audit log. */
export async function* exportInvoices(
  db: Database,
  by: Caller,
  filter: InvoiceFilter,
): AsyncGenerator<string> {
  const school = db.in(by.actor.organizationId)
  await school.transaction(tx =>
    recordAudit(tx, 'payments', by, { action: 'invoices.exported', details: { ...filter } }),
  )
  yield csvLine(columns)
  for (let after: ExportedLine | null = null; ; ) {
    const rows: ExportedLine[] = await selectLinesAfter(school, filter, after, exportBatch)
    for (const row of rows) yield csvLine(cellsOf(row))
    after = rows.at(-1) ?? null
    if (rows.length < exportBatch) return
  }
}

function cellsOf(row: ExportedLine) {
  const { currency } = row
  const signed = (amountMinor: number) =>
    row.kind === 'credit_note' ? negate({ amountMinor, currency }) : { amountMinor, currency }
  return [
    row.number,
    row.kind,
    row.refersTo,
    row.issuedOn,
    row.paidOn,
    row.buyerName,
    row.buyerTaxNumber,
    row.description,
    row.category,
    (row.rateNumerator * 100) / row.rateDenominator,
    currency,
    signed(row.netMinor),
    signed(row.taxMinor),
    signed(row.netMinor + row.taxMinor),
    String(row.sandbox),
  ]
}
