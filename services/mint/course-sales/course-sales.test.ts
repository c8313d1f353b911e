import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { EventPayload } from '@azora/contracts/events.ts'
import type { Caller } from '@azora/kit/caller.ts'
import { statementsOf } from '@azora/kit/testing.ts'
import fc from 'fast-check'
import { mintPersonalData } from '../privacy/personal-data.ts'
import { bookRefund, reverseRefund } from '../sales/book-refund.ts'
import { bookSale } from '../sales/book-sale.ts'
import { createSplitRule } from '../splits/split-rules.ts'
import { createLedger, type Ledger } from '../testing.ts'
import { courseSalesCsv, listCourseSales } from './list-sales.ts'

/** What instructors are shown of their sales, from what was booked. */

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
  const userId = randomUUID()
  const actor = {
    userId,
    organizationId: ledger.organizationId,
    sessionId: randomUUID(),
    roles: ['admin'],
    authenticatedAt: 0,
  } as Caller['actor']
  await createSplitRule(
    ledger.kit.db,
    { actor, ip: '127.0.0.1', userAgent: 'test' },
    { name: 'course_sale', taxBasisPoints: 1500, shares: { platform: 1000, school: 2000, instructor: 7000 } },
  )
})
after(() => ledger?.dispose())

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const thisMonth = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Africa/Johannesburg',
  year: 'numeric',
  month: '2-digit',
}).format(new Date())
const months = { from: '2026-01', to: '2099-12', timeZone: 'Africa/Johannesburg' }

type Item = { instructorId: string | null; price: number; courseId?: string; title?: string }
function sale(items: Item[], fee = 0): EventPayload<'payment.processed'> {
  const total = items.reduce((sum, { price }) => sum + price, 0)
  return {
    paymentId: randomUUID(),
    organizationId: ledger.organizationId,
    orderId: randomUUID(),
    userId: randomUUID(),
    amount: zar(total),
    fee: fee ? zar(fee) : null,
    items: items.map(({ price, courseId = randomUUID(), title = 'Rivers', instructorId }) => ({
      courseId,
      instructorId,
      title,
      price: zar(price),
    })),
    sandbox: false,
    processedAt: new Date().toISOString(),
  }
}
const book = (payment: EventPayload<'payment.processed'>) =>
  ledger.school.transaction(tx => bookSale(tx, payment))
function giveBack(
  { fee: _, wallet: __, ...payment }: EventPayload<'payment.processed'>,
  amountMinor: number,
  said: Pick<EventPayload<'refund.processed'>, 'tax' | 'back'> = {},
) {
  const refund = { ...payment, refundId: randomUUID(), amount: zar(amountMinor), whole: false, ...said }
  return ledger.school.transaction(async tx => {
    await bookRefund(tx, refund)
    return refund.refundId
  })
}
const salesOf = (instructorId: string) => listCourseSales(ledger.school, instructorId, months)

test('A sale is shown as it was shared out, and what went back of it too.', async () => {
  const instructorId = randomUUID()
  const courseId = randomUUID()
  const payment = sale([{ instructorId, price: 11_500, courseId }], 350)
  await book(payment)
  await book(payment)
  await giveBack(payment, 2_300)
  const { items, totals } = await salesOf(instructorId)
  const amounts = {
    sold: 1,
    gross: zar(11_500),
    discount: zar(0),
    refunded: zar(2_300),
    tax: zar(1_200),
    platform: zar(800),
    school: zar(1_600),
    instructor: zar(5_600),
    fee: zar(350),
  }
  assert.deepEqual(items, [{ courseId, title: 'Rivers', month: thisMonth, ...amounts }])
  assert.deepEqual(totals, [{ currency: 'ZAR', ...amounts }])
})

test('A refund that came back from the bank is no refund any more.', async () => {
  const instructorId = randomUUID()
  const payment = sale([{ instructorId, price: 11_500 }])
  await book(payment)
  const refundId = await giveBack(payment, 2_300)
  const failed = { refundId, paymentId: payment.paymentId } as EventPayload<'refund.failed'>
  await ledger.school.transaction(tx => reverseRefund(tx, failed))
  const [row] = (await salesOf(instructorId)).items
  assert.deepEqual([row?.refunded, row?.instructor], [zar(0), zar(7_000)])
})

test('What goes back of one course of a bundle is shown with that course alone, though all are one instructor’s.', async () => {
  const instructorId = randomUUID()
  const payment = sale([
    { instructorId, price: 11_500, title: 'Rivers' },
    { instructorId, price: 23_000, title: 'Seas' },
  ])
  await book(payment)
  const courseId = payment.items[1]?.courseId ?? ''
  const back = [{ courseId, amount: zar(23_000), tax: zar(3_000) }]
  const refundId = await giveBack(payment, 23_000, { tax: zar(3_000), back })
  const rows = async () =>
    (await salesOf(instructorId)).items.map(({ title, refunded, instructor }) => [
      title,
      refunded,
      instructor,
    ])
  assert.deepEqual(await rows(), [
    ['Rivers', zar(0), zar(7_000)],
    ['Seas', zar(23_000), zar(0)],
  ])
  const lines = (await courseSalesCsv(ledger.school, instructorId, months)).split('\r\n')
  assert.match(lines[1] ?? '', /,Rivers,1,115\.00,0\.00,/)
  assert.match(lines[2] ?? '', /,Seas,1,230\.00,230\.00,0\.00,/)
  const failed = { refundId, paymentId: payment.paymentId } as EventPayload<'refund.failed'>
  await ledger.school.transaction(tx => reverseRefund(tx, failed))
  assert.deepEqual((await rows())[1], ['Seas', zar(0), zar(14_000)])
})

