import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Caller } from '@azora/kit/caller.ts'
import { setRefundAside } from '@azora/service-payments/refunds/refund-order.ts'
import { settlePayment } from '@azora/service-payments/stripe/settle-payment.ts'
import { until } from '../system.ts'
import { openSellingSchool, price, type SellingSchool } from './selling-school.ts'

/** What becomes of a payment after it came: refunds made elsewhere, refunds that come back, and disputes. */

let school: SellingSchool
before(async () => {
  school = await openSellingSchool()
})
after(() => school?.close())
beforeEach(() => {
  school.outside.faults = {}
})

const fee = 1335 // 2.9 per cent of 450.00, and 0.30
const afterSale = { cash_at_processor: -(price.amountMinor - fee), revenue: price.amountMinor, fees: -fee }

const officer = (userId: string): Caller => ({
  actor: {
    ...{ userId, organizationId: school.organizationId, sessionId: userId, authenticatedAt: 0 },
    ...{ roles: ['learner'], offices: ['finance'] },
  },
  ip: '127.0.0.1',
  userAgent: 'test',
})

async function paid(card: Parameters<SellingSchool['bought']>[0] = {}) {
  const bought = await school.bought(card)
  await school.settled(bought.userId, bought.orderId)
  const order = () => school.as(bought.userId).payments.getOrder({ orderId: bought.orderId })
  await until('the sale is booked', async () => (await school.ledgerOf(bought.orderId)).revenue === 45_000)
  return { ...bought, order }
}

const ledgerIs = (orderId: string, expected: Record<string, number>) =>
  until(`the ledger has ${JSON.stringify(expected)}`, async () => {
    const found = await school.ledgerOf(orderId)
    return JSON.stringify(Object.entries(found).sort()) === JSON.stringify(Object.entries(expected).sort())
  })

test('A refund that somebody made at Stripe itself is written down, told and booked, once.', async () => {
  const { orderId, order } = await paid()
  const stripe = await school.stripe()
  const { intentId } = await school.paymentOf(orderId)
  await stripe.refunds.create({ payment_intent: intentId, amount: 20_000 })
  await until('the refund is found', async () => (await order()).refunded.amountMinor === 20_000)
  await Promise.all([1, 2, 3].map(() => settlePayment(school.tools(), school.organizationId, orderId)))
  const { refunds, status } = await order()
  assert.deepEqual([status, refunds.map(one => one.status)], ['paid', ['succeeded']])
  assert.equal((await school.booksOf(orderId)).events['refund.processed'], 1)
  await ledgerIs(orderId, { cash_at_processor: -(25_000 - fee), revenue: 25_000, fees: -fee })
  await stripe.refunds.create({ payment_intent: intentId })
  await until('all is refunded', async () => (await order()).status === 'refunded')
})

test('A refund that the bank sends back days later makes the order paid again, and the books follow.', async () => {
  const { userId, courseId, orderId, order } = await paid({ card: 'refund_fails' })
  const finance = await school.finance()
  await finance.payments.refundOrder({ orderId, reason: 'other' })
  assert.equal((await order()).status, 'refunded')
  await school.pass(6)
  await until('the order is paid again', async () => (await order()).status === 'paid')
  const { refunded, refunds } = await order()
  assert.deepEqual([refunded.amountMinor, refunds.map(one => one.status)], [0, ['failed']])
  await settlePayment(school.tools(), school.organizationId, orderId)
  assert.equal((await school.booksOf(orderId)).events['refund.failed'], 1)
  await ledgerIs(orderId, afterSale)
  const kinds = async () => (await order()).documents.map(({ kind, total }) => [kind, total.amountMinor])
  const sofar = [
    ['invoice', 45_000],
    ['credit_note', 45_000],
    ['invoice', 45_000],
  ]
  assert.deepEqual(await kinds(), sofar)
  await until('the learner is enrolled again', () => school.isEnrolled(userId, courseId))
  // And it can be given back once more, in part.
  await finance.payments.refundOrder({ orderId, amount: { ...price, amountMinor: 20_000 }, reason: 'other' })
  assert.deepEqual(await kinds(), [...sofar, ['credit_note', 20_000]])
})

