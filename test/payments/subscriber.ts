import { randomUUID } from 'node:crypto'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { readConfig } from '@azora/kit/config.ts'
import { sql } from '@azora/kit/sql.ts'
import { openStripe } from '@azora/kit/stripe.ts'
import { createTestKit } from '@azora/kit/testing.ts'
import { customerOf } from '@azora/service-payments/cards/customer.ts'
import { upsertCourse } from '@azora/service-payments/courses/courses.store.ts'
import type { OrderTools } from '@azora/service-payments/orders/order-tools.ts'
import { type Plan, selectOptionalPlan } from '@azora/service-payments/plans/plans.store.ts'
import { createPlan, setPlanStatus } from '@azora/service-payments/plans/save-plan.ts'
import { payments } from '@azora/service-payments/service.ts'
import { openStripeDoor } from '@azora/service-payments/stripe/stripe-door.ts'
import { selectOpenBills } from '@azora/service-payments/subscriptions/bills.store.ts'
import { selectOptionalOpenCharge } from '@azora/service-payments/subscriptions/charges.store.ts'
import {
  chargeDueBills,
  renewSubscriptions,
} from '@azora/service-payments/subscriptions/renew-subscriptions.ts'
import { settleCharge } from '@azora/service-payments/subscriptions/settle-charge.ts'
import { startSubscription } from '@azora/service-payments/subscriptions/start-subscription.ts'
import { selectOptionalLatest } from '@azora/service-payments/subscriptions/subscriptions.store.ts'
import type { Faults } from '../../apps/azora/embedded/stripe/faults.ts'
import { startSandbox } from '../../apps/azora/embedded/stripe/sandbox.ts'
import { answerBank, payOnPage } from '../checkout.ts'

/** A school with plans and the Stripe sandbox. Nothing runs by itself here: jobs are run, and told what day it is. */

const silent = { debug() {}, info() {}, warn() {}, error() {} }
type Cards = Parameters<typeof payOnPage>[1]

export async function openPlanShop() {
  const kit = await createTestKit(payments)
  const shop: { faults: Faults } = { faults: {} }
  const sandbox = await startSandbox({
    folder: kit.scratchDir,
    publicUrl: null,
    // Every webhook is lost here: what has become of a payment is asked for.
    webhookUrl: 'http://127.0.0.1:9/none',
    log: silent,
    faults: { request: asked => shop.faults.request?.(asked) ?? null, webhook: () => 'never' },
  })
  const { secretKey, webhookSecret, url: sandboxUrl } = sandbox
  const stripe = openStripeDoor({
    stripe: () => openStripe({ secretKey, webhookSecret, sandboxUrl }),
    config: readConfig({}),
  })
  const tools: OrderTools = {
    db: kit.db,
    stripe,
    publicUrl: 'http://localhost',
    sealing: kit.sealing,
    onPaid() {},
  }
  const organizationId = randomUUID()
  const school = kit.db.in(organizationId)

  function caller(userId: string = randomUUID()): AskingCaller {
    const me = async () => ({ name: 'A Learner', email: 'learner@school.example' })
    return {
      actor: { userId, organizationId, sessionId: randomUUID(), roles: ['learner'], authenticatedAt: 0 },
      ip: '127.0.0.1',
      userAgent: 'test',
      others: { auth: { me } } as never,
    }
  }

  async function plan(
    amountMinor: number,
    {
      trialDays = 0,
      unit = 'month' as Plan['interval']['unit'],
      courseIds = [randomUUID()],
      currency = 'ZAR',
    } = {},
  ): Promise<Plan> {
    for (const id of courseIds)
      await upsertCourse(
        school,
        { id, instructorId: randomUUID(), title: 'Rivers' },
        new Date().toISOString(),
      )
    const { id } = await createPlan(kit.db, caller(), {
      name: 'All rivers',
      description: '',
      interval: { unit, count: 1 },
      prices: [{ amountMinor, currency }],
      trialDays,
      courseIds,
    })
    await setPlanStatus(kit.db, caller(), { planId: id, status: 'offered' })
    return (await selectOptionalPlan(school, id)) as Plan
  }

  const wishOf = ({ id: planId, version, prices }: Plan) => ({
    planId,
    version,
    price: prices[0] as Plan['prices'][number],
  })

  const begin = (by: AskingCaller, wanted: Plan, now: Date) =>
    startSubscription(tools, by, wishOf(wanted), now)

  const state = async (by: AskingCaller) => {
    const stored = await selectOptionalLatest(school, by.actor.userId)
    if (!stored) throw new Error('There is no subscription.')
    return stored
  }

  /** Ask about whatever is open of somebody's subscription. */
  async function settle(by: AskingCaller, now: Date): Promise<void> {
    const { id } = await state(by)
    for (const bill of await selectOpenBills(school, id)) {
      const charge = await selectOptionalOpenCharge(school, bill.id)
      if (charge) await settleCharge(tools, organizationId, charge.id, now)
    }
  }

  /** Subscribe, with the first payment made. */
  async function subscribed(wanted: Plan, now: Date, card: Cards = 'works', by = caller()) {
    const { checkoutUrl } = await begin(by, wanted, now)
    const { location } = await payOnPage(checkoutUrl ?? '', card)
    if (location.startsWith(new URL(checkoutUrl ?? '').origin)) await answerBank(location)
    await settle(by, now)
    return by
  }

  type Charge = { status: string; declineCode: string | null; dueMinor: number }
  const charges = async (by: AskingCaller) => {
    const { id } = await state(by)
    return school.rows<Charge>(sql`
      select c.status, c.decline_code, b.due_minor from subscription_charges c
      join subscription_bills b on b.organization_id = c.organization_id and b.id = c.bill_id
      where c.organization_id = ${organizationId} and b.subscription_id = ${id} order by c.id`)
  }

  type Bill = { status: string; totalMinor: number; dueMinor: number; invoiced: boolean }
  const bills = async (by: AskingCaller) => {
    const { id } = await state(by)
    return school.rows<Bill>(sql`
      select status, total_minor, due_minor, invoice_id is not null as invoiced from subscription_bills
      where organization_id = ${organizationId} and subscription_id = ${id} order by position`)
  }

  const told = async (by: AskingCaller) => {
    const rows = await kit.db.across.rows<{ name: string }>(sql`
      select name from outbox where payload->>'userId' = ${by.actor.userId}
        and name not like 'invoice.%' order by id`)
    return rows.map(({ name }) => name)
  }

  /** What the sandbox took of somebody's cards. */
  async function taken(by: AskingCaller): Promise<number> {
    const api = await stripe.open()
    const customer = await customerOf(tools, organizationId, by.actor.userId)
    let sum = 0
    for await (const one of api.paymentIntents.list({ customer, limit: 100 })) sum += one.amount_received
    return sum
  }

  /** What the calendar asks for by a day. */
  async function pass(day: string, by = tools): Promise<void> {
    await renewSubscriptions(by, on(day))
    await chargeDueBills(by, on(day))
  }

  async function dispose(): Promise<void> {
    await sandbox.stop()
    await kit.dispose()
  }

  return {
    dispose,
    kit,
    shop,
    tools,
    pass,
    organizationId,
    school,
    caller,
    plan,
    wishOf,
    begin,
    state,
    settle,
    subscribed,
    charges,
    bills,
    told,
    taken,
  }
}

export const on = (day: string): Date => new Date(`${day}T10:00:00Z`)
