import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { settlePaidCharge } from '@azora/service-payments/charges/settle-paid-charge.ts'
import { type CardName, payOnPage } from '../checkout.ts'
import { until } from '../system.ts'
import { openSellingSchool, type SellingSchool } from './selling-school.ts'

/** What becomes of what was paid for a subscription: refunds made here and elsewhere, and disputes. */

let school: SellingSchool
let planId: string
before(async () => {
  school = await openSellingSchool()
  const courseId = await school.soldCourse()
  const office = school.as(await school.person('instructor'), { offices: ['finance'] }).payments
  const interval = { unit: 'month', count: 1 } as const
  const prices = [{ amountMinor: 31_000, currency: 'ZAR' }]
  const made = { name: 'All rivers', description: '', interval, prices, trialDays: 0, courseIds: [courseId] }
  ;({ id: planId } = await office.createPlan(made))
  await office.setPlanStatus({ planId, status: 'offered' })
})
after(() => school?.close())
beforeEach(() => {
  school.outside.faults = {}
})

const price = { amountMinor: 31_000, currency: 'ZAR' }
const fee = 929 // 2.9 per cent of 310.00, and 0.30

/** Somebody who has paid the first month. */
async function subscriber(card: CardName = 'works') {
  const userId = await school.person('learner')
  const { payments } = school.as(userId)
  const { checkoutUrl, id } = await payments.startSubscription({ planId, version: 1, price })
  await payOnPage(checkoutUrl ?? '', card)
  const own = async () => (await payments.checkSubscription()).subscription ?? assert.fail()
  await until('the subscription is paid', async () => (await own()).status === 'active')
  const charge = await school
    .dbOf('payments')
    .in(school.organizationId)
    .one<{ id: string; billId: string; intentId: string }>(sql`
      select c.id, c.bill_id, c.stripe_payment_intent_id as intent_id from subscription_charges c
      join subscription_bills b on b.organization_id = c.organization_id and b.id = c.bill_id
      where c.organization_id = ${school.organizationId} and b.subscription_id = ${id}`)
  await until('it is booked', async () => (await ledgerOf(charge.billId)).cash_at_processor !== undefined)
  return { userId, own, ...charge }
}

/** What stands in the ledger of a bill, by kind of account: credits less debits. */
async function ledgerOf(billId: string): Promise<Record<string, number>> {
  const rows = await school
    .dbOf('mint')
    .in(school.organizationId)
    .rows<{ kind: string; sum: number }>(sql`
      select a.kind, sum(case when t.credit_account_id = a.id then t.amount else -t.amount end)::bigint as sum
      from transfers t join accounts a on a.organization_id = t.organization_id
        and a.id in (t.debit_account_id, t.credit_account_id)
      where t.organization_id = ${school.organizationId} and t.reference_id = ${billId}
      group by a.kind having sum(case when t.credit_account_id = a.id then t.amount else -t.amount end) <> 0`)
  return Object.fromEntries(rows.map(({ kind, sum }) => [kind, sum]))
}

const ledgerIs = (billId: string, expected: Record<string, number>) =>
  until(`the ledger has ${JSON.stringify(expected)}`, async () => {
    const found = await ledgerOf(billId)
    return JSON.stringify(Object.entries(found).sort()) === JSON.stringify(Object.entries(expected).sort())
  })

async function eventsOf(id: string): Promise<Record<string, number>> {
  const rows = await school.dbOf('payments').across.rows<{ name: string; n: number }>(sql`
    select name, count(*)::int as n from outbox where payload->>'subscriptionId' = ${id}
      and name ~ 'refund|dispute|cancelled' group by name`)
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}

const documentsOf = async (id: string) =>
  school
    .dbOf('payments')
    .in(school.organizationId)
    .rows<{ kind: string; totalMinor: number }>(sql`
      select kind, total_minor from invoices
      where organization_id = ${school.organizationId} and about_id = ${id} order by id`)

