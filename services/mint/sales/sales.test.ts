import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { EventPayload } from '@azora/contracts/events.ts'
import type { Caller } from '@azora/kit/caller.ts'
import { sql } from '@azora/kit/sql.ts'
import { overlapped } from '@azora/kit/testing.ts'
import fc from 'fast-check'
import { v5 as uuidv5 } from 'uuid'
import { createSplitRule } from '../splits/split-rules.ts'
import { createLedger, type Ledger, move } from '../testing.ts'
import { bookDispute, closeDispute } from './book-dispute.ts'
import { bookRefund, reverseRefund } from './book-refund.ts'
import { bookSale } from './book-sale.ts'
import { saleOf } from './sale-id.ts'
import { leftOf } from './take-back.ts'

/** What was paid and what went back, in the books. */

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })

function sale(
  amountMinor: number,
  { instructorId = randomUUID() as string | null, fee = 0 } = {},
): EventPayload<'payment.processed'> {
  return {
    paymentId: randomUUID(),
    organizationId: ledger.organizationId,
    orderId: randomUUID(),
    userId: randomUUID(),
    amount: zar(amountMinor),
    fee: fee === 0 ? null : zar(fee),
    items: [{ courseId: randomUUID(), instructorId, price: zar(amountMinor) }],
    sandbox: false,
    processedAt: new Date().toISOString(),
  }
}

const refundOf = (
  { paymentId, organizationId, orderId, items }: EventPayload<'payment.processed'>,
  amountMinor: number,
): EventPayload<'refund.processed'> => ({
  refundId: randomUUID(),
  paymentId,
  organizationId,
  orderId,
  userId: null,
  amount: zar(amountMinor),
  whole: false,
  items,
  sandbox: false,
  processedAt: new Date().toISOString(),
})

const book = (payment: EventPayload<'payment.processed'>) =>
  ledger.school.transaction(tx => bookSale(tx, payment))
const giveBack = (refund: EventPayload<'refund.processed'>) =>
  ledger.school.transaction(tx => bookRefund(tx, refund))

const failed = ({
  whole: _,
  items: __,
  processedAt,
  ...refund
}: EventPayload<'refund.processed'>): EventPayload<'refund.failed'> => ({
  ...refund,
  afterProcessed: true,
  failedAt: processedAt,
})
const sendBack = (refund: EventPayload<'refund.processed'>) =>
  ledger.school.transaction(tx => reverseRefund(tx, failed(refund)))

const disputeOf = (
  { paymentId, organizationId, orderId, processedAt }: EventPayload<'payment.processed'>,
  amountMinor: number,
): EventPayload<'dispute.opened'> => ({
  disputeId: randomUUID(),
  paymentId,
  organizationId,
  orderId,
  userId: null,
  amount: zar(amountMinor),
  fee: zar(1500),
  reason: 'fraudulent',
  sandbox: false,
  openedAt: processedAt,
})
const dispute = (opened: EventPayload<'dispute.opened'>) =>
  ledger.school.transaction(tx => bookDispute(tx, opened))
const end = (
  { fee, reason: _, openedAt, ...rest }: EventPayload<'dispute.opened'>,
  outcome: 'won' | 'lost',
  credited?: number,
) =>
  ledger.school.transaction(tx =>
    closeDispute(tx, {
      ...rest,
      outcome,
      feeReturned: outcome === 'won' ? fee : null,
      ...(credited === undefined ? {} : { credited: zar(credited) }),
      closedAt: openedAt,
    }),
  )

/** What stands on the accounts of a payment, by kind: credits less debits. */
async function booked(paymentId: string): Promise<Record<string, number>> {
  const rows = await ledger.school.rows<{ kind: string; sum: number }>(sql`
    select a.kind, sum(case when t.credit_account_id = a.id then t.amount else -t.amount end)::bigint as sum
    from transfers t join accounts a on a.organization_id = t.organization_id
      and a.id in (t.debit_account_id, t.credit_account_id)
    where t.organization_id = ${ledger.organizationId} and t.reference_id = ${paymentId}
    group by a.kind having sum(case when t.credit_account_id = a.id then t.amount else -t.amount end) <> 0`)
  return Object.fromEntries(rows.map(({ kind, sum }) => [kind, sum]))
}