test('What is shown adds up, whatever was sold together and went back, and each sees their own.', async () => {
  const amount = fc.integer({ min: 1, max: 90_000 })
  const order = fc.record({
    items: fc.array(fc.record({ who: fc.integer({ min: 0, max: 2 }), price: amount }), {
      minLength: 1,
      maxLength: 4,
    }),
    back: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 4 }), async orders => {
      const people = [randomUUID(), randomUUID(), randomUUID()]
      let gross = 0
      let refunded = 0
      for (const { items, back } of orders) {
        const payment = sale(items.map(({ who, price }) => ({ instructorId: people[who] ?? null, price })))
        await book(payment)
        let left = payment.amount.amountMinor
        gross += left
        for (const percent of back) {
          const part = Math.min(left, Math.ceil((left * percent) / 100))
          if (part === 0) continue
          await giveBack(payment, part)
          left -= part
          refunded += part
        }
      }
      const shown = (await Promise.all(people.map(salesOf))).flatMap(({ items }) => items)
      for (const row of shown) {
        const { tax, platform, school, instructor } = row
        const shared = [tax, platform, school, instructor].reduce((sum, one) => sum + one.amountMinor, 0)
        assert.equal(shared, row.gross.amountMinor - row.refunded.amountMinor)
      }
      const sum = (of: (row: (typeof shown)[number]) => number) =>
        shown.reduce((all, row) => all + of(row), 0)
      assert.equal(
        sum(row => row.gross.amountMinor),
        gross,
      )
      assert.equal(
        sum(row => row.refunded.amountMinor),
        refunded,
      )
    }),
    { numRuns: 10 },
  )
})

test('The school sees what all instructors sold, with what coupons took off, and each of them their own.', async () => {
  const other = ledger.kit.db.in(randomUUID())
  const [one, two] = [randomUUID(), randomUUID()]
  const payment = sale([
    { instructorId: one, price: 11_500, title: 'Rivers' },
    { instructorId: two, price: 23_000, title: 'Seas' },
    { instructorId: null, price: 5_000, title: 'Winds' },
  ])
  const [first, ...others] = payment.items
  if (first) payment.items = [{ ...first, discount: zar(1_000) }, ...others]
  await other.transaction(tx => bookSale(tx, { ...payment, organizationId: other.organizationId }))
  const { items, totals } = await listCourseSales(other, null, months)
  assert.deepEqual(
    items.map(({ title, gross, discount }) => [title, gross, discount]),
    [
      ['Rivers', zar(11_500), zar(1_000)],
      ['Seas', zar(23_000), zar(0)],
      ['Winds', zar(5_000), zar(0)],
    ],
  )
  assert.deepEqual([totals[0]?.sold, totals[0]?.gross, totals[0]?.discount], [3, zar(39_500), zar(1_000)])
  assert.equal((await listCourseSales(other, one, months)).items.length, 1)
})

test('The sales of many payments are read and summed some at a time.', async () => {
  const courseId = randomUUID()
  const school = ledger.kit.db.in(randomUUID())
  for (let count = 0; count < 450; count++) {
    const payment = sale([{ instructorId: null, price: 1_000, courseId }], 10)
    await school.transaction(tx => bookSale(tx, { ...payment, organizationId: school.organizationId }))
  }
  const asked = await statementsOf(ledger.kit.db, async () => {
    const { items } = await listCourseSales(school, null, months)
    assert.deepEqual(
      items.map(({ sold, gross, fee }) => [sold, gross, fee]),
      [[450, zar(450_000), zar(4_500)]],
    )
  })
  // Which payments there are, and of each 200 of them what was sold and what went back.
  assert.equal(asked.filter(text => text.includes('from course_sales')).length, 1 + 3)
})

test('Another instructor, another school and another month see nothing of it.', async () => {
  const instructorId = randomUUID()
  await book(sale([{ instructorId, price: 1_000 }]))
  assert.equal((await salesOf(instructorId)).items.length, 1)
  assert.deepEqual((await salesOf(randomUUID())).items, [])
  const elsewhere = await listCourseSales(ledger.kit.db.in(randomUUID()), instructorId, months)
  assert.deepEqual(elsewhere, { items: [], totals: [] })
  const before = { ...months, from: '2020-01', to: '2020-12' }
  assert.deepEqual((await listCourseSales(ledger.school, instructorId, before)).items, [])
})

test('The file has a line for each course and month, and no title runs as a formula.', async () => {
  const instructorId = randomUUID()
  await book(sale([{ instructorId, price: 11_500, title: '=1+1' }]))
  const [headings, line] = (await courseSalesCsv(ledger.school, instructorId, months)).split('\r\n')
  assert.match(headings ?? '', /^Month,Course,Sold,Gross,/)
  assert.equal(line, `${thisMonth},'=1+1,1,115.00,0.00,15.00,10.00,20.00,70.00,0.00,ZAR,0.00`)
})

test('An export has the sales of a person, and erasing leaves the sale without them.', async () => {
  const instructorId = randomUUID()
  await book(sale([{ instructorId, price: 1_000 }]))
  const files = await mintPersonalData.gather(ledger.school, instructorId)
  assert.equal(
    files.filter(({ name }) => name === 'course-sales.json').flatMap(({ content }) => content).length,
    1,
  )
  await ledger.school.transaction(tx => mintPersonalData.erase(tx, instructorId))
  assert.deepEqual((await salesOf(instructorId)).items, [])
})
