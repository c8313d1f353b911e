import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { inOrder, readPdf } from '@azora/documents/samples/read-pdf.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Email } from '@azora/kit/mail.ts'
import { upsertDetails } from '../buyers/billing-details.store.ts'
import { openCheckout } from '../orders/open-checkout.ts'
import { quoteCourse } from '../orders/quote-order.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { refundOrder } from '../refunds/refund-order.ts'
import { createShop, type Shop } from '../testing.ts'
import { claimMail } from './invoice-mails.store.ts'
import { selectInvoices } from './list-invoices.store.ts'
import { mailDocument } from './mail-document.ts'
import { exportInvoices, findInvoice, invoicePdf } from './read-invoices.ts'

/** How documents reach those whom they are for: as PDF, by email, as CSV. */

let shop: Shop
before(async () => {
  shop = await createShop()
  await shop.registered()
})
after(() => shop?.dispose())

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })

/** An order of 115 rand that was paid, and the id of its invoice. */
async function bought(by = shop.caller()) {
  const price = zar(11_500)
  const courseId = await shop.sell(price)
  const tools = shop.paying()
  const { id: orderId } = await openCheckout(tools, by, { courseId, price })
  const { documents } = await settleOrder(tools, shop.organizationId, orderId)
  return { by, tools, orderId, invoiceId: documents[0]?.id ?? assert.fail() }
}

