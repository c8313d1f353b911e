import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceName } from '@azora/contracts/service-names.ts'
import { readConfig } from '@azora/kit/config.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { createLog } from '@azora/kit/log.ts'
import { createSealing } from '@azora/kit/sealing.ts'
import { clientsOf } from '@azora/kit/sisters.ts'
import { sql } from '@azora/kit/sql.ts'
import { openStripe } from '@azora/kit/stripe.ts'
import { createTestDatabase, testContext, testSecret } from '@azora/kit/testing.ts'
import { createAccount } from '@azora/service-auth/accounts/create-account.ts'
import { createOrganization } from '@azora/service-auth/organizations/organizations.ts'
import { settleOld } from '@azora/service-payments/stripe/settle-job.ts'
import { openStripeDoor } from '@azora/service-payments/stripe/stripe-door.ts'
import express, { type Express } from 'express'
import type { Faults } from '../../apps/azora/embedded/stripe/faults.ts'
import { startSandbox } from '../../apps/azora/embedded/stripe/sandbox.ts'
import { startProcess } from '../../apps/azora/process.ts'
import { services } from '../../apps/azora/services.ts'
import { type CardName, payOnPage } from '../checkout.ts'
import { until } from '../system.ts'

export const price = { amountMinor: 45_000, currency: 'ZAR' }

export type SellingSchool = Awaited<ReturnType<typeof openSellingSchool>>

const log = createLog({ level: 'error', file: null, console: false })

type Undo = (() => unknown)[]

/** How Stripe and the way to it fail, and how far its clock is ahead: a test sets them. */
type Outside = { faults: Faults; aheadMs: number }

/** A school that sells courses: all services in this process, and a Stripe sandbox whose faults and clock are the test's. */
export async function openSellingSchool() {
  const undo: Undo = []
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const parts = await startParts(undo)
    return { ...parts, ...verbsOf(parts), ...readersOf(parts), close }
  } catch (failure) {
    await close()
    throw failure
  }
}

async function startParts(undo: Undo) {
  const database = await createTestDatabase(services.map(({ name, migrations }) => ({ name, migrations })))
  undo.push(() => database.drop())
  const dataDir = await mkdtemp(join(tmpdir(), 'azora-payments-'))
  undo.push(() => rm(dataDir, { recursive: true, force: true }))
  const outside: Outside = { faults: {}, aheadMs: 0 }
  const endpoint = express()
  const sandbox = await startOutside(undo, dataDir, outside, endpoint)
  const { secretKey, webhookSecret, url: sandboxUrl } = sandbox
  const access = { secretKey, webhookSecret, sandboxUrl }
  const azora = await startProcess({
    config: readConfig({}),
    installation: { dataDir, secret: database.secret, adminUrl: database.adminUrl },
    run: services.map(({ name }) => name),
    stripeSandbox: async () => access,
    log,
  })
  undo.push(() => azora.stop())
  endpoint.use(azora.directory.running.get('payments')?.routers.v1 ?? assert.fail('payments has no routes'))
  const dbOf = (service: ServiceName) => (azora.directory.running.get(service) ?? assert.fail()).subscriber.db
  const organizationId = await createOrganization(dbOf('auth'), {
    slug: 'north',
    name: 'North',
    isDefault: true,
  })
  return { azora, sandbox, access, outside, dbOf, organizationId }
}

