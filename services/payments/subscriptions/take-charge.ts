import { nextStep, usualSchedule } from '@azora/billing/dunning/schedule.ts'
import { failed, paid } from '@azora/billing/subscriptions/payment.ts'
import { paidFirst } from '@azora/billing/subscriptions/start.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { type NewCard, saveCard } from '../cards/cards.store.ts'
import { applyOutcome, type Clock } from './apply.ts'
import { type Bill, selectOpenBills, selectOptionalBill, updateTries } from './bills.store.ts'
import { askToCharge } from './charge-task.ts'
import { type Charge, endCharge, endUnopenedCharge } from './charges.store.ts'
import { askForMail } from './mail-task.ts'
import { leaveToNext, markBillPaid } from './open-bill.ts'
import { lockOptionalSubscription, type Stored } from './subscriptions.store.ts'

/** What the processor never takes alone. */
export const tooSmall = 'amount_too_small'

type Paid = {
  paymentIntentId: string
  fee: number | null
  paidAt: string
  /** Left for later with the payment. */
  card: NewCard | null
}

/** Write down that a try was paid. However often it is told, it is written once: the subscription is held while it is. */
export async function takePaid(tx: Transaction, charge: Charge, told: Paid, clock: Clock): Promise<void> {
  const { stored, bill } = await held(tx, charge)
  const { paymentIntentId, fee, paidAt, card } = told
  if (!(await endCharge(tx, charge.id, { status: 'succeeded', paymentIntentId, feeMinor: fee }))) return
  await markBillPaid(tx, stored, bill, { day: clock.day, paidAt, fee })
  const { ownerId, sandbox } = stored
  if (ownerId && card) await saveCard(tx, { userId: ownerId, sandbox }, card)
  await goOn(tx, stored, bill, clock)
}

/** A bill is settled: the next one is asked for, or nothing is missing any more. */
async function goOn(tx: Transaction, stored: Stored, bill: Bill, clock: Clock): Promise<void> {
  const outcome = bill.first ? paidFirst(stored.state) : paid(stored.state)
  const [next] = await selectOpenBills(tx, stored.id)
  if (next) await askToCharge(tx, { billId: next.id })
  // While another bill is open a payment is still missing. One that is over stays so: what came was owed.
  else if (!('refused' in outcome) && (bill.first || stored.state.unpaidSince !== null))
    await applyOutcome(tx, stored, outcome, clock)
}

/** Write down that the card was refused: when it is tried again, what its owner is told, and that the grace runs. */
export async function takeDeclined(
  tx: Transaction,
  charge: Charge,
  told: { paymentIntentId: string | null; declineCode: string },
  clock: Clock,
): Promise<void> {
  const { stored, bill } = await held(tx, charge)
  if (!(await endCharge(tx, charge.id, { status: 'failed', ...told }))) return
  if (told.declineCode === tooSmall && bill.status === 'open' && !bill.first) {
    await leaveToNext(tx, stored, bill, clock)
    return goOn(tx, stored, bill, clock)
  }
  await noteFailure(tx, stored, bill, told.declineCode, clock)
}

/** A payment that is missing, for whatever reason. The caller holds the subscription. */
export async function noteFailure(
  tx: Transaction,
  stored: Stored,
  bill: Bill,
  declineCode: string,
  clock: Clock,
): Promise<void> {
  const failures = [...bill.failures, { on: clock.day, declineCode }]
  const outcome = failed(stored.state, clock.day)
  if ('refused' in outcome) {
    // It is over or paused: it stays owed, and nobody's card is tried for it.
    await updateTries(tx, bill.id, { failures, nextTryOn: null })
    return
  }
  const step = nextStep(usualSchedule, failures, clock.day, false)
  const nextTryOn = step.step === 'retry' ? step.on : step.step === 'finish' ? clock.day : step.until
  await updateTries(tx, bill.id, { failures, nextTryOn })
  if (stored.state.status !== 'past_due') await applyOutcome(tx, stored, outcome, clock)
  await askForMail(tx, { subscriptionId: stored.id, billId: bill.id, about: step.step })
}

/** Nobody used the page in time. */
export async function takeExpired(tx: Transaction, charge: Charge): Promise<void> {
  await held(tx, charge)
  await endCharge(tx, charge.id, { status: 'expired' })
}

/** Its page was never made. One that is made meanwhile counts. */
export async function takeUnopened(tx: Transaction, charge: Charge): Promise<void> {
  await held(tx, charge)
  await endUnopenedCharge(tx, charge.id)
}

/** The subscription is held before anything of it is read. */
async function held(tx: Transaction, { subscriptionId, billId }: Charge) {
  const stored = await lockOptionalSubscription(tx, subscriptionId)
  const bill = await selectOptionalBill(tx, billId)
  if (!stored || !bill) throw new Error('The subscription of a charge vanished.')
  return { stored, bill }
}