/** What those who received something of each course have left of it, and what of that is tax. */
async function leftOfCourses({ paymentId, items }: EventPayload<'payment.processed'>) {
  const { received } = await ledger.school.transaction(tx => leftOf(tx, paymentId))
  return items.map(({ courseId }) => {
    const of = received.filter(({ bookingId }) => bookingId === saleOf(paymentId, courseId))
    const sum = (all: typeof of) => all.reduce((left, one) => left + one.left, 0)
    return { amount: sum(of), tax: sum(of.filter(({ isTax }) => isTax)) }
  })
}

test('Without a rule a sale is the school’s, and what the processor keeps is a cost.', async () => {
  const payment = sale(45_000, { fee: 1505 })
  await book(payment)
  await book(payment)
  assert.deepEqual(await booked(payment.paymentId), {
    cash_at_processor: -43_495,
    revenue: 45_000,
    fees: -1505,
  })
})

test('By a rule it is shared out to the cent; refunds take from each what they had, and no more.', async () => {
  const { organizationId, kit } = ledger
  const actor: Caller['actor'] = { userId: randomUUID(), organizationId, roles: [], sessionId: randomUUID() }
  const shares = { platform: 500, school: 3500, instructor: 6000 }
  await createSplitRule(
    kit.db,
    { actor, ip: '127.0.0.1', userAgent: 'test' },
    { name: 'course_sale', taxBasisPoints: 1500, shares },
  )
  const payment = sale(11_500)
  await book(payment)
  const whole = {
    cash_at_processor: -11_500,
    tax_payable: 1500,
    platform_revenue: 500,
    revenue: 3500,
    instructor_payable: 6000,
  }
  assert.deepEqual(await booked(payment.paymentId), whole)
  const half = refundOf(payment, 5750)
  await giveBack(half)
  await giveBack(half)
  assert.deepEqual(await booked(payment.paymentId), {
    cash_at_processor: -5750,
    tax_payable: 750,
    platform_revenue: 250,
    revenue: 1750,
    instructor_payable: 3000,
  })
  await giveBack(refundOf(payment, 5750))
  assert.deepEqual(await booked(payment.paymentId), {})
})

test('Of a bundle each course is shared out with its own instructor; refused in one, nothing is booked.', async () => {
  const [one, other] = [sale(6_667, { fee: 350 }), sale(3_334)]
  const payment = { ...one, amount: zar(10_001), items: [...one.items, ...other.items] }
  await book(payment)
  await book(payment)
  const shares = await ledger.school.rows<{ ownerId: string; amount: number }>(sql`
    select a.owner_id, sum(t.amount)::bigint as amount from transfers t
    join accounts a on a.organization_id = t.organization_id and a.id = t.credit_account_id
    where t.organization_id = ${ledger.organizationId} and t.reference_id = ${payment.paymentId}
      and t.kind = 'instructor' group by a.owner_id`)
  assert.deepEqual(
    new Map(shares.map(({ ownerId, amount }) => [ownerId, amount])),
    // 60 per cent of 57.97 and of 28.99, which is what is left of each without its tax.
    new Map([
      [payment.items[0]?.instructorId, 3_478],
      [payment.items[1]?.instructorId, 1_739],
    ]),
  )
  await giveBack(refundOf(payment, 10_001))
  const refused = { ...payment, paymentId: randomUUID() }
  // Its last transfer has the id of one that stands in the books with another amount.
  const cash = await ledger.open({ kind: 'cash_at_processor', owner: { type: 'processor', id: 'stripe' } })
  await ledger.post(move(cash, await ledger.open(), 1n, { id: uuidv5('processor_fee', refused.paymentId) }))
  await assert.rejects(book(refused), /was refused: transfer_exists_with_different/)
  assert.deepEqual(await booked(refused.paymentId), {})
})

