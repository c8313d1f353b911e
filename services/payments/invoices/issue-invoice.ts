import type { Invoice as Priced } from '@azora/billing/invoices/invoice.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import type { Buyer } from '../buyers/buyer.ts'
import { today } from '../tax/tax-rates.ts'
import type { TaxTerms } from '../tax/tax-terms.ts'
import { invoiceDocument, numberOf, prefixOf } from './invoice-document.ts'
import { invoiceSaid } from './invoice-events.ts'
import {
  type About,
  type Invoice,
  insertDocument,
  insertOptionalSettlement,
  lockAbout,
  type SettlementMethod,
  selectOptionalInvoice,
  selectOptionalInvoiceAbout,
  takeNumber,
} from './invoices.store.ts'
import { askToMail } from './mail-task.ts'

export type NewInvoice = {
  about: About
  buyer: Buyer
  /** Whose it is, where an institution buys on account. */
  institutionId?: string | null
  /** Under which it was priced (`taxTermsOf`, `priceLines`). */
  terms: Pick<TaxTerms, 'settings'>
  priced: Priced
  /** What the lines together are called, such as a bundle. */
  heading?: string | null
  /** What each line is called. */
  descriptions: readonly string[]
  /** The day of supply, where it is another than today. */
  suppliedOn?: string
  dueOn?: string | null
  /** How it was paid, where it was before it is made. */
  paid?: { method: SettlementMethod; on: string } | null
  sandbox: boolean
}

/**
 * Make an invoice final: it gets the next number of its series in this transaction, and never changes after it. With the
 * same `about` it is made once, and the first is answered; others who make one wait until this transaction ends.
 */
export async function issueInvoice(tx: Transaction, wanted: NewInvoice): Promise<Invoice> {
  const { about, buyer, priced, sandbox } = wanted
  const { settings } = wanted.terms
  const institutionId = wanted.institutionId ?? null
  await lockAbout(tx, about)
  const made = await selectOptionalInvoiceAbout(tx, 'invoice', about)
  if (made) return made
  const id = uuidv7()
  const prefix = prefixOf(settings, sandbox)
  const sequence = await takeNumber(tx, prefix, 'invoice')
  const issuedOn = today(settings)
  const document = invoiceDocument(
    { settings, buyer, sandbox, number: numberOf(prefix, 'invoice', sequence), issuedOn },
    priced,
    {
      heading: wanted.heading ?? null,
      descriptions: wanted.descriptions,
      dueOn: wanted.dueOn ?? null,
      suppliedOn: wanted.suppliedOn ?? null,
      paid: wanted.paid ?? null,
    },
  )
  await insertDocument(tx, {
    id,
    kind: 'invoice',
    prefix,
    sequence,
    about,
    invoiceId: null,
    buyerId: buyer.id,
    institutionId,
    sandbox,
    document,
    items: priced.lines.map(({ item }) => ({ item, creditedPosition: null })),
  })
  const invoice = await requireInvoice(tx, id)
  await publish(tx, 'payments', 'invoice.finalized', invoiceSaid(tx.organizationId, invoice))
  if (invoice.buyerId ?? institutionId) await askToMail(tx, id)
  // Where nothing is due any more, credit or the buyer paid it.
  if (invoice.dueMinor > 0) return invoice
  const on = wanted.paid?.on ?? issuedOn
  return markInvoicePaid(tx, id, { method: wanted.paid?.method ?? 'credit', on })
}

/** Write down that an invoice was paid, in full. Told once, however often it is said. */
export async function markInvoicePaid(
  tx: Transaction,
  invoiceId: string,
  { method, on }: { method: SettlementMethod; on: string },
): Promise<Invoice> {
  const first = await insertOptionalSettlement(tx, { invoiceId, method, paidOn: on })
  const invoice = await requireInvoice(tx, invoiceId)
  if (first) await publish(tx, 'payments', 'invoice.paid', invoiceSaid(tx.organizationId, invoice))
  return invoice
}

async function requireInvoice(tx: Transaction, invoiceId: string): Promise<Invoice> {
  const invoice = await selectOptionalInvoice(tx, invoiceId)
  if (!invoice) throw new Error(`There is no invoice ${invoiceId}.`)
  return invoice
}
