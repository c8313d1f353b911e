import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openStore } from './store.ts'
import { openTestSandbox, payment } from './testing.ts'

test('Work that cannot be done is left out, and what comes after it is done.', async t => {
  const { stripe, folder, pass } = await openTestSandbox(t)
  const store = openStore(join(folder, 'stripe.sqlite'))
  store.later({ at: 0, task: 'finish_refund', id: 're_none' })
  store.close()
  const paid = await stripe.paymentIntents.create(payment({ payment_method: 'pm_card_createDispute' }))
  await pass(1)
  assert.equal((await stripe.disputes.list({ payment_intent: paid.id })).data.length, 1)
})