test('A refund that somebody made at Stripe itself is written down, credited, told and booked, once.', async () => {
  const { id: chargeId, billId, intentId, own } = await subscriber()
  const { id } = await own()
  const stripe = await school.stripe()
  await stripe.refunds.create({ payment_intent: intentId, amount: 10_000 })
  const refunded = async () => (await own()).payments[0]?.refunded.amountMinor
  await until('the refund is found', async () => (await refunded()) === 10_000)
  await Promise.all([1, 2, 3].map(() => settlePaidCharge(school.tools(), school.organizationId, chargeId)))
  await ledgerIs(billId, { cash_at_processor: -(21_000 - fee), deferred_revenue: 21_000, fees: -fee })
  assert.deepEqual(await eventsOf(id), { 'subscription.refunded': 1 })
  assert.deepEqual(await documentsOf(id), [
    { kind: 'invoice', totalMinor: 31_000 },
    { kind: 'credit_note', totalMinor: 10_000 },
  ])
  assert.equal((await own()).status, 'active', 'the subscription goes on')
})

test('The office gives a bill back in parts and never more than came, however many ask at once.', async () => {
  const { billId, own } = await subscriber()
  const finance = await school.finance()
  const give = (amountMinor?: number) =>
    finance.payments.refundSubscriptionBill({
      billId,
      reason: 'other',
      ...(amountMinor ? { amount: { amountMinor, currency: 'ZAR' } } : {}),
    })
  const asked = await Promise.allSettled([give(20_000), give(20_000), give(20_000)])
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 1)
  const after = await give()
  assert.deepEqual([after.refunded.amountMinor, after.planName], [31_000, 'All rivers'])
  await ledgerIs(billId, { cash_at_processor: fee, fees: -fee })
  await assert.rejects(give(1), (failure: { code?: string }) => failure.code === 'refund_too_large')
  const { items } = await finance.payments.listSubscriptionPayments({ subscriptionId: (await own()).id })
  assert.deepEqual(items, [after])
})

test('A refund that the bank sends back later is undone: its credit note, its booking, and what is owed as service.', async () => {
  const { billId, own } = await subscriber('refund_fails')
  const finance = await school.finance()
  await finance.payments.refundSubscriptionBill({ billId, reason: 'other' })
  await ledgerIs(billId, { cash_at_processor: fee, fees: -fee })
  await school.pass(6)
  await until('nothing is refunded', async () => (await own()).payments[0]?.refunded.amountMinor === 0)
  await ledgerIs(billId, { cash_at_processor: -(31_000 - fee), deferred_revenue: 31_000, fees: -fee })
  const owed = () =>
    school
      .dbOf('mint')
      .in(school.organizationId)
      .one<{ owed: number }>(sql`
        select sum(amount_minor - earned_minor)::bigint as owed from recognition_schedules
        where organization_id = ${school.organizationId} and bill_id = ${billId}`)
  assert.equal((await owed()).owed, 31_000)
  assert.deepEqual(
    (await documentsOf((await own()).id)).map(({ kind }) => kind),
    ['invoice', 'credit_note', 'invoice'],
  )
})

test('A dispute that is won leaves all as it was; while it is open nothing can be refunded.', async () => {
  const { billId, own } = await subscriber('disputed')
  const withDispute = { cash_at_processor: fee + 1500, deferred_revenue: 31_000, disputes: -31_000 }
  await ledgerIs(billId, { ...withDispute, fees: -fee - 1500 })
  const finance = await school.finance()
  await assert.rejects(
    finance.payments.refundSubscriptionBill({ billId, reason: 'other' }),
    (failure: { code?: string }) => failure.code === 'refund_too_large',
  )
  const { id } = await own()
  const { items } = await finance.payments.listDisputes({ state: 'open' })
  const dispute = items.find(one => one.subscriptionId === id) ?? assert.fail()
  assert.deepEqual([dispute.orderId, dispute.titles, dispute.amount], [null, ['All rivers'], price])
  const answered = await finance.payments.answerDispute({
    disputeId: dispute.id,
    evidence: 'winning_evidence',
  })
  assert.equal(answered.status, 'won')
  await ledgerIs(billId, { cash_at_processor: -(31_000 - fee), deferred_revenue: 31_000, fees: -fee })
  assert.equal((await own()).status, 'active')
})

