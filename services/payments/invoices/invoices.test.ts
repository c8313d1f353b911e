import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { EventPayload } from '@azora/contracts/events.ts'
import type { InvoiceDocument } from '@azora/documents/document.ts'
import type { Transaction } from '@azora/kit/db.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { overlapped } from '@azora/kit/testing.ts'
import { upsertDetails } from '../buyers/billing-details.store.ts'
import type { Buyer } from '../buyers/buyer.ts'
import { openCheckout } from '../orders/open-checkout.ts'
import { selectOptionalOrder } from '../orders/orders.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { refundOrder } from '../refunds/refund-order.ts'
import { priceLines, taxTermsOf } from '../tax/tax-terms.ts'
import { createShop, type Shop } from '../testing.ts'
import { selectOptionalDocument } from './invoices.store.ts'
import { issueCreditNote } from './issue-credit-note.ts'
import { issueInvoice, markInvoicePaid } from './issue-invoice.ts'

/** Invoices and credit notes, on a real database. */

let shop: Shop
before(async () => {
  shop = await createShop()
  await shop.registered()
})
after(() => shop?.dispose())

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const buyer: Buyer = { id: randomUUID(), name: 'A Buyer', address: [], country: null, taxNumber: null }
const aboutNew = () => ({ type: 'order', id: randomUUID(), key: 'sale' })

async function issue(
  tx: Transaction,
  { about = aboutNew(), amountMinor = 11_500, dueOn = '2026-12-31' } = {},
) {
  const terms = await taxTermsOf(tx, buyer)
  const line = { item: 'a', quantity: 1, category: 'standard', because: { code: 'purchase' } } as const
  const priced = priceLines(terms, {
    currency: 'ZAR',
    day: '2026-11-30',
    lines: [{ ...line, amount: zar(amountMinor) }],
  })
  return issueInvoice(tx, { about, buyer, terms, priced, descriptions: ['Rivers'], dueOn, sandbox: false })
}

const sequenceOf = (number: string) => Number(number.slice(-6))

async function told<
  N extends 'invoice.finalized' | 'invoice.paid' | 'payment.processed' | 'refund.processed',
>(name: N, match: (payload: EventPayload<N>) => boolean): Promise<EventPayload<N>[]> {
  const rows = await shop.school.rows<{ payload: EventPayload<N> }>(sql`
    select payload from outbox where organization_id = ${shop.organizationId} and name = ${name} order by id`)
  return rows.map(({ payload }) => payload).filter(match)
}

test('Two invoices that are made final at once have successive numbers.', async () => {
  let first = ''
  const second = await overlapped(
    shop.kit.db,
    shop.organizationId,
    async tx => {
      first = (await issue(tx)).number
    },
    () => shop.school.transaction(tx => issue(tx)),
  )
  assert.equal(sequenceOf(second.number), sequenceOf(first) + 1)
})

test('A number that was taken by what then failed is taken by the next.', async () => {
  const { number } = await shop.school.transaction(tx => issue(tx))
  await assert.rejects(
    shop.school.transaction(async tx => {
      await issue(tx)
      throw new Error('It failed after it had its number.')
    }),
  )
  const next = await shop.school.transaction(tx => issue(tx))
  assert.equal(sequenceOf(next.number), sequenceOf(number) + 1)
})

test('An invoice about one thing is made once, however many make it at once.', async () => {
  const about = aboutNew()
  let first = ''
  const second = await overlapped(
    shop.kit.db,
    shop.organizationId,
    async tx => {
      first = (await issue(tx, { about })).id
    },
    () => shop.school.transaction(tx => issue(tx, { about })),
  )
  assert.equal(second.id, first)
  assert.equal((await told('invoice.finalized', ({ invoiceId }) => invoiceId === first)).length, 1)
})

test('The sandbox has numbers of its own, which leave no gap in those of the school.', async () => {
  const terms = await taxTermsOf(shop.school, buyer)
  const priced = priceLines(terms, { currency: 'ZAR', day: '2026-11-30', lines: [] })
  const { number } = await shop.school.transaction(tx =>
    issueInvoice(tx, { about: aboutNew(), buyer, terms, priced, descriptions: [], sandbox: true }),
  )
  assert.equal(number, 'TEST-INV-000001')
})

test('What went out is never changed or deleted, but for its buyer, who may go.', async () => {
  const { id } = await shop.school.transaction(tx => issue(tx))
  const { organizationId } = shop
  const change = (statement: ReturnType<typeof sql>) => shop.school.run(statement)
  const mine = sql`where organization_id = ${organizationId} and id = ${id}`
  const refused = /never changed or deleted/
  await assert.rejects(
    change(sql`update invoices set total_minor = 1, net_minor = 1, tax_minor = 0 ${mine}`),
    refused,
  )
  await assert.rejects(change(sql`update invoices set document = '{}' ${mine}`), refused)
  await assert.rejects(change(sql`update invoices set buyer_id = ${randomUUID()} ${mine}`), refused)
  await assert.rejects(change(sql`delete from invoices ${mine}`), refused)
  await assert.rejects(
    change(
      sql`update invoice_lines set net_minor = 1 where organization_id = ${organizationId} and invoice_id = ${id}`,
    ),
    refused,
  )
  assert.equal(await change(sql`update invoices set buyer_id = null ${mine}`), 1)
})

test('An invoice on account is paid once, however many say so at once.', async () => {
  const { id, paidOn } = await shop.school.transaction(tx => issue(tx))
  assert.equal(paidOn, null)
  const pay = (tx: Transaction) => markInvoicePaid(tx, id, { method: 'transfer', on: '2026-12-05' })
  const second = await overlapped(shop.kit.db, shop.organizationId, pay, () => shop.school.transaction(pay))
  assert.equal(second.paidOn, '2026-12-05')
  assert.equal((await told('invoice.paid', ({ invoiceId }) => invoiceId === id)).length, 1)
})

