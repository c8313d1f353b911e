import type { Transaction } from '@azora/kit/db.ts'
import { type About, type Invoice, selectOptionalInvoiceAbout } from '../invoices/invoices.store.ts'
import { issueCreditNote } from '../invoices/issue-credit-note.ts'
import { selectLeftOfInvoice } from '../invoices/left-of-invoice.store.ts'
import { reverseCreditNote } from '../invoices/reverse-credit-note.ts'
import type { PaidCharge } from './paid-charges.store.ts'

const aboutOf = ({ subscriptionId }: PaidCharge, key: string): About => ({
  type: 'subscription',
  id: subscriptionId,
  key,
})

/**
 * The credit note of what went back of a bill, over its lines. What the bill had taken over from earlier ones is on their
 * invoices: of that nothing is credited, and the tax stays.
 *
 * @returns what is credited, of that the tax
 */
export async function creditBill(
  tx: Transaction,
  charge: PaidCharge,
  { key, amountMinor }: { key: string; amountMinor: number },
): Promise<{ creditedMinor: number; taxMinor: number }> {
  const { invoiceId, currency } = charge
  if (invoiceId === null) throw new Error(`What was paid by charge ${charge.id} has no invoice.`)
  const left = await selectLeftOfInvoice(tx, invoiceId)
  const gross = { amountMinor: Math.min(amountMinor, left), currency }
  if (gross.amountMinor <= 0) return { creditedMinor: 0, taxMinor: 0 }
  const note = await issueCreditNote(tx, { invoiceId, about: aboutOf(charge, key), credited: { gross } })
  return { creditedMinor: gross.amountMinor, taxMinor: note.taxMinor }
}

/** A refund came back after its credit note was made: an invoice takes the note back. */
export async function takeBackBillCredit(
  tx: Transaction,
  charge: PaidCharge,
  refundId: string,
): Promise<void> {
  const note: Invoice | null = await selectOptionalInvoiceAbout(
    tx,
    'credit_note',
    aboutOf(charge, `refund:${refundId}`),
  )
  if (note) await reverseCreditNote(tx, note, aboutOf(charge, `refund_failed:${refundId}`))
}