test('A dispute that is lost is credited and given back, and ends the subscription.', async () => {
  const { id: chargeId, billId, own } = await subscriber('disputed')
  const finance = await school.finance()
  const { id } = await own()
  const disputes = async () => (await finance.payments.listDisputes({})).items
  await until('the dispute is known', async () => (await disputes()).some(one => one.subscriptionId === id))
  const dispute = (await disputes()).find(one => one.subscriptionId === id)
  await finance.payments.acceptDispute({ disputeId: dispute?.id ?? '' })
  await Promise.all([1, 2].map(() => settlePaidCharge(school.tools(), school.organizationId, chargeId)))
  await ledgerIs(billId, { cash_at_processor: fee + 1500, fees: -fee - 1500 })
  const { status, credit, payments } = await own()
  assert.deepEqual([status, credit.amountMinor, payments[0]?.disputed.amountMinor], ['cancelled', 0, 31_000])
  assert.deepEqual(await eventsOf(id), {
    'subscription.dispute_opened': 1,
    'subscription.dispute_closed': 1,
    'subscription.cancelled': 1,
  })
  assert.deepEqual((await documentsOf(id)).at(-1), { kind: 'credit_note', totalMinor: 31_000 })
})

async function compared() {
  const db = school.dbOf('payments').in(school.organizationId)
  // Long enough ago that the ledger must have heard of it, and not at the edge of what is compared.
  await db.run(sql`
    update subscription_bills set paid_at = paid_at - interval '2 hours'
    where organization_id = ${school.organizationId} and paid_at > now() - interval '1 hour'`)
  const { payments } = await school.finance()
  const { id } = await payments.startReconciliation({})
  const ended = async () => (await payments.listReconciliations({})).items.find(one => one.id === id)
  await until('the comparison ends', async () => (await ended())?.status !== 'running')
  const { items } = await payments.listDifferences({ state: 'open' })
  return { ...((await ended()) ?? assert.fail()), open: items }
}

test('Refunds and disputes of which no webhook told are found by the comparison, which then has nothing to say.', async () => {
  school.outside.faults = { webhook: () => 'never' }
  const [refunded, disputed] = [await subscriber(), await subscriber('disputed')]
  const stripe = await school.stripe()
  await stripe.refunds.create({ payment_intent: refunded.intentId, amount: 1_000 })
  await school.pass(1)
  const first = await compared()
  assert.deepEqual([first.status, first.open.map(({ kind }) => kind)], ['done', []])
  assert.ok(first.repaired >= 2, `${first.repaired}`)
  await ledgerIs(refunded.billId, {
    cash_at_processor: -(30_000 - fee),
    deferred_revenue: 30_000,
    fees: -fee,
  })
  await until('the dispute is booked', async () => (await ledgerOf(disputed.billId)).disputes === -31_000)
  const again = await compared()
  assert.deepEqual([again.repaired, again.open], [0, []])
})

test('A charge that Stripe does not have, and one that the ledger does not have, are listed by their subscription.', async () => {
  school.outside.faults = { webhook: () => 'never' }
  const { id, billId, own } = await subscriber()
  const subscriptionId = (await own()).id
  const db = school.dbOf('payments').in(school.organizationId)
  await db.run(sql`
    update subscription_charges set stripe_payment_intent_id = 'pi_of_nobody', refunded_minor = 500
    where organization_id = ${school.organizationId} and id = ${id}`)
  await db.run(sql`
    insert into refunds (id, organization_id, charge_id, amount_minor, status, reason, processed_at)
    values (gen_random_uuid(), ${school.organizationId}, ${id}, 500, 'succeeded', 'other', now())`)
  const { open } = await compared()
  assert.deepEqual(
    open.map(one => [one.kind, one.subscriptionId, one.expected.amountMinor, one.found.amountMinor]).sort(),
    [
      ['ledger_differs', subscriptionId, 30_500, 31_000],
      ['missing_at_processor', subscriptionId, 0, 31_000],
      ['order_not_paid', subscriptionId, 31_000, 0],
    ],
  )
  assert.notEqual((await ledgerOf(billId)).cash_at_processor, undefined)
})