test('However a payment is given back, in parts of any size, nobody ever owes more than they had of it.', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5000 }),
      fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 6 }),
      async (amountMinor, parts) => {
        const payment = sale(amountMinor)
        await book(payment)
        let left = amountMinor
        for (const part of [...parts, amountMinor]) {
          const back = Math.min(part, left)
          if (back === 0) break
          await giveBack(refundOf(payment, back))
          left -= back
          const { received } = await ledger.school.transaction(tx => leftOf(tx, payment.paymentId))
          assert.ok(received.every(one => one.left >= 0))
          assert.equal(
            received.reduce((sum, one) => sum + one.left, 0),
            left,
          )
        }
        assert.deepEqual(await booked(payment.paymentId), {})
      },
    ),
    { numRuns: 25 },
  )
})

test('A refund that comes before its payment is booked waits, and more than came is never booked.', async () => {
  const payment = sale(1000)
  const refund = refundOf(payment, 1000)
  await assert.rejects(giveBack(refund), /only 0 are booked/)
  await book(payment)
  await giveBack(refund)
  await assert.rejects(giveBack(refundOf(payment, 1)), /only 0 are booked/)
})

test('Of two refunds at once the second is shared by what the first has left.', async () => {
  const payment = sale(3)
  await book(payment)
  const [one, two] = [refundOf(payment, 2), refundOf(payment, 1)]
  await overlapped(
    ledger.kit.db,
    ledger.organizationId,
    tx => bookRefund(tx, one),
    () => giveBack(two),
  )
  assert.deepEqual(await booked(payment.paymentId), {})
})

test('What an invoice says is tax is owed to the authority, whatever the rule, less what credit notes take back.', async () => {
  const tax = (amount: number) => ({ tax: zar(amount) })
  const payment = sale(11_500)
  payment.items = payment.items.map(item => ({ ...item, ...tax(1_499) }))
  await book(payment)
  assert.equal((await booked(payment.paymentId)).tax_payable, 1_499)
  await giveBack({ ...refundOf(payment, 2_300), ...tax(301) })
  assert.equal((await booked(payment.paymentId)).tax_payable, 1_198)
  await giveBack({ ...refundOf(payment, 9_200), ...tax(1_198) })
  assert.deepEqual(await booked(payment.paymentId), {})
})

test('Of a sale whose tax is nothing no tax goes back.', async () => {
  const payment = sale(10_000, { instructorId: null })
  payment.items = payment.items.map(item => ({ ...item, tax: zar(0) }))
  await book(payment)
  await giveBack({ ...refundOf(payment, 4_000), tax: zar(0) })
  const { tax_payable: owed, cash_at_processor: kept } = await booked(payment.paymentId)
  assert.deepEqual([owed, kept], [undefined, -6_000])
})

test('A refund that the bank sends back is undone, each has again what they gave, and it can be given once more.', async () => {
  const payment = sale(1001)
  await book(payment)
  const before = await booked(payment.paymentId)
  const refund = refundOf(payment, 400)
  await assert.rejects(sendBack(refund), /is not booked/)
  await giveBack(refund)
  await sendBack(refund)
  await sendBack(refund)
  assert.deepEqual(await booked(payment.paymentId), before)
  // What was processed before and comes again is still the same refund.
  await giveBack(refund)
  await giveBack(refundOf(payment, 1001))
  assert.deepEqual(await booked(payment.paymentId), {})
})

test('What a bank disputes stands apart until it is decided; won, all is as it was.', async () => {
  const payment = sale(11_500)
  await book(payment)
  const before = await booked(payment.paymentId)
  const opened = disputeOf(payment, 11_500)
  await assert.rejects(end(opened, 'won'), /is not booked/)
  await dispute(opened)
  await dispute(opened)
  assert.deepEqual(await booked(payment.paymentId), {
    ...before,
    cash_at_processor: 1500,
    disputes: -11_500,
    fees: -1500,
  })
  await end(opened, 'won')
  await end(opened, 'won')
  assert.deepEqual(await booked(payment.paymentId), before)
})

