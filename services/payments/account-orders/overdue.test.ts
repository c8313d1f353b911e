import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Email } from '@azora/kit/mail.ts'
import { sql } from '@azora/kit/sql.ts'
import { inTurn } from '@azora/kit/testing.ts'
import pg from 'pg'
import { mailDocument } from '../invoices/mail-document.ts'
import { createShop, type Shop } from '../testing.ts'
import type { AccountOrder } from './account-orders.store.ts'
import { cancelOrder } from './cancel-order.ts'
import { findOverdue, remindersBy } from './find-overdue.ts'
import { ageOf, readReceivables, receivablesCsv } from './receivables.ts'
import { recordTransfer } from './record-payment.ts'
import { sendReminder } from './reminder-mail.ts'
import { selling } from './testing.ts'

/** Invoices on account that are late: who is reminded of them, and what the finance office sees. */

let shop: Shop
let sales: ReturnType<typeof selling>
before(async () => {
  shop = await createShop()
  sales = selling(shop)
})
after(() => shop?.dispose())

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
async function lateBy(days: number, order?: AccountOrder): Promise<AccountOrder> {
  const late = order ?? (await sales.ordered())
  await shop.school.run(sql`
    update account_orders set due_on = ${day(-days)}
    where organization_id = ${shop.organizationId} and id = ${late.id}`)
  return late
}
const toldOverdue = async ({ id }: AccountOrder) => {
  const rows = await shop.kit.db.infrastructure.rows<object>(sql`
    select id from outbox where name = 'invoice.overdue' and payload ->> 'orderId' = ${id}`)
  return rows.length
}
const remindedOf = async ({ id }: AccountOrder) => {
  const { reminded } = await shop.school.one<{ reminded: number }>(sql`
    select reminded from account_orders where organization_id = ${shop.organizationId} and id = ${id}`)
  return reminded
}
function mailing() {
  const sent: Email[] = []
  const kit = {
    db: shop.kit.db,
    mail: { send: async (email: Email) => void sent.push(email), mailbox: null },
    publicUrl: 'https://school.example',
    others: () => ({}) as never,
  }
  return { kit, sent }
}

test('An institution is reminded a day, a week and two weeks after the day by which it should have paid.', () => {
  assert.deepEqual([0, 1, 6, 7, 13, 14, 100].map(remindersBy), [0, 1, 1, 2, 2, 3, 3])
})

test('An invoice that is late is told of once, and each reminder asked for once, also by two runs at once.', async () => {
  const order = await lateBy(1)
  const held = sql`
    select from account_orders where organization_id = ${shop.organizationId} and id = ${order.id} for update`
  const run = () => findOverdue(shop.kit.db)
  await inTurn(shop.kit.db, held, run, run)
  await findOverdue(shop.kit.db)
  assert.deepEqual([await toldOverdue(order), await remindedOf(order)], [1, 1])
  await lateBy(8, order)
  await findOverdue(shop.kit.db)
  assert.deepEqual([await toldOverdue(order), await remindedOf(order)], [1, 2])
})

test('A reminder that went out is not asked for again on the next day.', async () => {
  const order = await lateBy(1)
  const admin = new pg.Client({ connectionString: shop.kit.adminUrl })
  await admin.connect()
  const about = 'azora_jobs._private_jobs where payload::jsonb @> $1::jsonb'
  const asked = [JSON.stringify({ orderId: order.id })]
  await findOverdue(shop.kit.db)
  assert.equal((await admin.query(`delete from ${about}`, asked)).rowCount, 1)
  await findOverdue(shop.kit.db)
  assert.equal((await admin.query(`select from ${about}`, asked)).rowCount, 0)
  await admin.end()
})

test('What is due today, paid or cancelled is not late.', async () => {
  const [dueToday, paid, cancelled] = [await lateBy(0), await lateBy(5), await lateBy(5)]
  await recordTransfer(shop.kit.db, sales.officer, {
    invoiceId: paid.invoiceId,
    amount: { amountMinor: paid.totalMinor, currency: paid.currency },
    paidOn: day(-1),
    reference: 'FNB 2',
  })
  await cancelOrder(shop.kit.db, sales.officer, { orderId: cancelled.id, note: 'By mistake' })
  await findOverdue(shop.kit.db)
  for (const order of [dueToday, paid, cancelled]) assert.equal(await remindedOf(order), 0)
})

test('A reminder says what is open and has the invoice with it; what is paid meanwhile is not reminded of.', async () => {
  const order = await lateBy(1)
  const { kit, sent } = mailing()
  const reminder = { organizationId: shop.organizationId, orderId: order.id, reminder: 1 }
  await sendReminder(kit, reminder)
  assert.equal(sent[0]?.to, 'accounts@vaal.example')
  assert.match(sent[0]?.text ?? '', /R\s?1,150\.00 of invoice .* was due by/)
  assert.equal(sent[0]?.attachments?.length, 1)
  await recordTransfer(shop.kit.db, sales.officer, {
    invoiceId: order.invoiceId,
    amount: { amountMinor: order.totalMinor, currency: order.currency },
    paidOn: day(-1),
    reference: 'FNB 3',
  })
  await sendReminder(kit, reminder)
  assert.equal(sent.length, 1)
})

test('The invoice goes to the billing address of the institution, once, and says by when to pay.', async () => {
  const order = await sales.ordered()
  const { kit, sent } = mailing()
  const job = { organizationId: shop.organizationId, invoiceId: order.invoiceId }
  await mailDocument(kit, job)
  await mailDocument(kit, job)
  assert.equal(sent.length, 1)
  assert.equal(sent[0]?.to, 'accounts@vaal.example')
  assert.match(sent[0]?.text ?? '', new RegExp(`is due by ${order.dueOn}`))
  assert.match(sent[0]?.attachments?.[0]?.filename ?? '', /INV-\d{6}\.pdf$/)
})

test('How late an invoice is decides its column: 30, 60 and 90 days are the last of theirs.', () => {
  assert.deepEqual([0, 1, 30, 31, 60, 61, 90, 91].map(ageOf), [
    'notDue',
    'late30',
    'late30',
    'late60',
    'late60',
    'late90',
    'late90',
    'later',
  ])
})

test('What an institution owes is summed by how late it is, and in the file by invoice.', async () => {
  const institutionId = await sales.institution({ name: 'Karoo College' })
  const courseId = await shop.sell({ amountMinor: 100_00, currency: 'ZAR' })
  const order = (seats: number) => sales.order({ institutionId, courseId, seats })
  const orders = [await order(1), await order(2), await order(4)] as const
  await lateBy(40, orders[1])
  await lateBy(200, orders[2])
  const { items } = await readReceivables(shop.school, false)
  const of = items.find(({ institution }) => institution.id === institutionId)
  assert.deepEqual(
    [of?.notDue, of?.late30, of?.late60, of?.late90, of?.later, of?.total].map(sum => sum?.amountMinor),
    [100_00, 0, 200_00, 0, 400_00, 700_00],
  )
  const csv = await receivablesCsv(shop.kit.db, sales.officer, false)
  const lines = csv.split('\r\n').filter(line => line.startsWith('Karoo College'))
  assert.equal(lines.length, 3)
  assert.match(lines[1] ?? '', /,40,ZAR,200\.00,0\.00,0\.00,200\.00$/)
})
