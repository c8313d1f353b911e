import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { EventPayload } from '@azora/contracts/events.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { overlapped } from '@azora/kit/testing.ts'
import fc from 'fast-check'
import { listCourseSales } from '../course-sales/list-sales.ts'
import { mintPersonalData } from '../privacy/personal-data.ts'
import { createSplitRule } from '../splits/split-rules.ts'
import { createLedger, type Ledger } from '../testing.ts'
import { bookCancelledInvoice, bookInvoice } from './book-invoice.ts'
import { bookInvoicePayment } from './book-payment.ts'

/** Sales on account in the books: invoiced, paid bit by bit, cancelled. */

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
  await createSplitRule(ledger.kit.db, someone(), {
    name: 'course_sale',
    taxBasisPoints: 1500,
    shares: { platform: 1000, school: 2000, instructor: 7000 },
  })
})
after(() => ledger?.dispose())

const someone = (userId: string = randomUUID()): Caller => ({
  actor: {
    userId,
    organizationId: ledger.organizationId,
    sessionId: randomUUID(),
    roles: ['admin'],
    authenticatedAt: 0,
  },
  ip: '127.0.0.1',
  userAgent: 'test',
})
const currency = 'ZAR'
const zar = (amountMinor: number) => ({ amountMinor, currency })

type Invoice = EventPayload<'invoice.issued_on_account'>
function invoiceOf(total: number, tax: number, of: Partial<Invoice> = {}): Invoice {
  const item = {
    courseId: randomUUID(),
    instructorId: randomUUID(),
    title: 'Rivers',
    price: zar(total),
    tax: zar(tax),
  }
  return {
    invoiceId: randomUUID(),
    organizationId: ledger.organizationId,
    institutionId: randomUUID(),
    orderId: randomUUID(),
    number: 'INV-000001',
    total: zar(total),
    tax: zar(tax),
    items: [item],
    dueOn: '2026-12-31',
    issuedAt: new Date().toISOString(),
    sandbox: false,
    ...of,
  }
}
function paymentOf(
  { invoiceId, organizationId, institutionId, orderId, number, sandbox }: Invoice,
  amountMinor: number,
  of: Partial<EventPayload<'invoice.payment_recorded'>> = {},
): EventPayload<'invoice.payment_recorded'> {
  const about = { invoiceId, organizationId, institutionId, orderId, number, sandbox }
  return {
    ...about,
    paymentId: randomUUID(),
    amount: zar(amountMinor),
    open: zar(0),
    method: 'transfer',
    fee: null,
    paidOn: '2026-12-01',
    recordedAt: new Date().toISOString(),
    ...of,
  }
}
const issue = (invoice: Invoice) => ledger.school.transaction(tx => bookInvoice(tx, invoice))
const pay = (paid: EventPayload<'invoice.payment_recorded'>) =>
  ledger.school.transaction(tx => bookInvoicePayment(tx, paid))
const cancellationOf = (
  { invoiceId, total, tax, ...invoice }: Invoice,
  creditNoteId: string = randomUUID(),
): EventPayload<'invoice.cancelled'> => ({
  ...{ invoiceId, total, tax, creditNoteId },
  organizationId: invoice.organizationId,
  institutionId: invoice.institutionId,
  orderId: invoice.orderId,
  number: invoice.number,
  sandbox: invoice.sandbox,
  cancelledAt: new Date().toISOString(),
})
const cancel = (invoice: Invoice, creditNoteId?: string) =>
  ledger.school.transaction(tx => bookCancelledInvoice(tx, cancellationOf(invoice, creditNoteId)))

/** What was credited, less what was debited, by kind of account while something was done. */
async function changed(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await ledger.balances(currency)
  await work()
  const after = await ledger.balances(currency)
  const kinds = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries(
    [...kinds]
      .map(kind => [kind, Number(after[kind] ?? 0) - Number(before[kind] ?? 0)] as const)
      .filter(([, difference]) => difference !== 0),
  )
}

test('With the invoice the customer owes all of it and the school the tax; the rest is nobody’s yet.', async () => {
  const invoice = invoiceOf(11_500, 1_500)
  const moved = await changed(async () => {
    await issue(invoice)
    await issue(invoice)
  })
  assert.deepEqual(moved, { receivable: -11_500, tax_payable: 1_500, uncollected_sales: 10_000 })
})

test('What is paid is shared out by the rule of the invoice, the tax not again, and comes to the bank.', async () => {
  const invoice = invoiceOf(11_500, 1_500)
  await issue(invoice)
  const paid = paymentOf(invoice, 11_500)
  const moved = await changed(async () => {
    await pay(paid)
    await pay(paid)
  })
  assert.deepEqual(moved, {
    cash_at_bank: -11_500,
    receivable: 11_500,
    uncollected_sales: -10_000,
    platform_revenue: 1_000,
    revenue: 2_000,
    instructor_payable: 7_000,
  })
})

test('A card’s payment is at the processor, less what that keeps.', async () => {
  const invoice = invoiceOf(1_000, 0)
  await issue(invoice)
  const moved = await changed(() => pay(paymentOf(invoice, 1_000, { method: 'card', fee: zar(40) })))
  assert.deepEqual([moved.cash_at_processor, moved.fees, moved.cash_at_bank], [-960, -40, undefined])
})

test('Nothing that the sandbox says has come is at the bank.', async () => {
  const invoice = invoiceOf(1_000, 0, { sandbox: true })
  await issue(invoice)
  const moved = await changed(() => pay(paymentOf(invoice, 1_000)))
  assert.deepEqual([moved.cash_at_processor, moved.cash_at_bank], [-1_000, undefined])
})

