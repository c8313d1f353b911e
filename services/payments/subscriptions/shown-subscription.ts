import { addDays } from '@azora/billing/calendar/day.ts'
import { nextStep, usualSchedule } from '@azora/billing/dunning/schedule.ts'
import type { Terms } from '@azora/billing/subscriptions/subscription.ts'
import { sum } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { type SavedCard, selectOptionalDefaultCard } from '../cards/cards.store.ts'
import { ownPayments } from '../charges/shown-payment.ts'
import { selectOptionalPlan } from '../plans/plans.store.ts'
import { type Bill, selectOpenBills } from './bills.store.ts'
import { selectOptionalOpenCharge } from './charges.store.ts'
import { selectCredits } from './credits.store.ts'
import { nextPaymentOf } from './next-payment.ts'
import { schoolDay } from './school-day.ts'
import type { Stored } from './subscriptions.store.ts'
import { planOfTerms } from './terms-of-plan.ts'

/** A card as its owner sees it. */
export const shownCard = ({ stripePaymentMethodId: _, ...card }: SavedCard) => card

async function agreedOf(db: Queryable, terms: Terms) {
  const { planId, version } = planOfTerms(terms)
  const plan = await selectOptionalPlan(db, planId, version)
  return { planId, version, name: plan?.name ?? '', price: terms.price, interval: terms.interval }
}

/** A subscription as its owner sees it. */
export async function shownSubscription(
  db: Queryable,
  stored: Stored,
  { checkoutUrl = null, now = new Date() }: { checkoutUrl?: string | null; now?: Date } = {},
) {
  const { state, ownerId: userId, sandbox, currency } = stored
  const { status, period, cancelsAtPeriodEnd, startedOn, resumesOn, endedOn } = state
  const bills = status === 'incomplete' ? [] : await selectOpenBills(db, stored.id)
  const credits = userId ? await selectCredits(db, { ownerId: userId, sandbox }, currency) : []
  const card = userId ? await selectOptionalDefaultCard(db, { userId, sandbox }) : null
  const over = status === 'cancelled' || status === 'expired'
  return {
    id: stored.id,
    status,
    plan: await agreedOf(db, state.terms),
    startedOn,
    period,
    next: state.next && (await agreedOf(db, state.next)),
    nextPayment: await nextPaymentOf(db, stored),
    cancelsOn: cancelsAtPeriodEnd && !over ? period.until : null,
    resumesOn,
    endedOn,
    unpaid: bills[0] ? await unpaidOf(db, stored, bills, now) : null,
    credit: sum(
      credits.map(({ left }) => left),
      currency,
    ),
    checkoutUrl,
    card: card && shownCard(card),
    payments: await ownPayments(db, stored.id),
    sandbox,
  }
}

async function unpaidOf(db: Queryable, { currency, state }: Stored, bills: readonly Bill[], now: Date) {
  const [oldest] = bills as [Bill]
  const amounts = bills.map(({ dueMinor }) => ({ amountMinor: dueMinor, currency }))
  const shared = { amount: sum(amounts, currency), since: state.unpaidSince }
  const [first] = oldest.failures
  if (!first) {
    const charging = (await selectOptionalOpenCharge(db, oldest.id)) ?? oldest.nextTryOn
    return {
      ...shared,
      next: charging ? ('charge' as const) : ('nothing' as const),
      retryOn: null,
      graceUntil: null,
    }
  }
  const graceUntil = addDays(first.on, usualSchedule.graceDays)
  if (oldest.nextTryOn === null)
    return { ...shared, next: 'nothing' as const, retryOn: null, graceUntil: null }
  const step = nextStep(usualSchedule, oldest.failures, await schoolDay(db, now), false)
  if (step.step === 'retry') return { ...shared, next: 'charge' as const, retryOn: step.on, graceUntil }
  const next = step.step === 'finish' ? ('wait' as const) : step.step
  return { ...shared, next, retryOn: null, graceUntil }
}

/** The same for those who keep the school's books. */
export async function schoolSubscription(db: Queryable, { id, ownerId, ownerName, state, sandbox }: Stored) {
  const { status, period, startedOn, endedOn, cancelsAtPeriodEnd } = state
  const over = status === 'cancelled' || status === 'expired'
  return {
    id,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName },
    status,
    plan: await agreedOf(db, state.terms),
    startedOn,
    period,
    cancelsOn: cancelsAtPeriodEnd && !over ? period.until : null,
    endedOn,
    sandbox,
  }
}
