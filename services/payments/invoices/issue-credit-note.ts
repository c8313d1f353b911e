import {
  type CreditNote,
  creditNoteOf,
  creditNoteOfAmount,
  creditNoteOfRest,
} from '@azora/billing/invoices/credit-note.ts'
import type { CreditWanted } from '@azora/billing/invoices/credit-of-line.ts'
import { add, type Money, zero } from '@azora/contracts/money.ts'
import type { InvoiceDocument, TaxSummary } from '@azora/documents/document.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import { today } from '../tax/tax-rates.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'
import { numberOf } from './invoice-document.ts'
import {
  type About,
  type Invoice,
  insertDocument,
  lockInvoice,
  selectLinesAndCredits,
  selectOptionalDocument,
  selectOptionalInvoice,
  selectOptionalInvoiceAbout,
  selectOptionalPrefix,
  takeNumber,
} from './invoices.store.ts'
import { askToMail } from './mail-task.ts'

/** So much with its tax, spread over the lines; all that is left; or so much of some lines. */
export type Credited =
  | { gross: Money }
  | 'rest'
  | { lines: readonly { line: number; credit: CreditWanted }[] }

/**
 * Take something back of an invoice, for good: a document of its own with the next number of its series. All credit notes
 * of an invoice together never exceed it, in tax neither; two at once are made one after the other. With the same `about`
 * it is made once.
 *
 * @throws AppError `credit_exceeds_invoice`
 */
export async function issueCreditNote(
  tx: Transaction,
  { invoiceId, about, credited }: { invoiceId: string; about: About; credited: Credited },
): Promise<Invoice> {
  await lockInvoice(tx, invoiceId)
  const made = await selectOptionalInvoiceAbout(tx, 'credit_note', about)
  if (made) return made
  const invoice = await selectOptionalInvoice(tx, invoiceId)
  const original = await selectOptionalDocument(tx, invoiceId)
  const prefix = await selectOptionalPrefix(tx, invoiceId)
  if (invoice?.kind !== 'invoice' || !original || prefix === null)
    throw new Error(`There is no invoice ${invoiceId}.`)
  const { lines, credited: before } = await selectLinesAndCredits(tx, invoice)
  const note =
    credited === 'rest'
      ? creditNoteOfRest(lines, before, invoice.currency)
      : 'gross' in credited
        ? creditNoteOfAmount(lines, before, credited.gross)
        : creditNoteOf(lines, before, credited.lines, invoice.currency)
  if ('refused' in note) throw refusal('credit_exceeds_invoice')
  const id = uuidv7()
  const sequence = await takeNumber(tx, prefix, 'credit_note')
  const { settings } = await taxSettingsOf(tx)
  await insertDocument(tx, {
    id,
    kind: 'credit_note',
    prefix,
    sequence,
    about,
    invoiceId,
    buyerId: invoice.buyerId,
    institutionId: invoice.institutionId,
    sandbox: invoice.sandbox,
    document: creditNoteDocument(original, note, {
      number: numberOf(prefix, 'credit_note', sequence),
      issuedOn: today(settings),
    }),
    items: note.lines.map(({ line }) => ({ item: '', creditedPosition: line })),
  })
  const stored = await selectOptionalInvoice(tx, id)
  if (!stored) throw new Error('A credit note vanished.')
  if (stored.buyerId ?? stored.institutionId) await askToMail(tx, id)
  await publish(tx, 'payments', 'credit_note.issued', creditNoteSaid(tx.organizationId, stored, invoice))
  return stored
}

/** It names the parties as the invoice did: what it takes back was agreed with them. */
function creditNoteDocument(
  original: InvoiceDocument,
  note: CreditNote,
  made: { number: string; issuedOn: string },
): InvoiceDocument {
  const { currency } = original
  const taxes = new Map<string, TaxSummary>()
  const lines = note.lines.map(({ line, net, tax, gross }) => {
    const of = original.lines[line]
    if (!of) throw new Error(`The invoice has no line ${line}.`)
    const { category, rate } = of
    const group = `${category} ${rate.numerator}/${rate.denominator}`
    const sofar = taxes.get(group) ?? { category, rate, net: zero(currency), tax: zero(currency) }
    taxes.set(group, { category, rate, net: add(sofar.net, net), tax: add(sofar.tax, tax) })
    return { ...of, quantity: 1, unit: null, discounts: [], net, tax, gross }
  })
  return {
    ...original,
    ...made,
    kind: 'credit_note',
    dueOn: null,
    suppliedOn: null,
    refersTo: original.number,
    lines,
    taxes: [...taxes.values()],
    net: note.net,
    tax: note.tax,
    total: note.gross,
    settlements: [],
    due: note.gross,
  }
}

function creditNoteSaid(organizationId: string, note: Invoice, invoice: Invoice) {
  const money = (amountMinor: number) => ({ amountMinor, currency: note.currency })
  return {
    creditNoteId: note.id,
    invoiceId: invoice.id,
    organizationId,
    userId: note.buyerId,
    number: note.number,
    invoiceNumber: invoice.number,
    about: { type: note.aboutType, id: note.aboutId },
    net: money(note.netMinor),
    tax: money(note.taxMinor),
    total: money(note.totalMinor),
    issuedOn: note.issuedOn,
    sandbox: note.sandbox,
  }
}
