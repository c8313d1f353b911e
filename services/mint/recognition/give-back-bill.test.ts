import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { EventPayload } from '@azora/contracts/events.ts'
import { sql } from '@azora/kit/sql.ts'
import fc from 'fast-check'
import { createLedger, type Ledger } from '../testing.ts'
import { bookSubscription } from './book-subscription.ts'
import { bookBillDispute, bookBillRefund, closeBillDispute, reverseBillRefund } from './give-back-bill.ts'
import { recogniseRevenue } from './recognise.ts'
import { selectDeferred } from './recognition.store.ts'

/** What goes back of a bill comes off what is still owed as service first, and off revenue then. */

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

/** Each test has a currency of its own, so that it sees its own amounts alone. */
const currencies = ['ZAR', 'USD', 'EUR', 'GBP', 'KES', 'NGN', 'GHS', 'INR']
const own = () => currencies.shift() ?? 'ZAR'

async function paidBill(currency: string, net: number, tax: number, days: [string, string]) {
  const money = (amountMinor: number) => ({ amountMinor, currency })
  const billId = randomUUID()
  const paid: EventPayload<'subscription.invoice_paid'> = {
    ...{ billId, invoiceId: randomUUID(), subscriptionId: randomUUID(), userId: randomUUID() },
    organizationId: ledger.organizationId,
    ...{ total: money(net + tax), tax: money(tax), paid: money(net + tax) },
    ...{ creditUsed: money(0), credited: money(0), fee: null },
    services: [{ net: money(net), from: days[0], until: days[1] }],
    ...{ sandbox: true, processedAt: '2027-01-01T10:00:00.000Z' },
  }
  await ledger.school.transaction(tx => bookSubscription(tx, paid))
  const said = (amount: number) => ({
    ...{ billId, chargeId: randomUUID(), subscriptionId: paid.subscriptionId, userId: paid.userId },
    ...{ organizationId: ledger.organizationId, amount: money(amount), sandbox: true },
  })
  return { billId, money, said }
}
type Bill = Awaited<ReturnType<typeof paidBill>>

const refundOf = ({ said, money }: Bill, amount: number, tax: number) => ({
  ...{ ...said(amount), refundId: randomUUID(), credited: money(amount), tax: money(tax) },
  refundedAt: '2027-01-11T10:00:00.000Z',
})
const refund = (told: ReturnType<typeof refundOf>) =>
  ledger.school.transaction(tx => bookBillRefund(tx, told))
const fail = ({ credited: _, tax: __, refundedAt: failedAt, ...told }: ReturnType<typeof refundOf>) =>
  ledger.school.transaction(tx => reverseBillRefund(tx, { ...told, failedAt }))
const recognise = (day: string) => recogniseRevenue(ledger.kit.db, new Date(`${day}T01:00:00Z`))

const balances = (currency: string) => ledger.balances(currency)

test('After ten of 31 days all goes back: 21 days from what is owed, ten from revenue, the tax from tax. Told twice, once.', async () => {
  const currency = own()
  const bill = await paidBill(currency, 31_000, 4650, ['2027-01-01', '2027-02-01'])
  await recognise('2027-01-11')
  const told = refundOf(bill, 35_650, 4650)
  await Promise.all([refund(told), refund(told)])
  assert.deepEqual(await balances(currency), {})
  const kinds = await ledger.school.rows<{ kind: string; amount: number }>(sql`
    select a.kind, t.amount from transfers t join accounts a on a.organization_id = t.organization_id
      and a.id = t.debit_account_id
    where t.organization_id = ${ledger.organizationId} and t.booking_id = ${told.refundId} order by a.kind`)
  assert.deepEqual(kinds, [
    { kind: 'deferred_revenue', amount: 21_000 },
    { kind: 'revenue', amount: 10_000 },
    { kind: 'tax_payable', amount: 4650 },
  ])
  await recognise('2027-02-02')
  assert.deepEqual(await balances(currency), {}, 'nothing is earned of days that were given back')
})

test('A part comes off the days that are left, and what is earned by the end is what was kept.', async () => {
  const currency = own()
  const bill = await paidBill(currency, 31_000, 0, ['2027-01-01', '2027-02-01'])
  await recognise('2027-01-11')
  await refund(refundOf(bill, 10_500, 0))
  assert.deepEqual(await balances(currency), {
    cash_at_processor: -20_500,
    deferred_revenue: 10_500,
    revenue: 10_000,
  })
  // Half of each day was given back.
  await recognise('2027-01-13')
  assert.equal((await balances(currency)).revenue, 11_000)
  await recognise('2027-02-01')
  assert.deepEqual(await balances(currency), { cash_at_processor: -20_500, revenue: 20_500 })
})