/** Amounts hold spaces that do not break, and what is isolated marks that are not seen. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u2066-\u2069]/g, '')

async function textOf(invoiceId: string): Promise<string> {
  const { bytes } = await invoicePdf(await findInvoice(shop.school, invoiceId), 'a test')
  const { pages } = await readPdf(bytes)
  return plain(pages.flatMap(({ structure }) => inOrder(structure).map(({ text }) => text)).join('\n'))
}

test('The PDF of an invoice says its number, its tax and that it was paid, in the same bytes each time.', async () => {
  const { invoiceId } = await bought()
  const found = await findInvoice(shop.school, invoiceId)
  const text = await textOf(invoiceId)
  for (const said of [
    found.invoice.number,
    'Tax invoice',
    'R 115,00',
    'VAT at 15% on R 100,00',
    'R 15,00',
    '4000000000',
  ])
    assert.ok(text.includes(said), `${said} in\n${text}`)
  assert.match(text, /Paid by card on/)
  const [first, second] = [await invoicePdf(found, 'a test'), await invoicePdf(found, 'a test')]
  assert.deepEqual(first.bytes, second.bytes)
})

test('A school that takes no tax says nothing of it.', async () => {
  await shop.tax({ registered: false })
  const { invoiceId } = await bought()
  await shop.registered()
  const text = await textOf(invoiceId)
  assert.doesNotMatch(text, /VAT at|Tax invoice|without/)
  assert.match(text, /Invoice[\s\S]*R 115,00/)
})

test('Long names and those that are read from the right are on it whole.', async () => {
  const by = shop.caller()
  const name = 'شركة التعليم المستمر'
  const address = [`${'Very '.repeat(18)}Long`, 'شارع النيل ١٢']
  await upsertDetails(shop.school, by.actor.userId, { name, address, country: 'EG', taxNumber: null })
  const { invoiceId } = await bought(by)
  const text = await textOf(invoiceId)
  assert.ok(text.includes('Egypt') && text.replace(/\s+/g, ' ').includes('Very Very Long'), text)
  assert.ok(text.includes('التعليم') || text.includes('ميلعتلا'), text)
})

test('A document is its buyer’s alone, and its school’s.', async () => {
  const { invoiceId, by } = await bought()
  const notFound = (failure: AppError) => failure.code === 'not_found'
  await assert.rejects(findInvoice(shop.school, invoiceId, randomUUID()), notFound)
  await assert.rejects(findInvoice(shop.kit.db.in(randomUUID()), invoiceId), notFound)
  assert.equal((await findInvoice(shop.school, invoiceId, by.actor.userId)).invoice.id, invoiceId)
  const page = { buyerId: by.actor.userId, limit: 10 }
  assert.equal((await selectInvoices(shop.school, page)).items.length, 1)
  assert.equal((await selectInvoices(shop.kit.db.in(randomUUID()), page)).items.length, 0)
})

test('Lists find documents by kind, month, and what a number begins with.', async () => {
  const { invoiceId } = await bought()
  const { invoice } = await findInvoice(shop.school, invoiceId)
  const count = async (filter: object) =>
    (await selectInvoices(shop.school, { ...filter, limit: 100 })).items.filter(({ id }) => id === invoiceId)
      .length
  const month = invoice.issuedOn.slice(0, 7)
  assert.equal(await count({ kind: 'invoice', month, number: invoice.number.toLowerCase() }), 1)
  assert.equal(await count({ kind: 'credit_note' }), 0)
  assert.equal(await count({ month: '2020-02' }), 0)
  assert.equal(await count({ number: 'CN' }), 0)
})

test('As CSV, what credit notes take back is negative, so a month adds up.', async () => {
  const { by, tools, orderId } = await bought()
  await refundOrder(tools, by, { orderId, amount: zar(2_300), reason: 'other', note: '', keepAccess: false })
  const { items } = await selectInvoices(shop.school, { buyerId: by.actor.userId, limit: 10 })
  let text = ''
  for await (const line of exportInvoices(shop.kit.db, shop.officer, {})) text += line
  const lines = text.split('\r\n').filter(line => items.some(({ number }) => line.startsWith(`${number},`)))
  assert.deepEqual(
    lines.map(line => line.split(',').slice(-5)),
    [
      ['ZAR', '100.00', '15.00', '115.00', 'false'],
      ['ZAR', '-20.00', '-3.00', '-23.00', 'false'],
    ],
  )
})

function post(
  person: { name: string; email: string; school: string } | null = {
    name: 'A Buyer',
    email: 'buyer@school.example',
    school: 'A School',
  },
) {
  const sent: Email[] = []
  let failing = 0
  const getAddress = async () => person ?? Promise.reject(new AppError('not_found'))
  const kit = {
    db: shop.kit.db,
    publicUrl: 'https://school.example',
    others: () => ({ auth: { getAddress } }),
    mail: {
      async send(email: Email) {
        if (failing-- > 0) throw new Error('The mail server is away.')
        sent.push(email)
      },
    },
  } as never
  const fail = () => {
    failing = 1
  }
  return { kit, sent, fail }
}

test('A receipt goes out once with its invoice, however often the job runs.', async () => {
  const { invoiceId } = await bought()
  const { kit, sent } = post()
  const job = { organizationId: shop.organizationId, invoiceId }
  await mailDocument(kit, job)
  await mailDocument(kit, job)
  const [email] = sent
  assert.deepEqual(
    [sent.length, email?.to, email?.subject],
    [1, 'buyer@school.example', 'Your receipt from A School'],
  )
  assert.match(email?.text ?? '', /You paid ZAR\s115\.00 for Rivers\./)
  const pdf = Buffer.from(email?.attachments?.[0]?.content ?? '', 'base64')
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  assert.match(email?.attachments?.[0]?.filename ?? '', /^INV-\d{6}\.pdf$/)
})

test('While another sends it, a receipt is not sent as well; after a failure it is sent again.', async () => {
  const { invoiceId } = await bought()
  const { kit, sent, fail } = post()
  const job = { organizationId: shop.organizationId, invoiceId }
  fail()
  await assert.rejects(mailDocument(kit, job), /away/)
  await mailDocument(kit, job)
  assert.equal(sent.length, 1)
  const other = await bought()
  assert.equal(await claimMail(shop.school, other.invoiceId), 'claimed')
  await assert.rejects(mailDocument(kit, { ...job, invoiceId: other.invoiceId }), /being sent/)
  assert.equal(sent.length, 1)
})

test('A person who is gone gets no email.', async () => {
  const { invoiceId } = await bought()
  const { kit, sent } = post(null)
  await mailDocument(kit, { organizationId: shop.organizationId, invoiceId })
  assert.equal(sent.length, 0)
})

test('A credit note goes out, too, and says of which invoice.', async () => {
  const { by, tools, orderId } = await bought()
  const order = await refundOrder(tools, by, { orderId, reason: 'other', note: '', keepAccess: false })
  const { kit, sent } = post()
  const [invoice, note] = order.documents
  await mailDocument(kit, { organizationId: shop.organizationId, invoiceId: note?.id ?? '' })
  assert.ok(sent[0]?.text.includes(`of invoice ${invoice?.number} was credited`), sent[0]?.text)
})

test('What a course comes to is told before it is paid, tax and all.', async () => {
  const courseId = await shop.sell(zar(10_000))
  const by = shop.caller()
  const { tax: within, total } = await quoteCourse(shop.kit.db, by, { courseId, currency: 'ZAR' })
  assert.deepEqual([within, total], [zar(1_304), zar(10_000)])
  await shop.registered({ pricesIncludeTax: false })
  const quote = await quoteCourse(shop.kit.db, by, { courseId, currency: 'ZAR' })
  assert.deepEqual([quote.tax, quote.total, quote.taxName], [zar(1_500), zar(11_500), 'VAT'])
  await shop.registered({ pricesIncludeTax: true })
  await assert.rejects(
    quoteCourse(shop.kit.db, by, { courseId, currency: 'USD' }),
    (failure: AppError) => failure.code === 'price_changed',
  )
})
