import { nextStep, usualSchedule } from '@azora/billing/dunning/schedule.ts'
import { cancelNow } from '@azora/billing/subscriptions/cancel.ts'
import { giveUp } from '@azora/billing/subscriptions/payment.ts'
import { isOver } from '@azora/billing/subscriptions/subscription.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectOptionalDefaultCard } from '../cards/cards.store.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { applyOutcome, type Clock } from './apply.ts'
import { type Bill, selectOpenBills, selectOptionalBill, updateTries } from './bills.store.ts'
import type { ToCharge } from './charge-task.ts'
import { insertOptionalCharge, selectOptionalOpenCharge } from './charges.store.ts'
import { askForMail } from './mail-task.ts'
import { schoolDay } from './school-day.ts'
import { settleCharge } from './settle-charge.ts'
import { lockOptionalSubscription, type Stored } from './subscriptions.store.ts'
import { noteFailure } from './take-charge.ts'

/**
 * Do what is next about a bill: try the saved card, wait, or give up once the grace is over. Bills of a subscription are
 * paid in order, and one try is open at a time, so it may run twice and at once.
 */
export async function chargeBill(
  tools: OrderTools,
  { organizationId, billId, renewedAfter }: ToCharge & { organizationId: string },
  now = new Date(),
): Promise<void> {
  const school = tools.db.in(organizationId)
  const known = await selectOptionalBill(school, billId)
  if (known?.status !== 'open' || known.first) return
  const chargeId = await school.transaction(async tx => {
    const stored = await lockOptionalSubscription(tx, known.subscriptionId)
    const day = await schoolDay(tx, now)
    const [bill] = stored ? await selectOpenBills(tx, stored.id) : []
    // An older one is paid first; this one is asked for when that is.
    if (!stored || bill?.id !== billId) return null
    const open = await selectOptionalOpenCharge(tx, billId)
    if (open) return open.id
    const renewed = renewedAfter !== undefined && renewedAfter === bill.failures.length
    return begin(tx, stored, bill, { renewed, sandbox: tools.stripe.sandbox }, { now, day })
  })
  if (chargeId) await settleCharge(tools, organizationId, chargeId, now)
}

/** Nobody has paid for it, so nothing goes back. */
async function endOfSandbox(tx: Transaction, stored: Stored, bill: Bill, clock: Clock): Promise<void> {
  await updateTries(tx, bill.id, { failures: bill.failures, nextTryOn: null })
  const ended = cancelNow(stored.state, clock.day)
  if ('refused' in ended) return
  await applyOutcome(tx, stored, { subscription: ended.subscription, effects: [] }, clock)
}

async function begin(
  tx: Transaction,
  stored: Stored,
  bill: Bill,
  { renewed, sandbox }: { renewed: boolean; sandbox: boolean },
  clock: Clock,
): Promise<string | null> {
  const { failures } = bill
  if (isOver(stored.state) || stored.state.status === 'paused') {
    await updateTries(tx, bill.id, { failures, nextTryOn: null })
    return null
  }
  // A real one waits until Stripe is back; one of the sandbox ends once Stripe itself is there.
  if (stored.sandbox !== sandbox) {
    if (stored.sandbox) await endOfSandbox(tx, stored, bill, clock)
    return null
  }
  const step = failures.length === 0 ? null : nextStep(usualSchedule, failures, clock.day, renewed)
  if (step?.step === 'finish') {
    await updateTries(tx, bill.id, { failures, nextTryOn: null })
    await applyOutcome(tx, stored, giveUp(stored.state, clock.day, step.action), clock)
    await askForMail(tx, { subscriptionId: stored.id, billId: bill.id, about: 'finish' })
    return null
  }
  if (step && (step.step !== 'retry' || step.on > clock.day)) {
    const nextTryOn = step.step === 'retry' ? step.on : step.until
    await updateTries(tx, bill.id, { failures, nextTryOn })
    return null
  }
  const card = stored.ownerId
    ? await selectOptionalDefaultCard(tx, { userId: stored.ownerId, sandbox: stored.sandbox })
    : null
  if (!card) {
    await noteFailure(tx, stored, bill, 'no_card', clock)
    return null
  }
  const id = uuidv7()
  const { stripePaymentMethodId } = card
  const made = { id, billId: bill.id, kind: 'card', stripePaymentMethodId, expiresAt: null } as const
  return (await insertOptionalCharge(tx, made)) ? id : null
}
