import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { payOnPage } from '../checkout.ts'
import { until } from '../system.ts'
import { openSellingSchool, price, type SellingSchool } from './selling-school.ts'

/** Buyers ask for their money back, and the office answers: once, however many do so at the same moment. */

let school: SellingSchool
let finance: Awaited<ReturnType<SellingSchool['finance']>>
before(async () => {
  school = await openSellingSchool()
  finance = await school.finance()
})
after(() => school?.close())

const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: { code?: string; data?: { reason?: string } }) => failure.data?.reason ?? failure.code,
  )

async function asked() {
  const bought = await school.bought()
  await school.settled(bought.userId, bought.orderId)
  const { payments } = school.as(bought.userId)
  const { refundRequest } = await payments.requestRefund({ orderId: bought.orderId, text: 'No time.' })
  return { ...bought, payments, requestId: refundRequest?.id ?? '' }
}

test('A request is answered once: by two officers at once, and by one while its buyer takes it back.', async () => {
  const one = await asked()
  const decline = () =>
    finance.payments.declineRefundRequest({ requestId: one.requestId, answer: 'Too late.' })
  const approve = (requestId: string) => finance.payments.approveRefundRequest({ requestId })
  const answers = await Promise.all([reasonOf(decline()), reasonOf(approve(one.requestId))])
  assert.deepEqual(answers.sort(), ['done', 'refund_request_over'])
  const two = await asked()
  const ways = await Promise.all([
    reasonOf(two.payments.withdrawRefundRequest({ orderId: two.orderId, requestId: two.requestId })),
    reasonOf(approve(two.requestId)),
  ])
  assert.equal(ways.filter(way => way === 'done').length, 1)
  const order = await two.payments.getOrder({ orderId: two.orderId })
  assert.equal(order.status === 'refunded', order.refundRequest?.status === 'approved')
})

test('It is for its buyer alone, once for each order, and not for one that was not paid.', async () => {
  const { orderId, payments, requestId } = await asked()
  const stranger = school.as(await school.person('learner')).payments
  assert.equal(await reasonOf(stranger.requestRefund({ orderId, text: 'Mine.' })), 'not_found')
  assert.equal(await reasonOf(stranger.withdrawRefundRequest({ orderId, requestId })), 'not_found')
  assert.equal(await reasonOf(payments.requestRefund({ orderId, text: 'Again.' })), 'refund_requested')
  await finance.payments.refundOrder({ orderId, reason: 'other' })
  // All went back in another way, which answers it.
  assert.equal((await payments.getOrder({ orderId })).refundRequest?.status, 'approved')
})

test('What was paid from a wallet goes back there as a whole when it is asked for; a deposit is not asked for.', async () => {
  const userId = await school.person('learner')
  const { payments, mint } = school.as(userId)
  const deposit = await payments.startDeposit({ amount: price })
  await payOnPage(deposit.checkoutUrl ?? '')
  await until(
    'the deposit is paid',
    async () => (await payments.checkOrder({ orderId: deposit.id })).status === 'paid',
  )
  assert.equal((await payments.getOrder({ orderId: deposit.id })).refundableUntil, null)
  assert.equal(
    await reasonOf(payments.requestRefund({ orderId: deposit.id, text: 'Back.' })),
    'refund_too_late',
  )
  const courseId = await school.soldCourse()
  const { id: orderId } = await payments.startCheckout({ courseId, price, from: 'wallet' })
  await until(
    'the wallet pays',
    async () => (await payments.payFromWallet({ orderId }).catch(() => null))?.status === 'paid',
  )
  const { refundRequest } = await payments.requestRefund({ orderId, text: 'No time.' })
  const answered = await finance.payments.approveRefundRequest({ requestId: refundRequest?.id ?? '' })
  assert.equal(answered.status, 'approved')
  assert.equal((await payments.getOrder({ orderId })).status, 'refunded')
  await until('the wallet has it again', async () => {
    const { items } = await mint.listWallets({})
    return items.some(({ balance }) => balance.amountMinor === price.amountMinor)
  })
  const { items } = await finance.payments.listRefundRequests({})
  assert.ok(items.some(one => one.orderId === orderId))
})
