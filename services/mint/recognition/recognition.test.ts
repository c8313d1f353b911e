import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { EventPayload } from '@azora/contracts/events.ts'
import fc from 'fast-check'
import { createLedger, type Ledger } from '../testing.ts'
import { bookSubscription } from './book-subscription.ts'
import { recogniseRevenue } from './recognise.ts'
import { selectDeferred } from './recognition.store.ts'

/** What is billed of subscriptions, in the books, and how it becomes revenue day by day. */

let ledger: Ledger
before(async () => {
  ledger = await createLedger()
})
after(() => ledger?.dispose())

type Paid = EventPayload<'subscription.invoice_paid'>
/** Each test has a currency of its own, so that it sees its own amounts alone. */
let currencies = ['ZAR', 'USD', 'EUR', 'GBP', 'KES', 'NGN', 'GHS', 'INR']

function billed(
  amounts: Partial<Record<'total' | 'tax' | 'paid' | 'creditUsed' | 'credited' | 'fee', number>>,
  services: [number, string, string][],
  { currency, userId = randomUUID() }: { currency: string; userId?: string },
): Paid {
  const money = (amountMinor = 0) => ({ amountMinor, currency })
  return {
    billId: randomUUID(),
    invoiceId: randomUUID(),
    subscriptionId: randomUUID(),
    organizationId: ledger.organizationId,
    userId,
    total: money(amounts.total),
    tax: money(amounts.tax),
    paid: money(amounts.paid),
    creditUsed: money(amounts.creditUsed),
    credited: money(amounts.credited),
    fee: amounts.fee ? money(amounts.fee) : null,
    services: services.map(([amountMinor, from, until]) => ({ net: money(amountMinor), from, until })),
    sandbox: true,
    processedAt: '2027-01-01T10:00:00.000Z',
  }
}

const book = (paid: Paid) => ledger.school.transaction(tx => bookSubscription(tx, paid))
const recognise = (day: string) => recogniseRevenue(ledger.kit.db, new Date(`${day}T01:00:00Z`))

const balances = (currency: string) => ledger.balances(currency)

const own = () => {
  const [currency = 'ZAR', ...rest] = currencies
  currencies = rest
  return currency
}

test('What is paid for a month is owed as service and tax, and becomes revenue by the day; told twice, once.', async () => {
  const currency = own()
  const amounts = { total: 11_500, tax: 1500, paid: 11_500, fee: 400 }
  const paid = billed(amounts, [[10_000, '2027-01-01', '2027-02-01']], { currency })
  for (let round = 0; round < 2; round++) await book(paid)
  assert.deepEqual(await balances(currency), {
    cash_at_processor: -11_100,
    deferred_revenue: 10_000,
    fees: -400,
    tax_payable: 1500,
  })
  await recognise('2027-01-11')
  await Promise.all([recognise('2027-01-11'), recognise('2027-01-11')])
  // Ten days of thirty-one.
  assert.equal((await balances(currency)).revenue, Math.round((10_000 * 10) / 31))
  await recognise('2027-03-15')
  const { revenue, deferred_revenue: deferred } = await balances(currency)
  assert.deepEqual([revenue, deferred], [10_000, undefined])
})

test('Days that were paid and are not used come out of what is owed, and are kept for the customer until they pay.', async () => {
  const [currency, userId] = [own(), randomUUID()]
  await book(billed({ total: 3100, paid: 3100 }, [[3100, '2027-01-01', '2027-02-01']], { currency, userId }))
  await recognise('2027-01-11')
  await book(
    billed({ total: -2100, credited: 2100 }, [[-2100, '2027-01-11', '2027-02-01']], { currency, userId }),
  )
  await recognise('2027-02-01')
  assert.deepEqual(await balances(currency), {
    cash_at_processor: -3100,
    customer_credit: 2100,
    revenue: 1000,
  })
  await book(
    billed({ total: 3100, paid: 1000, creditUsed: 2100 }, [[3100, '2027-02-01', '2027-03-01']], {
      currency,
      userId,
    }),
  )
  assert.deepEqual(await balances(currency), {
    cash_at_processor: -4100,
    deferred_revenue: 3100,
    revenue: 1000,
  })
})

test('What is used before it was given waits for that.', async () => {
  const [currency, userId] = [own(), randomUUID()]
  const used = billed({ total: 500, creditUsed: 500 }, [[500, '2027-01-01', '2027-02-01']], {
    currency,
    userId,
  })
  await assert.rejects(book(used))
  await book(
    billed({ total: -500, credited: 500 }, [[-500, '2027-01-01', '2027-02-01']], { currency, userId }),
  )
  await book(used)
  assert.equal((await balances(currency)).customer_credit, undefined)
})

test('On whichever days it is recognised, what is earned and what is still owed are what was paid.', async () => {
  const currency = own()
  const day = (at: number) => new Date(Date.UTC(2028, 0, 1 + at)).toISOString().slice(0, 10)
  let all = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.nat(40), fc.nat(60)), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.nat(120),
      async (parts, at) => {
        const services = parts
          .filter(([amount]) => amount !== 0)
          .map(([amount, from, days]): [number, string, string] => [amount, day(from), day(from + days)])
        const total = services.reduce((sum, [amount]) => sum + amount, 0)
        const amounts = total < 0 ? { total, credited: -total } : { total, paid: total }
        await book(billed(amounts, services, { currency }))
        all += total
        await recognise(day(at))
        const { revenue = 0, deferred_revenue: deferred = 0 } = await balances(currency)
        assert.equal(revenue + deferred, all)
        const owed = (await selectDeferred(ledger.school)).find(one => one.currency === currency)
        assert.equal(owed?.deferredMinor ?? 0, deferred)
      },
    ),
    { numRuns: 40 },
  )
  await recognise(day(365))
  assert.equal((await balances(currency)).deferred_revenue, undefined)
})
