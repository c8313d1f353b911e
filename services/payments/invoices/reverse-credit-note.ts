import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import { today } from '../tax/tax-rates.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'
import { numberOf } from './invoice-document.ts'
import { invoiceSaid } from './invoice-events.ts'
import {
  type About,
  type Invoice,
  insertDocument,
  lockInvoice,
  selectCreditedLines,
  selectOptionalDocument,
  selectOptionalInvoice,
  selectOptionalInvoiceAbout,
  selectOptionalPrefix,
  takeNumber,
} from './invoices.store.ts'
import { markInvoicePaid } from './issue-invoice.ts'

/**
 * Take a credit note back, since the money that it was for did not arrive: an invoice over the same lines, which names the
 * note. Neither document is changed, and what it says may be credited again. With the same `about` it is made once.
 */
export async function reverseCreditNote(tx: Transaction, note: Invoice, about: About): Promise<Invoice> {
  const { invoiceId } = note
  const prefix = await selectOptionalPrefix(tx, note.id)
  const document = await selectOptionalDocument(tx, note.id)
  if (note.kind !== 'credit_note' || !invoiceId || !document || prefix === null)
    throw new Error(`There is no credit note ${note.id}.`)
  await lockInvoice(tx, invoiceId)
  const made = await selectOptionalInvoiceAbout(tx, 'invoice', about)
  if (made) return made
  const { settings } = await taxSettingsOf(tx)
  const id = uuidv7()
  const sequence = await takeNumber(tx, prefix, 'invoice')
  const issuedOn = today(settings)
  const lines = await selectCreditedLines(tx, note.id)
  await insertDocument(tx, {
    id,
    kind: 'invoice',
    prefix,
    sequence,
    about,
    invoiceId,
    buyerId: note.buyerId,
    institutionId: note.institutionId,
    sandbox: note.sandbox,
    document: {
      ...document,
      kind: 'invoice',
      number: numberOf(prefix, 'invoice', sequence),
      issuedOn,
      refersTo: document.number,
      due: document.total,
    },
    items: lines.map(({ position }) => ({ item: '', creditedPosition: position })),
  })
  const invoice = await selectOptionalInvoice(tx, id)
  if (!invoice) throw new Error('An invoice vanished.')
  await publish(tx, 'payments', 'invoice.finalized', invoiceSaid(tx.organizationId, invoice))
  // The money never left, so nothing is due.
  return markInvoicePaid(tx, id, { method: 'card', on: issuedOn })
}
