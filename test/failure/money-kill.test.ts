import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Database, openDatabase } from '@azora/kit/db.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { createLog } from '@azora/kit/log.ts'
import { serviceDatabaseUrl } from '@azora/kit/migrate.ts'
import { sql } from '@azora/kit/sql.ts'
import { openStripe } from '@azora/kit/stripe.ts'
import { createTestDatabase } from '@azora/kit/testing.ts'
import { createAccount } from '@azora/service-auth/accounts/create-account.ts'
import { createOrganization } from '@azora/service-auth/organizations/organizations.ts'
import pg from 'pg'
import { freePort } from '../../apps/azora/embedded/free-port.ts'
import type { Faults } from '../../apps/azora/embedded/stripe/faults.ts'
import { type Sandbox, startSandbox } from '../../apps/azora/embedded/stripe/sandbox.ts'
import { services } from '../../apps/azora/services.ts'
import { payOnPage } from '../checkout.ts'
import { type Killable, Killed, openKillable, Refused } from '../payments/killable.ts'
import { until } from '../system.ts'

/**
 * `kill -9` at each step of charge, webhook, booking, enrolment and refund: in the middle of a transaction, and on the way
 * to Stripe, before it did the work and after. The buyer and the finance officer try again, as people do. In the end one
 * payment came, went back once, stands in the ledger once, and Stripe's list differs from nothing.
 */

type Step =
  | { when: 'buying' | 'refunding'; statement: 'insert' | 'update'; table: string }
  | { when: 'buying' | 'refunding'; request: string; done: boolean }

const steps: Step[] = [
  { when: 'buying', statement: 'insert', table: 'payments.orders' },
  { when: 'buying', request: 'POST /v1/checkout/sessions', done: false },
  { when: 'buying', request: 'POST /v1/checkout/sessions', done: true },
  { when: 'buying', statement: 'update', table: 'payments.orders' },
  { when: 'buying', statement: 'insert', table: 'payments.stripe_events' },
  { when: 'buying', request: 'GET /v1/checkout/sessions/', done: true },
  { when: 'buying', statement: 'insert', table: 'payments.payments' },
  { when: 'buying', statement: 'update', table: 'payments.outbox' },
  { when: 'buying', statement: 'insert', table: 'mint.transfers' },
  { when: 'buying', statement: 'insert', table: 'education.enrollments' },
  { when: 'refunding', statement: 'insert', table: 'payments.refunds' },
  { when: 'refunding', request: 'POST /v1/refunds', done: false },
  { when: 'refunding', request: 'POST /v1/refunds', done: true },
  { when: 'refunding', statement: 'update', table: 'payments.refunds' },
  { when: 'refunding', statement: 'insert', table: 'mint.transfers' },
]

const price = { amountMinor: 45_000, currency: 'ZAR' }
const barrier = 20_261_129
const log = createLog({ level: 'error', file: null, console: false })

let database: Awaited<ReturnType<typeof createTestDatabase>>
let dataDir: string
let admin: pg.Client
let holder: pg.Client
let sandbox: Sandbox
let azora: Killable
let organizationId: string
let faults: Faults = {}
const open: Database[] = []
const dbs = new Map<string, Database>()

function dbOf(service: string): Database {
  const known = dbs.get(service)
  if (known) return known
  const url = serviceDatabaseUrl(database.adminUrl, database.secret, service)
  const made = openDatabase({ service, url, maxConnections: 2, onError() {} })
  dbs.set(service, made)
  open.push(made)
  return made
}

before(async () => {
  database = await createTestDatabase(services.map(({ name, migrations }) => ({ name, migrations })))
  dataDir = await mkdtemp(join(tmpdir(), 'azora-money-kill-'))
  admin = new pg.Client({ connectionString: database.adminUrl })
  holder = new pg.Client({ connectionString: database.adminUrl })
  await Promise.all([admin.connect(), holder.connect()])
  await admin.query(`create function public.stand_still() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(${barrier}); return null; end $$`)
  const webhookPort = await freePort()
  sandbox = await startSandbox({
    folder: dataDir,
    publicUrl: null,
    webhookUrl: `http://127.0.0.1:${webhookPort}/payments/stripe/events`,
    log: log('sandbox'),
    faults: { request: asked => faults.request?.(asked) ?? null },
  })
  const { secretKey, webhookSecret, url: sandboxUrl } = sandbox
  const { adminUrl, secret } = database
  const stripe = { secretKey, webhookSecret, sandboxUrl }
  azora = openKillable({ adminUrl, secret, dataDir, webhookPort, stripe })
  organizationId = await createOrganization(dbOf('auth'), { slug: 'north', name: 'North', isDefault: true })
})
after(async () => {
  await azora?.stop()
  await sandbox?.stop()
  for (const one of open) await one.close()
  await Promise.all([admin?.end(), holder?.end()])
  await database?.drop()
  if (dataDir) await rm(dataDir, { recursive: true, force: true })
})

