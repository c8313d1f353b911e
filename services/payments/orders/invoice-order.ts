import type { Transaction } from '@azora/kit/db.ts'
import {
  type About,
  type Invoice,
  type SettlementMethod,
  selectCreditedLines,
  selectOptionalInvoiceAbout,
} from '../invoices/invoices.store.ts'
import { issueCreditNote } from '../invoices/issue-credit-note.ts'
import { issueInvoice } from '../invoices/issue-invoice.ts'
import { reverseCreditNote } from '../invoices/reverse-credit-note.ts'
import { itemsOfAmount, type RefundItem } from '../refunds/refund-items.ts'
import { taxSettingsOf } from '../tax/tax-settings.ts'
import { priceLines, type TaxTerms, termsFor } from '../tax/tax-terms.ts'
import type { Order } from './orders.store.ts'
import type { Pricing } from './price-order.ts'
import { titlesOf } from './titles-of.ts'

const saleOf = (orderId: string): About => ({ type: 'order', id: orderId, key: 'sale' })

/**
 * The invoice of an order that was paid, as it was priced when it was made.
 * @param paid how, and the day on which the money came.
 */
export async function invoiceOrder(
  tx: Transaction,
  order: Order,
  paid: { method: SettlementMethod; on: string },
): Promise<Invoice> {
  const saved = await taxSettingsOf(tx, order.taxVersion)
  // One from before taxes were kept has none, whatever the school is now.
  const settings = order.pricing ? saved.settings : { ...saved.settings, registered: false }
  const { buyer, invoice } = order.pricing ?? untaxed(order, { version: saved.version, settings })
  return issueInvoice(tx, {
    about: saleOf(order.id),
    buyer: { id: order.buyerId, ...buyer },
    terms: { settings },
    priced: invoice,
    heading: order.bundle?.title ?? null,
    descriptions: titlesOf(order),
    suppliedOn: paid.on,
    paid,
    sandbox: order.sandbox,
  })
}

function untaxed(order: Order, saved: Pick<TaxTerms, 'version' | 'settings'>): Pricing {
  const buyer = { name: order.buyerName, address: [], country: null, taxNumber: null }
  const { currency } = order
  const invoice = priceLines(
    { ...saved, ...termsFor(saved.settings, buyer) },
    {
      currency,
      day: order.createdAt.slice(0, 10),
      lines: order.items.map(({ courseId, amountMinor }) => ({
        item: courseId,
        quantity: 1,
        amount: { amountMinor, currency },
        category: 'standard',
        because: { code: 'purchase' },
      })),
    },
  )
  return { buyer, invoice }
}

/** A credit note, and what of it is of which item of the order. */
export type Credited = { note: Invoice; items: { position: number; netMinor: number; taxMinor: number }[] }

/**
 * The credit note of money that went back of an order; null for an order from before there were invoices.
 * @param items what of it is of which item, together the refund.
 * @throws AppError `credit_exceeds_invoice`
 */
export const creditRefund = (
  tx: Transaction,
  order: Order,
  refund: { id: string; items: readonly RefundItem[] },
): Promise<Credited | null> => credit(tx, order, `refund:${refund.id}`, refund.items)

/** The same for what a bank took for the buyer, as far as it was not given back before. */
export async function creditDispute(
  tx: Transaction,
  order: Order,
  { id, amountMinor }: { id: string; amountMinor: number },
): Promise<Credited | null> {
  if (amountMinor <= 0) return null
  const { currency } = order
  return credit(tx, order, `dispute:${id}`, itemsOfAmount(order, { amountMinor, currency }))
}

async function credit(
  tx: Transaction,
  { id, currency }: Order,
  key: string,
  items: readonly RefundItem[],
): Promise<Credited | null> {
  const invoice = await selectOptionalInvoiceAbout(tx, 'invoice', saleOf(id))
  if (!invoice) return null
  const note = await issueCreditNote(tx, {
    invoiceId: invoice.id,
    about: { type: 'order', id, key },
    credited: {
      lines: items.map(({ position, amountMinor }) => ({
        line: position,
        credit: { gross: { amountMinor, currency } },
      })),
    },
  })
  return { note, items: await selectCreditedLines(tx, note.id) }
}

/** A refund came back after its credit note was made: an invoice takes the note back. */
export async function takeBackCredit(
  tx: Transaction,
  order: Pick<Order, 'id'>,
  refund: { id: string },
): Promise<void> {
  const about = { type: 'order', id: order.id, key: `refund:${refund.id}` } as const
  const note = await selectOptionalInvoiceAbout(tx, 'credit_note', about)
  if (note) await reverseCreditNote(tx, note, { ...about, key: `refund_failed:${refund.id}` })
}
