import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { reconcileAll } from '@azora/service-payments/reconciliation/reconcile.ts'
import { payOnPage } from '../checkout.ts'
import { until } from '../system.ts'
import { openSellingSchool, price, type SellingSchool } from './selling-school.ts'

/** What Stripe lists, what is written down and what is booked are compared; what is certain is put right. */

let school: SellingSchool
let finance: Awaited<ReturnType<SellingSchool['finance']>>
before(async () => {
  school = await openSellingSchool()
  finance = await school.finance()
})
after(() => school?.close())
beforeEach(() => {
  school.outside.faults = { webhook: () => 'never' }
})

async function reconciled() {
  const { id } = await finance.payments.startReconciliation({})
  const ended = async () => (await finance.payments.listReconciliations({})).items.find(one => one.id === id)
  await until('the comparison ends', async () => (await ended())?.status !== 'running')
  const { items } = await finance.payments.listDifferences({ state: 'open' })
  const found = (await ended()) ?? assert.fail()
  assert.equal(found.status, 'done')
  assert.equal(found.differences, items.length)
  return { ...found, open: items }
}

/** Long enough ago that the ledger must have heard of it, and not at the edge of what is compared. */
async function letTimePass(): Promise<void> {
  const db = school.dbOf('payments').in(school.organizationId)
  await db.run(sql`
    update payments set processed_at = processed_at - interval '2 hours' where organization_id = ${school.organizationId}`)
}

const booked = (orderId: string) =>
  until('the ledger has it', async () => (await school.ledgerOf(orderId)).revenue === price.amountMinor)

test('Where nothing was lost, nothing differs.', async () => {
  school.outside.faults = {}
  const { userId, orderId } = await school.bought()
  await school.settled(userId, orderId)
  await booked(orderId)
  await letTimePass()
  const { charges, repaired, open } = await reconciled()
  assert.deepEqual([charges, repaired, open], [1, 0, []])
})

test('Payments, refunds and disputes of which no webhook ever told are written down, told and booked.', async () => {
  const [plain, disputed, refunded] = [
    await school.bought(),
    await school.bought({ card: 'disputed' }),
    await school.bought(),
  ]
  await school.pass(1)
  const stripe = await school.stripe()
  const { data } = await stripe.charges.list({ limit: 100 })
  const charge = data.find(({ metadata }) => metadata.azora_order === refunded.orderId)
  await stripe.refunds.create({ charge: charge?.id ?? '' })
  const first = await reconciled()
  assert.deepEqual([first.charges, first.open], [4, []])
  assert.ok(first.repaired >= 3)
  const statusOf = async ({ userId, orderId }: typeof plain) =>
    (await school.as(userId).payments.getOrder({ orderId })).status
  assert.deepEqual(
    [await statusOf(plain), await statusOf(disputed), await statusOf(refunded)],
    ['paid', 'paid', 'refunded'],
  )
  await booked(plain.orderId)
  await until(
    'the dispute is booked',
    async () => (await school.ledgerOf(disputed.orderId)).disputes === -45_000,
  )
  await until(
    'the refund is booked',
    async () => (await school.ledgerOf(refunded.orderId)).revenue === undefined,
  )
  await until('the learner is enrolled', () => school.isEnrolled(plain.userId, plain.courseId))
  await letTimePass()
  const again = await reconciled()
  assert.deepEqual([again.repaired, again.refunds, again.disputes, again.open], [0, 1, 1, []])
})

