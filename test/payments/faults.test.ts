import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { AppError } from '@azora/kit/errors.ts'
import { settlePayment } from '@azora/service-payments/stripe/settle-payment.ts'
import { until } from '../system.ts'
import { openSellingSchool, price, type SellingSchool } from './selling-school.ts'

/** No money is lost, and none moves twice, however Stripe and the way to it fail. */

let school: SellingSchool
before(async () => {
  school = await openSellingSchool()
})
after(() => school?.close())
beforeEach(() => {
  school.outside.faults = {}
})

const paidOnce = { paid: 1, events: { 'course.purchased': 1, 'payment.processed': 1 } }

test('What a lost webhook would have told, the sweep finds out.', async () => {
  school.outside.faults = { webhook: () => 'never' }
  const { courseId, userId, orderId } = await school.bought()
  await school.sandbox.settle()
  assert.equal((await school.as(userId).payments.getOrder({ orderId })).status, 'open')
  await school.sweepLater()
  assert.equal((await school.as(userId).payments.getOrder({ orderId })).status, 'paid')
  await school.sweepLater()
  assert.deepEqual(await school.booksOf(orderId), paidOnce)
  await until('the learner is enrolled', () => school.isEnrolled(userId, courseId))
  await until('the ledger has it', async () => (await school.ledgerOf(orderId)).revenue === price.amountMinor)
})

test('Webhooks that come twice, late and out of order are one payment.', async () => {
  const held: (() => void)[] = []
  school.outside.faults = {
    webhook: ({ type }) =>
      type === 'checkout.session.completed'
        ? 'twice'
        : new Promise(resolve => held.push(() => resolve('twice'))),
  }
  const { courseId, userId, orderId } = await school.bought()
  await school.settled(userId, orderId)
  for (const release of held) release()
  await school.sandbox.settle()
  await school.sweepLater()
  assert.deepEqual(await school.booksOf(orderId), paidOnce)
  await until('the learner is enrolled', () => school.isEnrolled(userId, courseId))
})

test('The page of the buyer, the webhook and the sweep at once write one payment.', async () => {
  school.outside.faults = { webhook: () => 'never' }
  const { userId, orderId } = await school.bought()
  school.outside.faults = {}
  const check = () => school.as(userId).payments.checkOrder({ orderId })
  await Promise.all([check(), check(), school.sweepLater(), check()])
  assert.deepEqual(await school.booksOf(orderId), paidOnce)
})

for (const fault of ['cut_before', 'cut_after', 'fail_before', 'fail_after'] as const) {
  test(`A checkout whose request ends with ${fault} is made once all the same.`, async () => {
    let asked = 0
    school.outside.faults = {
      request: ({ method, path }) =>
        method === 'POST' && path.endsWith('/checkout/sessions') && ++asked === 1 ? fault : null,
    }
    const courseId = await school.soldCourse()
    const userId = await school.person('learner')
    const order = await school.as(userId).payments.startCheckout({ courseId, price })
    assert.equal(asked, 2, 'the request was repeated')
    const api = await school.stripe()
    const sessions = await api.checkout.sessions.list({ limit: 100 })
    assert.equal(sessions.data.filter(one => one.client_reference_id === order.id).length, 1)
  })
}

test('While Stripe is away nothing is charged, the order says so, and it is the same order later.', async () => {
  const courseId = await school.soldCourse()
  const userId = await school.person('learner')
  const start = () => school.as(userId).payments.startCheckout({ courseId, price })
  school.outside.faults = { request: () => 'fail_before' }
  await assert.rejects(start(), (failure: AppError) => failure.code === 'unavailable')
  const { items } = await school.as(userId).payments.listOrders({})
  assert.deepEqual(
    items.map(({ status, checkoutUrl }) => [status, checkoutUrl]),
    [['open', null]],
  )
  school.outside.faults = {}
  assert.equal((await start()).id, items[0]?.id)
})

test('A refund that Stripe made without saying so is found again, and not made twice.', async () => {
  const { userId, orderId } = await school.bought()
  await school.settled(userId, orderId)
  const finance = await school.finance()
  const asked: string[] = []
  school.outside.faults = {
    request({ method, path }) {
      if (!path.endsWith('/refunds')) return null
      asked.push(method)
      // Looked for before it is made, and not again until Stripe is well.
      return method === 'POST' ? 'fail_after' : asked.includes('POST') ? 'fail_before' : null
    },
    webhook: () => 'never',
  }
  const order = await finance.payments.refundOrder({ orderId, reason: 'other' })
  assert.deepEqual(
    order.refunds.map(({ status }) => status),
    ['pending'],
  )
  school.outside.faults = {}
  await school.sweepLater()
  await school.sweepLater()
  const after = await school.as(userId).payments.getOrder({ orderId })
  assert.deepEqual([after.status, after.refunded], ['refunded', price])
  const api = await school.stripe()
  const refunds = await api.refunds.list({ limit: 100 })
  assert.equal(refunds.data.filter(({ metadata }) => metadata?.azora_order === orderId).length, 1)
  assert.equal((await school.booksOf(orderId)).events['refund.processed'], 1)
  await until(
    'the ledger has nothing of it left',
    async () => (await school.ledgerOf(orderId)).revenue === undefined,
  )
})

test('A refund that cannot be, since the money went back elsewhere, fails and is there to be given again.', async () => {
  const { userId, orderId } = await school.bought()
  await school.settled(userId, orderId)
  const { intentId } = await school.paymentOf(orderId)
  school.outside.faults = { webhook: () => 'never' }
  const api = await school.stripe()
  await api.refunds.create({ payment_intent: intentId })
  const finance = await school.finance()
  const order = await finance.payments.refundOrder({ orderId, reason: 'other' })
  assert.deepEqual(
    order.refunds.map(({ status }) => status),
    ['failed'],
  )
  assert.deepEqual(order.refunded, { ...price, amountMinor: 0 })
  assert.equal(order.status, 'paid')
  // What went back elsewhere is found out.
  await settlePayment(school.tools(), school.organizationId, orderId)
  const after = await school.as(userId).payments.getOrder({ orderId })
  assert.deepEqual(
    [after.status, after.refunds.map(({ status }) => status)],
    ['refunded', ['failed', 'succeeded']],
  )
})
