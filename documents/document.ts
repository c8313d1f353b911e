import type { Because } from '@azora/billing/invoices/invoice.ts'
import type { TaxCategory } from '@azora/billing/tax/tax-rule.ts'
import type { Money, Ratio } from '@azora/contracts/money.ts'

/** What a document says, as plain data: everything on it is given, and nothing is worked out. */

/** A school, a person, a company: as they are addressed. */
export type Party = {
  name: string
  /** As it stands on an envelope, a line each. */
  address: readonly string[]
  taxNumber: string | null
  /** Under which a company is entered in its register. */
  registrationNumber?: string | null
  email?: string | null
  website?: string | null
}

type Shared = {
  /** Of the words and of dates and amounts, as BCP 47: `en-ZA`, `ar-EG`. Words that there are none of are English. */
  locale: string
  paper: 'A4' | 'Letter'
  number: string
  /** `2026-11-28` */
  issuedOn: string
  currency: string
  seller: Party
  /** PNG or JPEG. */
  logo: Uint8Array | null
  /** `#1f4e79` */
  accent: string | null
  buyer: Party
  /** How to pay, what the law asks for: a paragraph each, at the end. */
  notes: readonly string[]
}

export type DocumentLine = {
  description: string
  /** How the amount came about. */
  because: Because | null
  quantity: number
  /** The price of one; null where there is no single one, as with tiers. */
  unit: Money | null
  discounts: readonly { coupon: string; amount: Money }[]
  category: TaxCategory
  rate: Ratio
  net: Money
  tax: Money
  gross: Money
}

export type TaxSummary = { category: TaxCategory; rate: Ratio; net: Money; tax: Money }

/** What was paid, or set off: less than zero. */
export type Settlement = {
  code: 'card' | 'transfer' | 'wallet' | 'credit' | 'gift'
  on: string
  amount: Money
}

export type InvoiceDocument = Shared & {
  kind: 'invoice' | 'receipt' | 'credit_note'
  dueOn: string | null
  /** The day of supply, where it is another than that of the document. */
  suppliedOn: string | null
  /** The number of the invoice that a receipt or a credit note is about. */
  refersTo: string | null
  /** What the tax is called there: `VAT`. Null where the seller takes none, and nothing is said of it. */
  taxName: string | null
  /** Whether the amounts of the lines are without tax, or with it. */
  prices: 'exclusive' | 'inclusive'
  /** What the lines together are called, such as a bundle of courses. */
  heading?: string
  lines: readonly DocumentLine[]
  taxes: readonly TaxSummary[]
  net: Money
  tax: Money
  total: Money
  settlements: readonly Settlement[]
  due: Money
  /** It is of a sandbox, in which no money moves, and says so. */
  sandbox?: boolean
}

export type StatementEntry = {
  on: string
  description: string
  reference: string | null
  amount: Money
  /** After it. */
  balance: Money
}

export type StatementDocument = Shared & {
  kind: 'statement'
  from: string
  /** The last day of it. */
  to: string
  opening: Money
  entries: readonly StatementEntry[]
  closing: Money
}

export type BillingDocument = InvoiceDocument | StatementDocument