test('What nobody can put right is listed once, for a person, and goes when it is gone.', async () => {
  const { userId, courseId, orderId } = await school.bought()
  await school.as(userId).payments.checkOrder({ orderId })
  await booked(orderId)
  await letTimePass()
  const { id: paymentId, intentId } = await school.paymentOf(orderId)
  const db = school.dbOf('payments').in(school.organizationId)
  const setIntent = (to: string) =>
    db.run(sql`
      update payments set stripe_payment_intent_id = ${to}
      where organization_id = ${school.organizationId} and id = ${paymentId}`)
  await setIntent('pi_of_nobody')
  const kinds = ({ open }: Awaited<ReturnType<typeof reconciled>>) => open.map(({ kind }) => kind).sort()
  assert.deepEqual(kinds(await reconciled()), ['missing_at_processor', 'order_not_paid'])
  const second = await reconciled()
  assert.deepEqual(kinds(second), ['missing_at_processor', 'order_not_paid'])
  assert.deepEqual(
    second.open
      .map(({ orderId: about, expected, found }) => [about, expected.amountMinor, found.amountMinor])
      .sort(),
    [
      [orderId, 0, price.amountMinor],
      [orderId, price.amountMinor, 0],
    ],
  )
  // What a person has settled does not come back as long as it is the same.
  const [one] = second.open
  await finance.payments.settleDifference({ differenceId: one?.id ?? '', note: 'Seen at Stripe.' })
  await assert.rejects(
    finance.payments.settleDifference({ differenceId: one?.id ?? '', note: 'Again.' }),
    (failure: { code?: string }) => failure.code === 'conflict',
  )
  assert.equal((await reconciled()).open.length, 1)
  await setIntent(intentId)
  assert.deepEqual((await reconciled()).open, [])
  assert.ok(await school.isEnrolled(userId, courseId))
})

test('A payment that the ledger does not have is found.', async () => {
  const { userId, orderId } = await school.bought()
  const db = school.dbOf('payments').in(school.organizationId)
  await school.as(userId).payments.checkOrder({ orderId })
  await booked(orderId)
  const { id } = await school.paymentOf(orderId)
  await letTimePass()
  // Written down as more than came: the ledger and Stripe both have less.
  await db.run(sql`
    update payments set refunded_minor = 0, amount_minor = amount_minor + 100
    where organization_id = ${school.organizationId} and id = ${id}`)
  const { open } = await reconciled()
  assert.deepEqual(
    open.map(({ kind, expected, found }) => [kind, expected.amountMinor, found.amountMinor]).sort(),
    [
      ['amount_differs', 45_000, 45_100],
      ['ledger_differs', 45_100, 45_000],
    ],
  )
  await db.run(sql`
    update payments set amount_minor = amount_minor - 100 where organization_id = ${school.organizationId} and id = ${id}`)
})

test('Two who start it at once get the same, and the night’s finds every school that sells.', async () => {
  const started = await Promise.all([1, 2, 3].map(() => finance.payments.startReconciliation({ days: 10 })))
  assert.equal(new Set(started.map(({ id }) => id)).size, 1)
  await reconciled()
  await reconcileAll(school.tools())
  await until('the night’s is done', async () => {
    const { items } = await finance.payments.listReconciliations({})
    return items.length > 0 && items.every(({ status }) => status === 'done')
  })
})

test('A comparison that a dead process left behind does not keep others from being made.', async () => {
  const db = school.dbOf('payments').in(school.organizationId)
  const left = '0198c7a2-5b1e-7c3d-8a9b-0c1d2e3f4a5b'
  await db.run(sql`
    insert into reconciliations (id, organization_id, from_at, until_at, sandbox, started_at)
    values (${left}, ${school.organizationId}, now() - interval '2 days', now() - interval '1 day', true,
      now() - interval '7 hours')`)
  await reconciled()
  const { items } = await finance.payments.listReconciliations({})
  assert.equal(items.find(({ id }) => id === left)?.status, 'failed')
})

test('While Stripe is away it fails, and says so; the books are as they were.', async () => {
  const courseId = await school.soldCourse()
  const userId = await school.person('learner')
  const order = await school.as(userId).payments.startCheckout({ courseId, price })
  await payOnPage(order.checkoutUrl ?? '')
  school.outside.faults = { webhook: () => 'never', request: () => 'fail_before' }
  const { id } = await finance.payments.startReconciliation({})
  await until('it has failed', async () => {
    const { items } = await finance.payments.listReconciliations({})
    return items.find(one => one.id === id)?.status !== 'running'
  })
})
