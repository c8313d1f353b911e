import { type InvoiceInput, invoiceOf } from '@azora/billing/invoices/invoice.ts'
import { southAfricanVat } from '@azora/billing/tax/south-africa.ts'
import { add, type Money, multiply, sum, zero } from '@azora/contracts/money.ts'
import type { InvoiceDocument, Party, StatementDocument } from '../document.ts'

/** Documents for the tests, as the services make them of their rows. */

const zar = (amountMinor: number): Money => ({ amountMinor, currency: 'ZAR' })

export const school: Party = {
  name: 'Table Bay Academy of Arts & Sciences',
  address: ['12 Dock Road', 'V&A Waterfront', 'Cape Town 8001', 'South Africa'],
  taxNumber: '4123456789',
  registrationNumber: '2019/123456/07',
  email: 'accounts@tablebay.example',
  website: 'tablebay.example',
}

export const learner: Party = {
  name: 'Nomvula Dlamini',
  address: ['7 Vilakazi Street', 'Soweto 1804', 'South Africa'],
  taxNumber: null,
}

/** A course, what is left of a plan and what was not used of another, and an exempt book: a coupon, and a gift code. */
const input: InvoiceInput = {
  currency: 'ZAR',
  day: '2026-11-28',
  jurisdiction: 'ZA',
  rules: southAfricanVat,
  prices: 'exclusive',
  taxRounding: 'line',
  lines: [
    {
      item: 'course',
      quantity: 2,
      amount: zar(129_900),
      category: 'standard',
      because: { code: 'seats', quantity: 2 },
    },
    {
      item: 'plan',
      quantity: 1,
      amount: zar(-15_000),
      category: 'standard',
      because: { code: 'unused_time', from: '2026-11-16', until: '2026-12-01', days: 15, ofDays: 30 },
    },
    {
      item: 'bigger plan',
      quantity: 1,
      amount: zar(30_000),
      category: 'standard',
      because: { code: 'remaining_time', from: '2026-11-16', until: '2026-12-01', days: 15, ofDays: 30 },
    },
    {
      item: 'school lesson',
      quantity: 1,
      amount: zar(4_500),
      category: 'exempt',
      because: { code: 'purchase' },
    },
  ],
  coupons: [
    {
      code: 'SUMMER10',
      off: { kind: 'percentage', ratio: { numerator: 10, denominator: 100 } },
      periods: 1,
      items: ['course'],
      minimum: null,
      mostRedemptions: null,
      from: null,
      until: null,
    },
  ],
  credits: [{ id: 'g', kind: 'gift', left: zar(50_000), expiresOn: null }],
}

const names = [
  'Marine biology of the Cape: a field course with six excursions',
  'All courses, monthly',
  'All courses and tutoring, monthly',
  'Reading lesson for grade 3',
]

export function invoice(change: Partial<InvoiceDocument> = {}): InvoiceDocument {
  const made = invoiceOf(input)
  return {
    kind: 'invoice',
    locale: 'en-ZA',
    paper: 'A4',
    number: 'TBA-2026-000417',
    issuedOn: '2026-11-28',
    dueOn: '2026-12-28',
    suppliedOn: null,
    refersTo: null,
    currency: 'ZAR',
    seller: school,
    logo: null,
    accent: null,
    buyer: learner,
    taxName: 'VAT',
    prices: 'exclusive',
    lines: made.lines.map((line, at) => ({
      ...line,
      description: names[at] ?? '',
      unit: multiply(line.amount, { numerator: 1, denominator: line.quantity }, 'half_up'),
    })),
    taxes: made.taxes,
    net: made.net,
    tax: made.tax,
    total: made.total,
    settlements: made.credits.map(({ amount }) => ({
      code: 'gift',
      on: '2026-11-28',
      amount: { ...amount, amountMinor: -amount.amountMinor },
    })),
    due: made.due,
    notes: [
      'Please pay by electronic transfer to First Example Bank, account 62 0000 0000, and give the number of the invoice.',
    ],
    ...change,
  }
}

/** Lines of one price each, and totals that follow. */
export function invoiceOfLines(
  descriptions: readonly string[],
  change: Partial<InvoiceDocument> = {},
): InvoiceDocument {
  const currency = change.currency ?? 'ZAR'
  const rate = { numerator: 15, denominator: 100 }
  const lines = descriptions.map((description, at) => {
    const net = { amountMinor: 10_000 + 137 * at, currency }
    const tax = multiply(net, rate, 'half_up')
    return {
      description,
      because: null,
      quantity: 1,
      unit: net,
      discounts: [],
      category: 'standard' as const,
      rate,
      net,
      tax,
      gross: add(net, tax),
    }
  })
  const net = sum(
    lines.map(line => line.net),
    currency,
  )
  const tax = sum(
    lines.map(line => line.tax),
    currency,
  )
  const total = add(net, tax)
  return invoice({
    currency,
    lines,
    taxes: [{ category: 'standard', rate, net, tax }],
    net,
    tax,
    total,
    settlements: [],
    due: total,
    ...change,
  })
}

export function statement(entries: number, change: Partial<StatementDocument> = {}): StatementDocument {
  const { kind: _, ...shared } = invoice()
  let balance = zar(25_000)
  const rows = Array.from({ length: entries }, (_, at) => {
    const amount = zar(at % 3 === 0 ? 100_000 : -12_345 - at)
    balance = add(balance, amount)
    return {
      on: `2026-11-${String(1 + (at % 28)).padStart(2, '0')}`,
      description: at % 3 === 0 ? 'Deposit by card' : 'Course bought: Marine biology of the Cape',
      reference: at % 3 === 0 ? null : `TBA-2026-${String(300 + at).padStart(6, '0')}`,
      amount,
      balance,
    }
  })
  return {
    locale: shared.locale,
    paper: 'A4',
    number: 'ST-2026-11',
    issuedOn: '2026-12-01',
    currency: 'ZAR',
    seller: school,
    logo: null,
    accent: null,
    buyer: learner,
    notes: [],
    kind: 'statement',
    from: '2026-11-01',
    to: '2026-11-30',
    opening: zar(25_000),
    entries: rows,
    closing: rows.at(-1)?.balance ?? add(zar(25_000), zero('ZAR')),
    ...change,
  }
}
