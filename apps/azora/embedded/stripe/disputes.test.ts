import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import type { Stripe } from 'stripe'
import { failureOf, openTestSandbox, payment } from './testing.ts'

async function disputed(t: TestContext, card = 'pm_card_createDispute') {
  const opened = await openTestSandbox(t)
  const paid = await opened.stripe.paymentIntents.create(payment({ payment_method: card }))
  await opened.sandbox.settle()
  const [dispute] = (await opened.stripe.disputes.list({ payment_intent: paid.id })).data
  assert.ok(dispute)
  const sums = async () => {
    const moved = await opened.stripe.balanceTransactions.list({ limit: 100 })
    return moved.data.reduce((sum, { net }) => sum + net, 0)
  }
  return { ...opened, dispute, payment_intent: paid.id, sums }
}

test('A disputed payment is taken back with a fee, and cannot be refunded.', async t => {
  const { stripe, dispute, payment_intent, told, sums } = await disputed(t)
  assert.deepEqual([dispute.status, dispute.reason, dispute.amount], ['needs_response', 'fraudulent', 20_000])
  const [moved] = dispute.balance_transactions as Stripe.BalanceTransaction[]
  assert.deepEqual([moved?.amount, moved?.fee, moved?.net], [-20_000, 1_500, -21_500])
  assert.equal(await sums(), 19_390 - 21_500)
  assert.equal((await stripe.charges.retrieve(String(dispute.charge))).disputed, true)
  assert.equal((await failureOf(stripe.refunds.create({ payment_intent }))).code, 'charge_disputed')
  const types = await told()
  for (const type of ['charge.dispute.created', 'charge.dispute.funds_withdrawn'])
    assert.ok(types.includes(type), type)
})

test('Evidence that wins brings money and fee back; evidence that loses does not.', async t => {
  for (const [text, status, net] of [
    ['winning_evidence', 'won', 19_390],
    ['losing_evidence', 'lost', -2_110],
  ] as const) {
    const { stripe, dispute, told, sums } = await disputed(t, 'pm_card_createDisputeProductNotReceived')
    assert.equal(dispute.reason, 'product_not_received')
    const drafted = await stripe.disputes.update(dispute.id, {
      evidence: { customer_name: 'Lindiwe' },
      submit: false,
    })
    assert.deepEqual([drafted.status, drafted.evidence.customer_name], ['needs_response', 'Lindiwe'])
    const closed = await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: text } })
    assert.deepEqual([closed.status, await sums()], [status, net])
    assert.ok((await told()).includes('charge.dispute.closed'))
    const again = stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' } })
    assert.match((await failureOf(again)).message, /closed/)
  }
})

test('A dispute that nobody answers is lost at its time; one may be accepted before.', async t => {
  const { stripe, dispute, pass } = await disputed(t)
  await pass(9 * 24 * 3600)
  const lost = await stripe.disputes.retrieve(dispute.id)
  assert.deepEqual([lost.status, lost.evidence_details.past_due], ['lost', true])
  const other = await disputed(t)
  assert.equal((await other.stripe.disputes.close(other.dispute.id)).status, 'lost')
  assert.match((await failureOf(other.stripe.disputes.close(other.dispute.id))).message, /closed/)
})

test('An inquiry takes no money, and the payment can be refunded.', async t => {
  const { stripe, dispute, payment_intent, sums } = await disputed(t, 'pm_card_createDisputeInquiry')
  assert.deepEqual([dispute.status, dispute.balance_transactions], ['warning_needs_response', []])
  assert.equal(await sums(), 19_390)
  assert.equal((await stripe.refunds.create({ payment_intent })).status, 'succeeded')
})
