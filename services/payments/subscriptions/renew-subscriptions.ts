import { resume } from '@azora/billing/subscriptions/pause.ts'
import { renew } from '@azora/billing/subscriptions/payment.ts'
import { endTrial, expire } from '@azora/billing/subscriptions/start.ts'
import type { Outcome } from '@azora/billing/subscriptions/subscription.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { selectOpenSetupsOf } from '../cards/card-setups.store.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { applyOutcome } from './apply.ts'
import { selectBillsToTry, selectOpenBills } from './bills.store.ts'
import { chargeBill } from './charge-bill.ts'
import { selectOptionalOpenCharge } from './charges.store.ts'
import { latestDay, schoolDay } from './school-day.ts'
import { lockOptionalSubscription, type Stored, selectDue } from './subscriptions.store.ts'

const pageSize = 200

/** How many periods one run makes up for: each in a transaction of its own, and the rest in the next run. */
const mostPeriods = 60

/**
 * Whatever comes due by the calendar: trials and periods that are over, pauses that end, beginnings that nobody paid.
 * Every period that passed while nobody looked is billed once, in order. It may run twice, and at once.
 */
export async function renewSubscriptions(tools: OrderTools, now = new Date()): Promise<void> {
  let after: { nextDue: string; id: string } | null = null
  const failures: unknown[] = []
  for (;;) {
    const page = await selectDue(tools.db.across, latestDay(now), after, pageSize)
    const renewOne = ({ organizationId, id }: (typeof page)[number]) =>
      renewSubscription(tools, organizationId, id, now)
    await eachAlone(page, renewOne, 'subscriptions were not renewed').catch(failure => failures.push(failure))
    after = page.at(-1) ?? null
    if (page.length < pageSize || !after) break
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some subscriptions were not renewed.')
}

async function renewSubscription(
  { db }: Pick<OrderTools, 'db'>,
  organizationId: string,
  id: string,
  now = new Date(),
): Promise<void> {
  for (let round = 0; round < mostPeriods; round++) {
    const moved = await db.in(organizationId).transaction(async tx => {
      const stored = await lockOptionalSubscription(tx, id)
      const day = await schoolDay(tx, now)
      const outcome = stored && (await dueOutcome(tx, stored, day))
      if (!stored || !outcome || 'refused' in outcome) return false
      await applyOutcome(tx, stored, outcome, { now, day })
      return true
    })
    if (!moved) return
  }
}

/** What the calendar asks for by a day; null for nothing. */
async function dueOutcome(tx: Transaction, stored: Stored, day: string): Promise<Outcome | null> {
  const { state } = stored
  switch (state.status) {
    case 'incomplete':
      return day > state.startedOn && !(await isBeingPaid(tx, stored)) ? expire(state, day) : null
    case 'trialing':
      return day >= state.period.until ? endTrial(state, day) : null
    case 'active':
    case 'past_due':
      return day >= state.period.until ? renew(state, day) : null
    case 'paused':
      return state.resumesOn !== null && day >= state.resumesOn ? resume(state, day) : null
    default:
      return null
  }
}

/** Whether somebody may still be on its page: that ends by itself, and is asked about by its own sweep. */
async function isBeingPaid(tx: Transaction, { id, ownerId }: Stored): Promise<boolean> {
  for (const bill of await selectOpenBills(tx, id))
    if (await selectOptionalOpenCharge(tx, bill.id)) return true
  const setups = ownerId ? await selectOpenSetupsOf(tx, ownerId) : []
  return setups.some(({ subscriptionId }) => subscriptionId === id)
}

/** Try what is to be tried by today, and give up what has waited long enough. */
export async function chargeDueBills(tools: OrderTools, now = new Date()): Promise<void> {
  let after: { nextTryOn: string; id: string } | null = null
  const failures: unknown[] = []
  for (;;) {
    const page = await selectBillsToTry(tools.db.across, latestDay(now), after, pageSize)
    const tryOne = async ({ organizationId, id, nextTryOn }: (typeof page)[number]) => {
      if (nextTryOn <= (await schoolDay(tools.db.in(organizationId), now)))
        await chargeBill(tools, { organizationId, billId: id }, now)
    }
    await eachAlone(page, tryOne, 'bills were not charged').catch(failure => failures.push(failure))
    after = page.at(-1) ?? null
    if (page.length < pageSize || !after) break
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some bills were not charged.')
}
