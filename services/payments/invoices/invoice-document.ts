import type { Because, Invoice as Priced } from '@azora/billing/invoices/invoice.ts'
import { type Money, negate, sum } from '@azora/contracts/money.ts'
import type { TaxSettings } from '@azora/contracts/payments/tax.ts'
import type { DocumentLine, InvoiceDocument, Settlement } from '@azora/documents/document.ts'
import { type Buyer, partyOf } from '../buyers/buyer.ts'
import type { DocumentKind, SettlementMethod } from './invoices.store.ts'

/** The sandbox's documents are numbered apart: what is no sale takes no number of a series that an authority reads. */
export const prefixOf = ({ numberPrefix }: TaxSettings, sandbox: boolean): string =>
  sandbox ? `TEST-${numberPrefix}` : numberPrefix

const codes: Record<DocumentKind, string> = { invoice: 'INV', credit_note: 'CN' }

/** `2026/INV-000042` */
export const numberOf = (prefix: string, kind: DocumentKind, sequence: number): string =>
  `${prefix}${codes[kind]}-${String(sequence).padStart(6, '0')}`

/** A file cannot have a slash in its name, which a number may have. */
export const fileNameOf = (number: string): string => `${number.replaceAll('/', '-')}.pdf`

/** What every document of a school says alike. */
function headOf(settings: TaxSettings, buyer: Omit<Buyer, 'id'>, sandbox: boolean) {
  const { entity, locale, paper, notes } = settings
  const seller = {
    name: entity.name,
    address: partyOf({ ...entity, taxNumber: null }, locale).address,
    taxNumber: entity.taxNumber,
    registrationNumber: entity.registrationNumber,
  }
  return {
    locale,
    paper,
    seller,
    logo: null,
    accent: null,
    buyer: partyOf(buyer, locale),
    notes,
    sandbox,
    taxName: settings.registered ? settings.taxName : null,
    prices: settings.registered && !settings.pricesIncludeTax ? 'exclusive' : 'inclusive',
  } as const
}

/** The price of one where all of a line cost the same, as it was set. */
const unitOf = (amount: Money, quantity: number): Money | null =>
  quantity > 0 && amount.amountMinor % quantity === 0
    ? { amountMinor: amount.amountMinor / quantity, currency: amount.currency }
    : null

const shown = (because: Because): Because | null => (because.code === 'purchase' ? null : because)

const linesOf = (priced: Priced, descriptions: readonly string[]): DocumentLine[] =>
  priced.lines.map((line, at) => ({
    description: descriptions[at] ?? '',
    because: shown(line.because),
    quantity: line.quantity,
    unit: unitOf(line.amount, line.quantity),
    discounts: line.discounts,
    category: line.category,
    rate: line.rate,
    net: line.net,
    tax: line.tax,
    gross: line.gross,
  }))

type Made = {
  settings: TaxSettings
  buyer: Omit<Buyer, 'id'>
  sandbox: boolean
  number: string
  issuedOn: string
}

/** An invoice, with what was paid of it when it was made. */
export function invoiceDocument(
  { settings, buyer, sandbox, ...made }: Made,
  priced: Priced,
  {
    heading,
    descriptions,
    dueOn,
    suppliedOn,
    paid,
  }: {
    heading: string | null
    descriptions: readonly string[]
    dueOn: string | null
    suppliedOn: string | null
    paid: { method: SettlementMethod; on: string } | null
  },
): InvoiceDocument {
  const { currency } = priced.total
  const credits = priced.credits.map(
    ({ kind, amount }): Settlement => ({
      code: kind === 'gift' ? 'gift' : 'credit',
      on: made.issuedOn,
      amount: negate(amount),
    }),
  )
  const rest = sum([priced.total, ...credits.map(({ amount }) => amount)], currency)
  const settled = paid && rest.amountMinor > 0
  return {
    kind: 'invoice',
    ...made,
    ...headOf(settings, buyer, sandbox),
    currency,
    dueOn,
    suppliedOn: suppliedOn === made.issuedOn ? null : suppliedOn,
    refersTo: null,
    ...(heading === null ? {} : { heading }),
    lines: linesOf(priced, descriptions),
    taxes: priced.taxes,
    net: priced.net,
    tax: priced.tax,
    total: priced.total,
    settlements: settled ? [...credits, { code: paid.method, on: paid.on, amount: negate(rest) }] : credits,
    due: settled ? { amountMinor: 0, currency } : rest,
  }
}