async function startOutside(undo: Undo, folder: string, outside: Outside, endpoint: Express) {
  const listening = endpoint.listen(0, '127.0.0.1')
  undo.push(() => {
    listening.close()
    listening.closeAllConnections()
  })
  await once(listening, 'listening')
  const sandbox = await startSandbox({
    folder,
    publicUrl: null,
    webhookUrl: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/payments/stripe/events`,
    log: log('sandbox'),
    nowMs: () => Date.now() + outside.aheadMs,
    faults: {
      request: asked => outside.faults.request?.(asked) ?? null,
      webhook: told => outside.faults.webhook?.(told) ?? null,
    },
  })
  undo.push(() => sandbox.stop())
  return sandbox
}

type Parts = Awaited<ReturnType<typeof startParts>>

/** What people and jobs do. */
function verbsOf({ azora, sandbox, access, outside, dbOf, organizationId }: Parts) {
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
  /** A course that is sold, and whose it is. */
  async function soldBy(amount = price) {
    const instructorId = await person('instructor')
    const { education, payments } = as(instructorId, { roles: ['instructor'] })
    const { id: courseId } = await education.createCourse({ title: 'Rivers', category: 'Water' })
    await dbOf('education')
      .in(organizationId)
      .run(sql`
        update courses set status = 'published' where organization_id = ${organizationId} and id = ${courseId}`)
    await payments.setCoursePrices({ courseId, prices: [amount] })
    return { courseId, instructorId }
  }
  const soldCourse = async () => (await soldBy()).courseId
  const tools = () => ({
    db: dbOf('payments'),
    stripe: openStripeDoor({ stripe: () => openStripe(access), config: readConfig({}) }),
    publicUrl: 'http://localhost',
    sealing: createSealing([testSecret]),
    onPaid() {},
  })
  return {
    person,
    as,
    // Its clients answer to any name, `then` too, so they are not handed out by a promise themselves.
    finance: async () => ({ payments: as(await person('learner'), { offices: ['finance'] }).payments }),
    soldBy,
    soldCourse,
    tools,
    async bought({ card = 'works' }: { card?: CardName } = {}) {
      const courseId = await soldCourse()
      const userId = await person('learner')
      const order = await as(userId).payments.startCheckout({ courseId, price })
      await payOnPage(order.checkoutUrl ?? '', card)
      return { courseId, userId, orderId: order.id }
    },
    settled: (userId: string, orderId: string) =>
      until(
        'the order is paid',
        async () => (await as(userId).payments.getOrder({ orderId })).status === 'paid',
      ),
    /** Stripe, as somebody at its dashboard uses it. */
    stripe: async () => (await openStripe(access)).api,
    /** Stripe does what is due in so many seconds. */
    async pass(seconds: number) {
      outside.aheadMs += seconds * 1000
      await sandbox.settle()
    },
    /** The sweep, two minutes from now. */
    async sweepLater() {
      const db = dbOf('payments').in(organizationId)
      await db.run(sql`
        update orders set checked_at = checked_at - interval '3 minutes' where organization_id = ${organizationId}`)
      await db.run(sql`
        update refunds set created_at = created_at - interval '3 minutes' where organization_id = ${organizationId}`)
      await settleOld(tools())
    },
  }
}

/** What is looked at afterwards. */
function readersOf({ dbOf, organizationId }: Parts) {
  async function paymentOf(orderId: string) {
    const payment = await dbOf('payments')
      .in(organizationId)
      .one<{ id: string; intentId: string }>(sql`
        select id, stripe_payment_intent_id as intent_id from payments
        where organization_id = ${organizationId} and order_id = ${orderId}`)
    return payment
  }
  return {
    paymentOf,
    /** How many payments are written down of an order, and what was told of it. */
    async booksOf(orderId: string) {
      const db = dbOf('payments')
      const events = await db.across.rows<{ name: string; n: number }>(sql`
        select name, count(*) as n from outbox where payload->>'orderId' = ${orderId} group by name order by name`)
      const { paid } = await db.in(organizationId).one<{ paid: number }>(sql`
        select count(*) as paid from payments where organization_id = ${organizationId} and order_id = ${orderId}`)
      return { paid, events: Object.fromEntries(events.map(({ name, n }) => [name, n])) }
    },
    /** What stands in the ledger of an order's payment, by kind of account: credits less debits, without the fee of the payment. */
    async ledgerOf(orderId: string): Promise<Record<string, number>> {
      const { id } = await paymentOf(orderId)
      const rows = await dbOf('mint')
        .in(organizationId)
        .rows<{ kind: string; sum: number }>(sql`
          select a.kind, sum(case when t.credit_account_id = a.id then t.amount else -t.amount end)::bigint as sum
          from transfers t join accounts a on a.organization_id = t.organization_id
            and a.id in (t.debit_account_id, t.credit_account_id)
          where t.organization_id = ${organizationId} and t.reference_id = ${id}
          group by a.kind having sum(case when t.credit_account_id = a.id then t.amount else -t.amount end) <> 0`)
      return Object.fromEntries(rows.map(({ kind, sum }) => [kind, sum]))
    },
    isEnrolled: async (userId: string, courseId: string) => {
      const found = await dbOf('education')
        .in(organizationId)
        .optional<{ id: string }>(sql`
          select id from enrollments
          where organization_id = ${organizationId} and user_id = ${userId} and course_id = ${courseId}`)
      return found !== null
    },
  }
}
