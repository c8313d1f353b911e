import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { settlePayment } from '@azora/service-payments/stripe/settle-payment.ts'
import { type CardName, payOnPage } from '../checkout.ts'
import { until } from '../system.ts'
import { openSellingSchool, price, type SellingSchool } from './selling-school.ts'

/** A deposit that is given back at Stripe itself, or that its bank takes back: the wallet was not asked. */

let school: SellingSchool
before(async () => {
  school = await openSellingSchool()
})
after(() => school?.close())
beforeEach(() => {
  school.outside.faults = {}
})

async function depositor(amountMinor: number, card: CardName = 'works') {
  const userId = await school.person('learner')
  const { payments, mint } = school.as(userId)
  const order = await payments.startDeposit({ amount: { amountMinor, currency: 'ZAR' } })
  await payOnPage(order.checkoutUrl ?? '', card)
  await until('the deposit is paid', async () => {
    const { status } = await payments.getOrder({ orderId: order.id })
    return status === 'paid'
  })
  await until('it is booked', async () => (await ledgerOf(userId)).deposits === 1)
  const balance = async () => (await mint.listWallets()).items[0]?.balance.amountMinor
  const { intentId } = await school.paymentOf(order.id)
  const settle = () => settlePayment(school.tools(), school.organizationId, order.id)
  return { userId, orderId: order.id, intentId, balance, settle }
}

/** What a person has in their wallet and what they owe, as the ledger has it, and how many deposits came. */
async function ledgerOf(userId: string) {
  return school
    .dbOf('mint')
    .in(school.organizationId)
    .one<{ wallet: number; owed: number; deposits: number }>(sql`
      select
        coalesce(sum(case when kind = 'sandbox_wallet_liability' then credits_posted - debits_posted end), 0)::bigint as wallet,
        coalesce(sum(case when kind = 'receivable' then debits_posted - credits_posted end), 0)::bigint as owed,
        (select count(*)::int from transfers t join accounts w on w.organization_id = t.organization_id
          and w.id = t.credit_account_id where t.organization_id = ${school.organizationId}
          and t.kind = 'wallet_deposit' and w.owner_id = ${userId}) as deposits
      from accounts where organization_id = ${school.organizationId} and owner_id = ${userId}`)
}

const has = (userId: string, wallet: number, owed: number) =>
  until(`the wallet has ${wallet}, and ${owed} are owed`, async () => {
    const found = await ledgerOf(userId)
    return found.wallet === wallet && found.owed === owed
  })

test('What is still there leaves the wallet, what is spent already is owed; however often it is found.', async () => {
  const { userId, intentId, settle } = await depositor(50_000)
  const courseId = await school.soldCourse()
  const { payments } = school.as(userId)
  const { id: orderId } = await payments.startCheckout({ courseId, price, from: 'wallet' })
  await payments.payFromWallet({ orderId })
  await has(userId, 5_000, 0)
  const stripe = await school.stripe()
  await stripe.refunds.create({ payment_intent: intentId, amount: 30_000 })
  await has(userId, 0, 25_000)
  await Promise.all([settle(), settle(), settle()])
  await has(userId, 0, 25_000)
  const { items } = await (await school.finance()).payments.listSchoolOrders({})
  const refunded = items.map(one => one.refunded.amountMinor).filter(amount => amount > 0)
  assert.deepEqual(refunded, [30_000])
})

test('A dispute takes the deposit from its wallet at once, and brings it back when it is won.', async () => {
  const { userId, orderId } = await depositor(20_000, 'disputed')
  await has(userId, 0, 0)
  const finance = await school.finance()
  const disputes = async () => (await finance.payments.listDisputes({})).items
  await until('the dispute is listed', async () => (await disputes()).some(one => one.orderId === orderId))
  const dispute = (await disputes()).find(one => one.orderId === orderId)
  await finance.payments.answerDispute({ disputeId: dispute?.id ?? '', evidence: 'winning_evidence' })
  await has(userId, 20_000, 0)
})

test('A refund made elsewhere that did not arrive is in the wallet again, and pays what was owed.', async () => {
  const { userId, intentId, balance } = await depositor(20_000, 'refund_fails')
  const stripe = await school.stripe()
  await stripe.refunds.create({ payment_intent: intentId })
  await has(userId, 0, 0)
  await school.pass(6)
  await has(userId, 20_000, 0)
  assert.equal(await balance(), 20_000)
})

test('The comparison finds nothing to say about any of it.', async () => {
  const db = school.dbOf('payments').in(school.organizationId)
  await db.run(sql`
    update payments set processed_at = processed_at - interval '2 hours' where organization_id = ${school.organizationId}`)
  const { payments } = await school.finance()
  const { id } = await payments.startReconciliation({})
  const ended = async () => (await payments.listReconciliations({})).items.find(one => one.id === id)
  await until('the comparison ends', async () => (await ended())?.status !== 'running')
  const { items } = await payments.listDifferences({ state: 'open' })
  assert.deepEqual([(await ended())?.status, items], ['done', []])
})
