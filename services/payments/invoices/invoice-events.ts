import type { EventPayload } from '@azora/contracts/events.ts'
import type { Invoice } from './invoices.store.ts'

/** An invoice as its events tell it. */
export function invoiceSaid(organizationId: string, invoice: Invoice): EventPayload<'invoice.finalized'> {
  const { currency } = invoice
  const money = (amountMinor: number) => ({ amountMinor, currency })
  return {
    invoiceId: invoice.id,
    organizationId,
    userId: invoice.buyerId,
    number: invoice.number,
    about: { type: invoice.aboutType, id: invoice.aboutId },
    net: money(invoice.netMinor),
    tax: money(invoice.taxMinor),
    total: money(invoice.totalMinor),
    due: money(invoice.paidOn === null ? invoice.dueMinor : 0),
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    paidOn: invoice.paidOn,
    sandbox: invoice.sandbox,
  }
}
