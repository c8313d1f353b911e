import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { readConfig } from '@azora/kit/config.ts'
import type { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { createLog } from '@azora/kit/log.ts'
import { clientsOf } from '@azora/kit/sisters.ts'
import { sql } from '@azora/kit/sql.ts'
import { openStripe } from '@azora/kit/stripe.ts'
import { createTestDatabase, testContext } from '@azora/kit/testing.ts'
import { createAccount } from '@azora/service-auth/accounts/create-account.ts'
import { createOrganization } from '@azora/service-auth/organizations/organizations.ts'
import { settleOld } from '@azora/service-payments/stripe/settle-job.ts'
import { openStripeDoor } from '@azora/service-payments/stripe/stripe-door.ts'
import express from 'express'
import type { Faults } from '../../apps/azora/embedded/stripe/faults.ts'
import { type Sandbox, startSandbox } from '../../apps/azora/embedded/stripe/sandbox.ts'
import { type AzoraProcess, startProcess } from '../../apps/azora/process.ts'
import { services } from '../../apps/azora/services.ts'
import { payOnPage } from '../checkout.ts'
import { until } from '../system.ts'

/** No money is lost, and none moves twice, however Stripe and the way to it fail. */

const price = { amountMinor: 45_000, currency: 'ZAR' }
let database: Awaited<ReturnType<typeof createTestDatabase>>
let dataDir: string
let azora: AzoraProcess
let sandbox: Sandbox
let organizationId: string
let teacherId: string
let faults: Faults = {}
let endpoint: ReturnType<ReturnType<typeof express>['listen']>

const log = createLog({ level: 'error', file: null, console: false })

before(async () => {
  database = await createTestDatabase(services.map(({ name, migrations }) => ({ name, migrations })))
  dataDir = await mkdtemp(join(tmpdir(), 'azora-payments-'))
  const app = express()
  endpoint = app.listen(0, '127.0.0.1')
  await once(endpoint, 'listening')
  const webhookUrl = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/payments/stripe/events`
  sandbox = await startSandbox({
    folder: dataDir,
    publicUrl: null,
    webhookUrl,
    log: log('sandbox'),
    faults: {
      request: asked => faults.request?.(asked) ?? null,
      webhook: told => faults.webhook?.(told) ?? null,
    },
  })
  const { secretKey, webhookSecret, url: sandboxUrl } = sandbox
  azora = await startProcess({
    config: readConfig({}),
    installation: { dataDir, secret: database.secret, adminUrl: database.adminUrl },
    run: services.map(({ name }) => name),
    stripeSandbox: async () => ({ secretKey, webhookSecret, sandboxUrl }),
    log,
  })
  app.use(payments().routers.v1 ?? assert.fail('payments has no routes'))
  organizationId = await createOrganization(dbOf('auth'), { slug: 'north', name: 'North', isDefault: true })
  teacherId = await person('instructor')
})
after(async () => {
  await azora?.stop()
  await sandbox?.stop()
  endpoint?.close()
  endpoint?.closeAllConnections()
  await database?.drop()
  if (dataDir) await rm(dataDir, { recursive: true, force: true })
})
beforeEach(() => {
  faults = {}
})

const payments = () => azora.directory.running.get('payments') ?? assert.fail('payments does not run')
const dbOf = (service: 'auth' | 'payments' | 'education' | 'mint') =>
  (azora.directory.running.get(service) ?? assert.fail()).subscriber.db

let people = 0
const person = (role: 'learner' | 'instructor') =>
  createAccount(dbOf('auth'), {
    email: `person-${++people}@school.example`,
    name: 'A Person',
    password: 'seven goats on a wall',
    organizationId,
    roles: [role],
  })

function as(
  userId: string,
  { roles = ['learner'], offices = [] }: Pick<Partial<Actor>, 'roles' | 'offices'> = {},
) {
  const actor: Actor = {
    userId,
    organizationId,
    sessionId: userId,
    roles,
    offices,
    authenticatedAt: Math.floor(Date.now() / 1000),
  }
  return clientsOf(azora.directory, testContext(actor))
}

async function soldCourse(): Promise<string> {
  const { education, payments } = as(teacherId, { roles: ['instructor'] })
  const { id: courseId } = await education.createCourse({ title: 'Rivers', category: 'Water' })
  await dbOf('education')
    .in(organizationId)
    .run(sql`
    update courses set status = 'published' where organization_id = ${organizationId} and id = ${courseId}`)
  await payments.setCoursePrices({ courseId, prices: [price] })
  return courseId
}

const tools = () => {
  const { secretKey, webhookSecret, url: sandboxUrl } = sandbox
  const stripe = () => openStripe({ secretKey, webhookSecret, sandboxUrl })
  const door = openStripeDoor({ stripe, config: readConfig({}) })
  return { db: dbOf('payments'), stripe: door, publicUrl: 'http://localhost', onPaid() {} }
}

/** The sweep, two minutes from now. */
async function sweepLater(): Promise<void> {
  const db = dbOf('payments').in(organizationId)
  await db.run(sql`
    update orders set checked_at = checked_at - interval '3 minutes' where organization_id = ${organizationId}`)
  await db.run(sql`
    update refunds set created_at = created_at - interval '3 minutes' where organization_id = ${organizationId}`)
  await settleOld(tools())
}

async function booksOf(orderId: string) {
  const db = dbOf('payments')
  const events = await db.across.rows<{ name: string; n: number }>(sql`
    select name, count(*) as n from outbox where payload->>'orderId' = ${orderId} group by name order by name`)
  const { paid } = await db.in(organizationId).one<{ paid: number }>(sql`
    select count(*) as paid from payments where organization_id = ${organizationId} and order_id = ${orderId}`)
  return { paid, events: Object.fromEntries(events.map(({ name, n }) => [name, n])) }
}

/** What the ledger has of an order's payment: what came into the cash of the sandbox, less what left it. */
async function cashOf(orderId: string): Promise<number> {
  const { id } = await dbOf('payments')
    .in(organizationId)
    .one<{ id: string }>(sql`
      select id from payments where organization_id = ${organizationId} and order_id = ${orderId}`)
  const { cash } = await dbOf('mint')
    .in(organizationId)
    .one<{ cash: number }>(sql`
      select coalesce(sum(case when t.debit_account_id = a.id then t.amount else -t.amount end), 0)::bigint as cash
      from transfers t join accounts a on a.organization_id = t.organization_id and a.kind = 'cash_at_processor'
        and a.owner_id = 'stripe_sandbox' and a.id in (t.debit_account_id, t.credit_account_id)
      where t.organization_id = ${organizationId} and t.reference_id = ${id} and t.kind <> 'processor_fee'`)
  return cash
}

const paidOnce = { paid: 1, events: { 'course.purchased': 1, 'payment.processed': 1 } }

const isEnrolled = async (userId: string, courseId: string) =>
  (await as(userId).education.getCourseAccess({ courseId })).enrolled

async function bought() {
  const courseId = await soldCourse()
  const userId = await person('learner')
  const order = await as(userId).payments.startCheckout({ courseId, price })
  await payOnPage(order.checkoutUrl ?? '')
  return { courseId, userId, orderId: order.id }
}

const settled = (userId: string, orderId: string) =>
  until('the order is paid', async () => (await as(userId).payments.getOrder({ orderId })).status === 'paid')

test('What a lost webhook would have told, the sweep finds out.', async () => {
  faults = { webhook: () => 'never' }
  const { courseId, userId, orderId } = await bought()
  await sandbox.settle()
  assert.equal((await as(userId).payments.getOrder({ orderId })).status, 'open')
  await sweepLater()
  assert.equal((await as(userId).payments.getOrder({ orderId })).status, 'paid')
  await sweepLater()
  assert.deepEqual(await booksOf(orderId), paidOnce)
  await until('the learner is enrolled', () => isEnrolled(userId, courseId))
  await until('the ledger has it', async () => (await cashOf(orderId)) === price.amountMinor)
})

test('Webhooks that come twice, late and out of order are one payment.', async () => {
  const held: (() => void)[] = []
  faults = {
    webhook: ({ type }) =>
      type === 'checkout.session.completed'
        ? 'twice'
        : new Promise(resolve => held.push(() => resolve('twice'))),
  }
  const { courseId, userId, orderId } = await bought()
  await settled(userId, orderId)
  for (const release of held) release()
  await sandbox.settle()
  await sweepLater()
  assert.deepEqual(await booksOf(orderId), paidOnce)
  await until('the learner is enrolled', () => isEnrolled(userId, courseId))
})

test('The page of the buyer, the webhook and the sweep at once write one payment.', async () => {
  faults = { webhook: () => 'never' }
  const { userId, orderId } = await bought()
  faults = {}
  const check = () => as(userId).payments.checkOrder({ orderId })
  await Promise.all([check(), check(), sweepLater(), check()])
  assert.deepEqual(await booksOf(orderId), paidOnce)
})

for (const fault of ['cut_before', 'cut_after', 'fail_before', 'fail_after'] as const) {
  test(`A checkout whose request ends with ${fault} is made once all the same.`, async () => {
    let asked = 0
    faults = {
      request: ({ method, path }) =>
        method === 'POST' && path.endsWith('/checkout/sessions') && ++asked === 1 ? fault : null,
    }
    const courseId = await soldCourse()
    const userId = await person('learner')
    const order = await as(userId).payments.startCheckout({ courseId, price })
    assert.equal(asked, 2, 'the request was repeated')
    const { api } = await openStripe({
      secretKey: sandbox.secretKey,
      webhookSecret: sandbox.webhookSecret,
      sandboxUrl: sandbox.url,
    })
    const sessions = await api.checkout.sessions.list({ limit: 100 })
    assert.equal(sessions.data.filter(one => one.client_reference_id === order.id).length, 1)
  })
}

test('While Stripe is away nothing is charged, the order says so, and it is the same order later.', async () => {
  const courseId = await soldCourse()
  const userId = await person('learner')
  const start = () => as(userId).payments.startCheckout({ courseId, price })
  faults = { request: () => 'fail_before' }
  await assert.rejects(start(), (failure: AppError) => failure.code === 'unavailable')
  const { items } = await as(userId).payments.listOrders({})
  assert.deepEqual(
    items.map(({ status, checkoutUrl }) => [status, checkoutUrl]),
    [['open', null]],
  )
  faults = {}
  assert.equal((await start()).id, items[0]?.id)
})

test('A refund that Stripe made without saying so is found again, and not made twice.', async () => {
  const { userId, orderId } = await bought()
  await settled(userId, orderId)
  const finance = as(await person('learner'), { offices: ['finance'] })
  const asked: string[] = []
  faults = {
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
  faults = {}
  await sweepLater()
  await sweepLater()
  const after = await as(userId).payments.getOrder({ orderId })
  assert.deepEqual([after.status, after.refunded], ['refunded', price])
  const { api } = await openStripe({
    secretKey: sandbox.secretKey,
    webhookSecret: sandbox.webhookSecret,
    sandboxUrl: sandbox.url,
  })
  const refunds = await api.refunds.list({ limit: 100 })
  assert.equal(refunds.data.filter(({ metadata }) => metadata?.azora_order === orderId).length, 1)
  assert.equal((await booksOf(orderId)).events['refund.processed'], 1)
  await until('the ledger has nothing of it left', async () => (await cashOf(orderId)) === 0)
})

test('A refund that cannot be, since the money went back elsewhere, fails and is there to be given again.', async () => {
  const { userId, orderId } = await bought()
  await settled(userId, orderId)
  const { stripePaymentIntentId } = await dbOf('payments')
    .in(organizationId)
    .one<{ stripePaymentIntentId: string }>(sql`
      select stripe_payment_intent_id from payments
      where organization_id = ${organizationId} and order_id = ${orderId}`)
  const { api } = await openStripe({
    secretKey: sandbox.secretKey,
    webhookSecret: sandbox.webhookSecret,
    sandboxUrl: sandbox.url,
  })
  await api.refunds.create({ payment_intent: stripePaymentIntentId })
  const finance = as(await person('learner'), { offices: ['finance'] })
  const order = await finance.payments.refundOrder({ orderId, reason: 'other' })
  assert.deepEqual(
    order.refunds.map(({ status }) => status),
    ['failed'],
  )
  assert.deepEqual(order.refunded, { ...price, amountMinor: 0 })
  assert.equal(order.status, 'paid')
})