const credit = (tx: Transaction, invoiceId: string, amountMinor: number, key: string = randomUUID()) =>
  issueCreditNote(tx, {
    invoiceId,
    about: { type: 'order', id: invoiceId, key },
    credited: { gross: zar(amountMinor) },
  })
const tooMuch = (failure: AppError) => failure.data?.reason === 'credit_exceeds_invoice'

test('Credit notes at once never credit more than the invoice.', async () => {
  const { id } = await shop.school.transaction(tx => issue(tx))
  const second = overlapped(
    shop.kit.db,
    shop.organizationId,
    tx => credit(tx, id, 6_000),
    () => shop.school.transaction(tx => credit(tx, id, 6_000)),
  )
  await assert.rejects(second, tooMuch)
  const rest = await shop.school.transaction(tx => credit(tx, id, 5_500))
  assert.equal(rest.totalMinor, 5_500)
})

test('A credit note is made once for one reason.', async () => {
  const { id } = await shop.school.transaction(tx => issue(tx))
  const first = await shop.school.transaction(tx => credit(tx, id, 11_500, 'once'))
  const second = await shop.school.transaction(tx => credit(tx, id, 11_500, 'once'))
  assert.equal(second.id, first.id)
})

test('Credit notes in pieces take back the tax of the invoice to the cent.', async () => {
  const { id, taxMinor } = await shop.school.transaction(tx => issue(tx, { amountMinor: 9_999 }))
  const taxes: number[] = []
  for (const part of [3_333, 3_333, 3_333])
    taxes.push((await shop.school.transaction(tx => credit(tx, id, part))).taxMinor)
  assert.deepEqual([taxMinor, taxes], [1304, [435, 434, 435]])
})

async function bought(price = zar(11_500), by = shop.caller()) {
  const courseId = await shop.sell(price)
  const tools = shop.paying()
  const { id } = await openCheckout(tools, by, { courseId, price })
  return { id, by, tools, courseId }
}

test('An order that is paid has its invoice, and one alone however often it is settled.', async () => {
  const { id, tools } = await bought()
  await Promise.all([1, 2].map(() => settleOrder(tools, shop.organizationId, id)))
  const order = await selectOptionalOrder(shop.school, id)
  assert.deepEqual(
    order?.documents.map(({ kind, totalMinor }) => ({ kind, totalMinor })),
    [{ kind: 'invoice', totalMinor: 11_500 }],
  )
  const document = await selectOptionalDocument(shop.school, order?.documents[0]?.id ?? '')
  const { tax, due, settlements, seller } = document as InvoiceDocument
  assert.deepEqual([tax.amountMinor, due.amountMinor, settlements[0]?.code], [1_500, 0, 'card'])
  assert.equal(seller.taxNumber, '4000000000')
  const [payment] = await told('payment.processed', ({ orderId }) => orderId === id)
  assert.deepEqual(payment?.items[0]?.tax, zar(1_500))
})

test('A refund has its credit note, with the tax of what went back.', async () => {
  const { id, by, tools } = await bought()
  await settleOrder(tools, shop.organizationId, id)
  const part = { orderId: id, amount: zar(2_300), reason: 'other', note: '', keepAccess: false }
  await refundOrder(tools, by, part)
  const order = await refundOrder(tools, by, { orderId: id, reason: 'other', note: '', keepAccess: false })
  assert.equal(order.status, 'refunded')
  assert.deepEqual(
    order.documents.map(({ kind, totalMinor }) => [kind, totalMinor]),
    [
      ['invoice', 11_500],
      ['credit_note', 2_300],
      ['credit_note', 9_200],
    ],
  )
  const told1 = await told('refund.processed', ({ orderId }) => orderId === id)
  assert.deepEqual(
    told1.map(({ tax }) => tax?.amountMinor),
    [300, 1_200],
  )
})

test('An invoice names its buyer as they said, and as it was when they ordered.', async () => {
  const by = shop.caller()
  const details = {
    name: 'Tembo CC',
    address: ['2 Main Road', 'Durban'],
    country: 'ZA',
    taxNumber: '4111111111',
  }
  await upsertDetails(shop.school, by.actor.userId, details)
  const { id, tools } = await bought(zar(11_500), by)
  await upsertDetails(shop.school, by.actor.userId, { ...details, name: 'Another CC' })
  const { documents } = await settleOrder(tools, shop.organizationId, id)
  const document = await selectOptionalDocument(shop.school, documents[0]?.id ?? '')
  assert.deepEqual(document?.buyer, {
    name: 'Tembo CC',
    address: ['2 Main Road', 'Durban', 'South Africa'],
    taxNumber: '4111111111',
  })
})

test('Who says that they are called otherwise gets another order, which says so.', async () => {
  const { id, by, tools, courseId } = await bought()
  const details = { name: 'Tembo CC', address: [], country: null, taxNumber: null }
  // Paid by nobody yet, so that it can end.
  const waiting = shop.paying({ status: 'expired' })
  const first = await openCheckout(waiting, shop.caller(), { courseId, price: zar(11_500) })
  assert.notEqual(first.id, id)
  assert.equal((await openCheckout(tools, by, { courseId, price: zar(11_500) })).id, id)
  await shop.school.run(sql`
    update orders set stripe_session_id = null
    where organization_id = ${shop.organizationId} and id = ${id}`)
  await upsertDetails(shop.school, by.actor.userId, details)
  const next = await openCheckout(tools, by, { courseId, price: zar(11_500) })
  assert.notEqual(next.id, id)
  assert.equal(next.pricing?.buyer.name, 'Tembo CC')
})