let people = 0
async function person(role: 'learner' | 'instructor', offices: Actor['offices'] = []): Promise<Actor> {
  const userId = await createAccount(dbOf('auth'), {
    email: `person-${++people}@school.example`,
    name: 'A Person',
    password: 'seven goats on a wall',
    organizationId,
    roles: [role],
  })
  const authenticatedAt = Math.floor(Date.now() / 1000)
  return { userId, organizationId, sessionId: userId, roles: [role], offices, authenticatedAt }
}

/** Try again as long as the process dies under it. */
async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (failure) {
      if (!(failure instanceof Killed) || tries === 5) throw failure
    }
  }
}

type Armed = { hit(): boolean; disarm(): Promise<void> }

/** The process is killed when it comes to the step. */
async function arm(step: Step): Promise<Armed> {
  let hit = false
  if ('request' in step) {
    faults = {
      async request({ method, path }) {
        if (hit || !`${method} ${path}`.startsWith(step.request)) return null
        hit = true
        if (!step.done) await azora.kill()
        else setImmediate(() => azora.kill())
        return step.done ? 'cut_after' : 'cut_before'
      },
    }
    return {
      hit: () => hit,
      disarm: async () => {
        faults = {}
      },
    }
  }
  const { statement, table } = step
  await holder.query('select pg_advisory_lock($1)', [barrier])
  await admin.query(
    `create trigger stand_still before ${statement} on ${table} for each statement execute function public.stand_still()`,
  )
  const over = new AbortController()
  const watching = (async () => {
    while (!over.signal.aborted) {
      const { rows } = await admin.query<{ pid: number }>(
        `select pid from pg_locks where locktype = 'advisory' and not granted and objid = $1
           and database = (select oid from pg_database where datname = current_database())`,
        [barrier],
      )
      if (rows.length > 0) {
        hit = true
        await azora.kill()
        for (const { pid } of rows) await admin.query('select pg_terminate_backend($1, 5000)', [pid])
        break
      }
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    await admin.query(`drop trigger stand_still on ${table}`)
    await holder.query('select pg_advisory_unlock($1)', [barrier])
  })()
  return {
    hit: () => hit,
    async disarm() {
      over.abort()
      await watching
    },
  }
}

type Bought = { buyer: Actor; courseId: string; orderId: string }

async function soldCourse(): Promise<string> {
  const teacher = await person('instructor')
  const course = { title: 'Rivers', category: 'Water' }
  const { id: courseId } = await persist(() =>
    azora.call<{ id: string }>(teacher, 'education', 'createCourse', course),
  )
  await dbOf('education')
    .in(organizationId)
    .run(sql`
      update courses set status = 'published' where organization_id = ${organizationId} and id = ${courseId}`)
  await persist(() => azora.call(teacher, 'payments', 'setCoursePrices', { courseId, prices: [price] }))
  await until('education knows the price', async () => {
    const look = () =>
      azora.call<{ prices: unknown[] }>(teacher, 'education', 'getCourse', { course: courseId })
    return (await persist(look)).prices.length > 0
  })
  return courseId
}

async function buy(courseId: string, buyer: Actor): Promise<Bought> {
  const order = await persist(() =>
    azora.call<{ id: string; checkoutUrl: string }>(buyer, 'payments', 'startCheckout', { courseId, price }),
  )
  await payOnPage(order.checkoutUrl)
  await until('the order is paid', async () => {
    const look = () => azora.call<{ status: string }>(buyer, 'payments', 'checkOrder', { orderId: order.id })
    return (await persist(look)).status === 'paid'
  })
  await until('the learner is enrolled, and the sale booked', async () => {
    await persist(() => azora.call(buyer, 'payments', 'getOrder', { orderId: order.id }))
    return (await enrolments(buyer, courseId)) === 1 && (await revenueOf(order.id)) === price.amountMinor
  })
  return { buyer, courseId, orderId: order.id }
}

async function refund({ orderId, buyer }: Bought): Promise<void> {
  const officer = await person('learner', ['finance'])
  // Who does not know whether the first one was made asks for all that is left.
  await persist(() => azora.call(officer, 'payments', 'refundOrder', { orderId, reason: 'other' })).catch(
    failure => {
      assert.ok(failure instanceof Refused && failure.code === 'refund_too_large', String(failure))
    },
  )
  await until('all went back', async () => {
    const school = dbOf('payments').in(organizationId)
    await school.run(sql`
      update orders set checked_at = checked_at - interval '3 minutes' where organization_id = ${organizationId}`)
    await school.run(sql`
      update refunds set created_at = created_at - interval '3 minutes' where organization_id = ${organizationId}`)
    await persist(() => azora.sweep())
    const look = () => azora.call<{ status: string }>(buyer, 'payments', 'getOrder', { orderId })
    return (await persist(look)).status === 'refunded'
  })
  await until('the ledger has nothing of it left', async () => {
    await persist(() => azora.call(buyer, 'payments', 'getOrder', { orderId }))
    return (await revenueOf(orderId)) === 0
  })
}

async function enrolments({ userId }: Actor, courseId: string): Promise<number> {
  const { n } = await dbOf('education')
    .in(organizationId)
    .one<{ n: number }>(sql`
      select count(*)::int as n from enrollments
      where organization_id = ${organizationId} and user_id = ${userId} and course_id = ${courseId}`)
  return n
}

async function revenueOf(orderId: string): Promise<number> {
  const payment = await dbOf('payments')
    .in(organizationId)
    .optional<{ id: string }>(sql`
      select id from payments where organization_id = ${organizationId} and order_id = ${orderId}`)
  const { sum } = await dbOf('mint')
    .in(organizationId)
    .one<{ sum: number }>(sql`
      select coalesce(sum(case when t.credit_account_id = a.id then t.amount else -t.amount end), 0)::bigint as sum
      from transfers t join accounts a on a.organization_id = t.organization_id and a.kind = 'revenue'
        and a.id in (t.debit_account_id, t.credit_account_id)
      where t.organization_id = ${organizationId} and t.reference_id = ${payment?.id ?? ''}`)
  return sum
}

/** What Stripe has of an order, and what was told of it. */
async function checkOnce(orderId: string): Promise<void> {
  const { secretKey, webhookSecret, url: sandboxUrl } = sandbox
  const { api } = await openStripe({ secretKey, webhookSecret, sandboxUrl })
  const ours = ({ metadata }: { metadata: Record<string, string> | null }) =>
    metadata?.azora_order === orderId
  const charges = (await api.charges.list({ limit: 100 })).data.filter(ours)
  assert.deepEqual(
    charges.map(({ amount, amount_refunded: back }) => [amount, back]),
    [[price.amountMinor, price.amountMinor]],
  )
  assert.equal((await api.refunds.list({ limit: 100 })).data.filter(ours).length, 1)
  const told = await dbOf('payments').across.rows<{ name: string; n: number }>(sql`
    select name, count(*)::int as n from outbox where payload->>'orderId' = ${orderId}
      and name in ('payment.processed', 'course.purchased', 'refund.processed') group by name order by name`)
  assert.deepEqual(
    told.map(({ name, n }) => [name, n]),
    [
      ['course.purchased', 1],
      ['payment.processed', 1],
      ['refund.processed', 1],
    ],
  )
}

for (const step of steps) {
  const what = 'table' in step ? `${step.statement} of ${step.table}` : step.request
  const where = 'table' in step ? 'in the middle of' : step.done ? 'just after' : 'just before'
  test(`Killed ${where} ${what}, while ${step.when}: paid once, enrolled once, booked once, given back once.`, async () => {
    const courseId = await soldCourse()
    const buyer = await person('learner')
    let armed = step.when === 'buying' ? await arm(step) : null
    const bought = await buy(courseId, buyer)
    armed ??= await arm(step)
    await refund(bought)
    await armed.disarm()
    assert.ok(armed.hit(), 'the step was come to')
    await checkOnce(bought.orderId)
  })
}

test('After all of that the reconciliation finds no difference, and the ledger adds up.', async () => {
  const officer = await person('learner', ['finance'])
  const school = dbOf('payments').in(organizationId)
  await school.run(sql`
    update payments set processed_at = processed_at - interval '2 hours' where organization_id = ${organizationId}`)
  type Run = { id: string; status: string; charges: number; repaired: number; differences: number }
  const { id } = await azora.call<Run>(officer, 'payments', 'startReconciliation', { days: 35 })
  const ended = await until('the comparison ends', async () => {
    const { items } = await azora.call<{ items: Run[] }>(officer, 'payments', 'listReconciliations', {
      limit: 24,
    })
    return items.find(one => one.id === id && one.status !== 'running')
  })
  assert.deepEqual(
    [ended.status, ended.charges, ended.repaired, ended.differences],
    ['done', steps.length, 0, 0],
  )
})