test('An invoice that is cancelled leaves nothing, however often it is told.', async () => {
  const invoice = invoiceOf(11_500, 1_500)
  const moved = await changed(async () => {
    await issue(invoice)
    await cancel(invoice)
    await cancel(invoice)
  })
  assert.deepEqual(moved, {})
})

test('What was paid in part is not cancelled whole, and what is not booked is neither paid nor cancelled.', async () => {
  const invoice = invoiceOf(11_500, 1_500)
  await assert.rejects(pay(paymentOf(invoice, 100)), /is not booked/)
  await assert.rejects(cancel(invoice), /is not booked/)
  await issue(invoice)
  await pay(paymentOf(invoice, 100))
  await assert.rejects(cancel(invoice), /something else is open/)
  await assert.rejects(pay(paymentOf(invoice, 11_401)), /less is open/)
})

test('However an invoice is paid, each has in the end what the invoice had for them, and never more on the way.', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 0, max: 100 }),
      fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 6 }),
      async (total, taxPercent, weights) => {
        const invoice = invoiceOf(total, Math.floor((total * taxPercent) / 200))
        const whole = await changed(async () => {
          await issue(invoice)
          const sum = weights.reduce((all, one) => all + one, 0)
          let left = total
          for (const [at, weight] of weights.entries()) {
            const part = at === weights.length - 1 ? left : Math.min(left, Math.floor((total * weight) / sum))
            if (part > 0) await pay(paymentOf(invoice, part))
            left -= part
          }
        })
        const atOnce = await changed(async () => {
          const same = { ...invoice, invoiceId: randomUUID() }
          await issue(same)
          await pay(paymentOf(same, total))
        })
        assert.deepEqual(whole, atOnce)
        assert.equal(whole.receivable ?? 0, 0)
        assert.equal(whole.uncollected_sales ?? 0, 0)
        const shared = (whole.revenue ?? 0) + (whole.platform_revenue ?? 0) + (whole.instructor_payable ?? 0)
        assert.equal(shared + (whole.tax_payable ?? 0), -(whole.cash_at_bank ?? 0))
      },
    ),
    { numRuns: 25 },
  )
})

test('Of a payment and a cancellation at once the one that comes second finds what the first has left, in both orders.', async () => {
  for (const first of ['pay', 'cancel'] as const) {
    const invoice = invoiceOf(11_500, 1_500)
    await issue(invoice)
    const second = overlapped(
      ledger.kit.db,
      ledger.organizationId,
      tx =>
        first === 'pay'
          ? bookInvoicePayment(tx, paymentOf(invoice, 500))
          : bookCancelledInvoice(tx, cancellationOf(invoice)),
      () => (first === 'pay' ? cancel(invoice) : pay(paymentOf(invoice, 500))),
    )
    await assert.rejects(second, first === 'pay' ? /something else is open/ : /less is open/)
  }
})

test('What is told twice at once of an invoice is booked once.', async () => {
  const invoice = invoiceOf(11_500, 1_500)
  const paid = paymentOf(invoice, 11_500)
  const books = [
    (tx: Transaction) => bookInvoice(tx, invoice),
    (tx: Transaction) => bookInvoicePayment(tx, paid),
  ]
  const moved = await changed(async () => {
    for (const book of books)
      await overlapped(ledger.kit.db, ledger.organizationId, book, () => ledger.school.transaction(book))
  })
  assert.deepEqual([moved.receivable ?? 0, moved.uncollected_sales ?? 0, moved.tax_payable], [0, 0, 1_500])
})

test('An instructor sees a sale when it is paid, without its tax.', async () => {
  const invoice = invoiceOf(11_500, 1_500)
  const teacher = invoice.items[0]?.instructorId ?? ''
  const months = { from: '2026-01', to: '2099-12', timeZone: 'Africa/Johannesburg' }
  const sales = async () => (await listCourseSales(ledger.school, teacher, months)).totals
  await issue(invoice)
  assert.deepEqual(await sales(), [])
  await pay(paymentOf(invoice, 5_750))
  const [sum] = await sales()
  assert.deepEqual([sum?.gross.amountMinor, sum?.instructor.amountMinor], [5_000, 3_500])
})

test('A teacher whose account goes is not named with what is still to be paid.', async () => {
  const invoice = invoiceOf(11_500, 1_500)
  const teacher = invoice.items[0]?.instructorId ?? ''
  await issue(invoice)
  const { organizationId } = ledger
  const shown = async () => {
    const files = await mintPersonalData.gather(ledger.school, teacher)
    return files.find(({ name }) => name === 'sales-on-account.json')?.content
  }
  assert.deepEqual(await shown(), [
    {
      invoiceId: invoice.invoiceId,
      courseId: invoice.items[0]?.courseId,
      title: 'Rivers',
      currency,
      instructorOpen: 7_000,
    },
  ])
  await ledger.kit.db.in(organizationId).transaction(tx => mintPersonalData.erase(tx, teacher))
  assert.deepEqual(await shown(), [])
})

test('A teacher whose account goes while a payment is booked is not named with its sale either.', async () => {
  const invoice = invoiceOf(11_500, 1_500)
  const teacher = invoice.items[0]?.instructorId ?? ''
  await issue(invoice)
  await overlapped(
    ledger.kit.db,
    ledger.organizationId,
    tx => bookInvoicePayment(tx, paymentOf(invoice, 11_500)),
    () => ledger.school.transaction(tx => mintPersonalData.erase(tx, teacher)),
  )
  const months = { from: '2026-01', to: '2099-12', timeZone: 'Africa/Johannesburg' }
  assert.deepEqual((await listCourseSales(ledger.school, teacher, months)).items, [])
})