test('A disputed payment cannot be refunded as well; won, it is as it was.', async () => {
  const { orderId, order } = await paid({ card: 'disputed' })
  await ledgerIs(orderId, {
    ...afterSale,
    cash_at_processor: fee + 1500,
    disputes: -45_000,
    fees: -fee - 1500,
  })
  const finance = await school.finance()
  await assert.rejects(
    finance.payments.refundOrder({ orderId, reason: 'other' }),
    (failure: { code?: string }) => failure.code === 'refund_too_large',
  )
  const { items } = await finance.payments.listDisputes({})
  const dispute = items.find(one => one.orderId === orderId) ?? assert.fail()
  assert.deepEqual(
    [dispute.status, dispute.inquiry, dispute.amount, dispute.reason],
    ['needs_response', false, price, 'fraudulent'],
  )
  const answered = await finance.payments.answerDispute({
    disputeId: dispute.id,
    evidence: 'winning_evidence',
  })
  assert.equal(answered.status, 'won')
  await ledgerIs(orderId, afterSale)
  assert.equal((await order()).status, 'paid')
  await finance.payments.refundOrder({ orderId, reason: 'other' })
  const { events } = await school.booksOf(orderId)
  assert.deepEqual([events['dispute.opened'], events['dispute.closed']], [1, 1])
})

test('Accepting a dispute loses it: the order counts as refunded, and each gives back what they had.', async () => {
  const { orderId, order } = await paid({ card: 'disputed' })
  const finance = await school.finance()
  const openDisputes = async () =>
    (await finance.payments.listDisputes({ state: 'open' })).items.filter(one => one.orderId === orderId)
  await until('the dispute is known', async () => (await openDisputes()).length === 1)
  const [dispute] = await openDisputes()
  const lost = await finance.payments.acceptDispute({ disputeId: dispute?.id ?? '' })
  assert.equal(lost.status, 'lost')
  assert.equal((await order()).status, 'refunded')
  await ledgerIs(orderId, { cash_at_processor: fee + 1500, fees: -fee - 1500 })
  await assert.rejects(
    finance.payments.acceptDispute({ disputeId: lost.id }),
    (failure: { message?: string }) => /over/.test(failure.message ?? ''),
  )
})

test('A dispute that is lost while a refund waits credits what the refund does not, and the ledger says the same.', async () => {
  school.outside.faults = {
    webhook: () => 'never',
    request: ({ method, path }) => (method === 'POST' && path.endsWith('/refunds') ? 'fail_before' : null),
  }
  const { userId, orderId } = await school.bought({ card: 'disputed' })
  await school.as(userId).payments.checkOrder({ orderId })
  await until('the sale is booked', async () => (await school.ledgerOf(orderId)).revenue === 45_000)
  const by = officer(await school.person('learner'))
  const wish = { orderId, amount: { ...price, amountMinor: 20_000 }, reason: 'other', note: '' }
  await school
    .dbOf('payments')
    .in(school.organizationId)
    .transaction(tx => setRefundAside(tx, by, wish))
  await settlePayment(school.tools(), school.organizationId, orderId)
  const finance = await school.finance()
  const { items } = await finance.payments.listDisputes({})
  const dispute = items.find(one => one.orderId === orderId)
  await finance.payments.acceptDispute({ disputeId: dispute?.id ?? '' })
  const { documents } = await school.as(userId).payments.getOrder({ orderId })
  assert.deepEqual(
    documents.map(({ kind, total }) => [kind, total.amountMinor]),
    [
      ['invoice', 45_000],
      ['credit_note', 25_000],
    ],
  )
  await ledgerIs(orderId, {
    cash_at_processor: fee + 1500,
    revenue: 20_000,
    bad_debts: -20_000,
    fees: -fee - 1500,
  })
})

test('An answer of Stripe that is older than the end of a dispute does not open it again.', async () => {
  const { orderId, order } = await paid({ card: 'disputed' })
  const finance = await school.finance()
  const ours = async () =>
    (await finance.payments.listDisputes({})).items.find(one => one.orderId === orderId)
  const opened = await until('the dispute is known', ours)
  const stripe = await school.stripe()
  const { intentId } = await school.paymentOf(orderId)
  const [older] = (await stripe.disputes.list({ payment_intent: intentId })).data
  await finance.payments.acceptDispute({ disputeId: opened.id })
  const list = (objects: unknown[]) => () => ({ autoPagingToArray: async () => objects })
  const late = { refunds: { list: list([]) }, disputes: { list: list([older]) } }
  const tools = school.tools()
  const door = { ...tools.stripe, open: async () => late as never }
  await settlePayment({ ...tools, stripe: door }, school.organizationId, orderId)
  assert.deepEqual([(await ours())?.status, (await order()).status], ['lost', 'refunded'])
})

test('An inquiry takes no money: the payment can be refunded, and nothing is booked.', async () => {
  const { orderId } = await paid({ card: 'asked_about' })
  const finance = await school.finance()
  await until('the inquiry is known', async () =>
    (await finance.payments.listDisputes({ state: 'open' })).items.some(
      one => one.orderId === orderId && one.inquiry,
    ),
  )
  await ledgerIs(orderId, afterSale)
  assert.equal((await school.booksOf(orderId)).events['dispute.opened'], undefined)
})