test('A refund that did not arrive is put back, and earned by the end of its days; told twice, once.', async () => {
  const currency = own()
  const bill = await paidBill(currency, 31_000, 0, ['2027-01-01', '2027-02-01'])
  await recognise('2027-01-11')
  const told = refundOf(bill, 31_000, 0)
  await assert.rejects(fail(told), 'it is not booked yet')
  await refund(told)
  await recognise('2027-01-21')
  for (let round = 0; round < 2; round++) await fail(told)
  assert.deepEqual(await balances(currency), {
    cash_at_processor: -31_000,
    deferred_revenue: 21_000,
    revenue: 10_000,
  })
  await recognise('2027-02-01')
  assert.deepEqual(await balances(currency), { cash_at_processor: -31_000, revenue: 31_000 })
})

test('A refund of a bill that is not booked waits for it; a lost dispute takes what is credited, the rest is a loss.', async () => {
  const currency = own()
  const bill = await paidBill(currency, 10_000, 0, ['2027-01-01', '2027-02-01'])
  await assert.rejects(refund({ ...refundOf(bill, 10_000, 0), billId: randomUUID() }))
  const disputeId = randomUUID()
  const shared = { ...bill.said(10_000), disputeId }
  const closed = {
    ...{ ...shared, outcome: 'lost' as const, feeReturned: null, closedAt: '2027-01-05T00:00:00.000Z' },
    ...{ credited: bill.money(7_000), tax: bill.money(0) },
  }
  const close = () => ledger.school.transaction(tx => closeBillDispute(tx, closed))
  await assert.rejects(close(), 'it is not booked yet')
  const opened = { ...shared, fee: bill.money(500), reason: 'fraudulent', openedAt: closed.closedAt }
  await ledger.school.transaction(tx => bookBillDispute(tx, opened))
  assert.equal((await balances(currency)).disputes, -10_000)
  await Promise.all([close(), close()])
  // What a refund that is on its way will give back is still there for it.
  await refund(refundOf(bill, 3_000, 0))
  assert.deepEqual(await balances(currency), { bad_debts: -3_000, cash_at_processor: 3_500, fees: -500 })
})

test('However days pass and parts go back, fail and go back again, the schedules are what the books owe.', async () => {
  const currency = own()
  const day = (at: number) => new Date(Date.UTC(2028, 0, 1 + at)).toISOString().slice(0, 10)
  let kept = 0
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 9_000 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 100 }), fc.boolean()), { maxLength: 4 }),
      async (net, days, steps) => {
        const bill = await paidBill(currency, net, 0, [day(0), day(days)])
        let left = net
        for (const [at, percent, fails] of steps) {
          await recognise(day(at))
          const amount = Math.ceil((left * percent) / 100)
          if (amount === 0) continue
          const told = refundOf(bill, amount, 0)
          await refund(told)
          if (fails) await fail(told)
          else left -= amount
          const { revenue = 0, deferred_revenue: deferred = 0 } = await balances(currency)
          assert.equal(revenue + deferred, kept + left)
          const owed = (await selectDeferred(ledger.school)).find(one => one.currency === currency)
          assert.equal(owed?.deferredMinor ?? 0, deferred)
        }
        kept += left
      },
    ),
    { numRuns: 25 },
  )
  await recognise(day(400))
  const { revenue = 0, deferred_revenue: deferred = 0 } = await balances(currency)
  assert.deepEqual([revenue, deferred], [kept, 0])
})

test('Revenue that is recognised while a part goes back, in either order, leaves schedules and books the same.', async () => {
  const currency = own()
  let kept = 0
  for (let round = 0; round < 8; round++) {
    const bill = await paidBill(currency, 3_100, 0, ['2027-01-01', '2027-02-01'])
    const back = () => refund(refundOf(bill, 2_500, 0))
    const earn = () => recognise('2027-01-21')
    await Promise.all(round % 2 === 0 ? [earn(), back()] : [back(), earn()])
    kept += 600
    const { revenue = 0, deferred_revenue: deferred = 0 } = await balances(currency)
    assert.equal(revenue + deferred, kept)
    const owed = (await selectDeferred(ledger.school)).find(one => one.currency === currency)
    assert.equal(owed?.deferredMinor ?? 0, deferred)
  }
  await recognise('2027-02-02')
  assert.deepEqual(await balances(currency), { cash_at_processor: -kept, revenue: kept })
})