test('A lost dispute takes from each what a refund would; what is gone already is the school’s loss.', async () => {
  const payment = sale(11_500)
  await book(payment)
  await giveBack(refundOf(payment, 1500))
  // Banks may dispute the whole of a payment of which a part went back.
  const opened = disputeOf(payment, 11_500)
  await dispute(opened)
  await end(opened, 'lost')
  await end(opened, 'lost')
  assert.deepEqual(await booked(payment.paymentId), {
    cash_at_processor: 11_500 - 10_000 + 1500,
    bad_debts: -1500,
    fees: -1500,
  })
})

test('What a pending refund will give back is left for it by a dispute that is lost, as its credit note says.', async () => {
  const payment = sale(11_500)
  await book(payment)
  const opened = disputeOf(payment, 11_500)
  await dispute(opened)
  await end(opened, 'lost', 10_000)
  await giveBack(refundOf(payment, 1500))
  assert.deepEqual(await booked(payment.paymentId), {
    cash_at_processor: 1500 + 1500,
    bad_debts: -1500,
    fees: -1500,
  })
})

test('Of a course goes back exactly what its line says, from exactly those who received something of it.', async () => {
  const tax = (amount: number) => Math.floor((amount * 15) / 115 + 0.5)
  const price = fc.integer({ min: 1, max: 90_000 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(price, { minLength: 2, maxLength: 4 }),
      fc.array(fc.record({ at: fc.nat({ max: 3 }), percent: fc.integer({ min: 1, max: 100 }) }), {
        maxLength: 5,
      }),
      async (prices, backs) => {
        const [one, ...others] = prices.map(amountMinor => sale(amountMinor))
        if (!one) return
        const lines = [one, ...others].flatMap(({ items }) =>
          items.map(item => ({ ...item, tax: zar(tax(item.price.amountMinor)) })),
        )
        const total = prices.reduce((sum, amount) => sum + amount, 0)
        const payment = { ...one, amount: zar(total), items: lines }
        await book(payment)
        const left = lines.map(item => ({ amount: item.price.amountMinor, tax: item.tax.amountMinor }))
        for (const { at, percent } of backs) {
          const of = left[at]
          const amount = Math.ceil(((of?.amount ?? 0) * percent) / 100)
          if (!of || amount === 0) continue
          const part = { amount, tax: Math.floor((of.tax * amount) / of.amount) }
          of.amount -= part.amount
          of.tax -= part.tax
          await giveBack({
            ...refundOf(payment, amount),
            tax: zar(part.tax),
            back: [{ courseId: lines[at]?.courseId ?? '', amount: zar(amount), tax: zar(part.tax) }],
          })
          assert.deepEqual(await leftOfCourses(payment), left)
        }
      },
    ),
    { numRuns: 25 },
  )
})

test('Refunds from before they said of which course they are leave enough for those that say it.', async () => {
  const [one, other] = [sale(5_000), sale(5_001)]
  const payment = { ...one, amount: zar(10_001), items: [...one.items, ...other.items] }
  await book(payment)
  await giveBack(refundOf(payment, 3_333))
  const courseId = payment.items[0]?.courseId ?? ''
  // A cent more than the ledger has left of the course.
  const { amount, tax } = (await leftOfCourses(payment))[0] ?? assert.fail()
  const back = { amount: zar(amount + 1), tax: zar(tax) }
  await giveBack({ ...refundOf(payment, amount + 1), tax: zar(tax), back: [{ courseId, ...back }] })
  const left = await leftOfCourses(payment)
  assert.deepEqual([left[0]?.amount, left[1]?.amount], [0, 10_001 - 3_333 - amount - 1])
})
