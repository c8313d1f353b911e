import type { Day } from '@azora/billing/calendar/day.ts'
import type { Invoice as Priced } from '@azora/billing/invoices/invoice.ts'
import { cancelAtPeriodEnd, cancelNow, keep } from '@azora/billing/subscriptions/cancel.ts'
import { changeAtPeriodEnd, changeNow } from '@azora/billing/subscriptions/change.ts'
import { pause, resume } from '@azora/billing/subscriptions/pause.ts'
import type { Outcome } from '@azora/billing/subscriptions/subscription.ts'
import { type Money, zero } from '@azora/contracts/money.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import type { OrderTools } from '../orders/order-tools.ts'
import { selectOptionalPlan } from '../plans/plans.store.ts'
import { applyOutcome } from './apply.ts'
import { linesOf } from './bill-lines.ts'
import { selectOpenBills } from './bills.store.ts'
import { chargeBill } from './charge-bill.ts'
import { nextPaymentOf } from './next-payment.ts'
import { priceBill } from './open-bill.ts'
import { schoolDay } from './school-day.ts'
import { lockOptionalSubscription, type Stored, selectOptionalLive } from './subscriptions.store.ts'
import { prorationRule, termsOfPlan } from './terms-of-plan.ts'

export type Change = {
  action: 'change_plan' | 'pause' | 'resume' | 'cancel' | 'keep'
  planId?: string | undefined
  version?: number | undefined
  when: 'now' | 'period_end'
  resumesOn?: string | undefined
}

/** What was shown of a change, and is confirmed. */
export type Quote = { revision: number; on: Day; due: Money; credited: Money }

/** What a change would come to: nothing of it is stored. */
async function workOut(db: Queryable, stored: Stored, change: Change, day: Day) {
  const outcome = await outcomeOf(db, stored, change, day)
  if ('refused' in outcome) throw refusal(outcome.refused)
  const { subscription: state, effects } = outcome
  const lines = linesOf(effects, state)
  const after = { ...stored, state }
  const { currency } = stored
  const pricing = lines.length > 0 ? await priceBill(db, after, lines, day) : null
  const nothing = zero(currency)
  const quote: Quote = {
    revision: stored.revision,
    on: day,
    due: pricing?.priced.due ?? nothing,
    credited: pricing?.priced.toCredit ?? nothing,
  }
  return { outcome, after, priced: pricing?.priced ?? null, quote }
}

/**
 * What a change of somebody's subscription costs today, to the cent: worked out as the change itself will be.
 * @throws AppError `not_found` for who has none; with the reason for which it is refused
 */
export async function previewChange(
  { db }: Pick<OrderTools, 'db'>,
  { organizationId, userId }: { organizationId: string; userId: string },
  change: Change,
  now = new Date(),
) {
  const school = db.in(organizationId)
  const stored = await selectOptionalLive(school, userId)
  if (!stored) throw new AppError('not_found')
  const day = await schoolDay(school, now)
  const { after, priced, quote } = await workOut(school, stored, change, day)
  const { status, period, cancelsAtPeriodEnd } = after.state
  const over = status === 'cancelled' || status === 'paused'
  return {
    quote,
    lines: priced ? shownLines(priced) : [],
    nextPayment: await nextPaymentOf(school, after, quote.credited),
    opensUntil: over ? day : cancelsAtPeriodEnd ? period.until : null,
  }
}

/**
 * Do what was previewed. Two tabs that do so at once: the first one counts, the second is told that things have changed.
 * @throws AppError `not_found`; `price_changed` where it comes to something else than was shown; with the reason for
 * which it is refused
 */
export async function changeSubscription(
  tools: OrderTools,
  { organizationId, userId }: { organizationId: string; userId: string },
  { quote: shown, ...change }: Change & { quote: Quote },
  now = new Date(),
): Promise<Stored> {
  const school = tools.db.in(organizationId)
  const changed = await school.transaction(async tx => {
    const live = await selectOptionalLive(tx, userId)
    const stored = live && (await lockOptionalSubscription(tx, live.id))
    if (!stored) throw new AppError('not_found')
    const day = await schoolDay(tx, now)
    if (stored.revision !== shown.revision) throw new AppError('price_changed')
    const { outcome, quote } = await workOut(tx, stored, change, day)
    if (!isSame(quote, shown)) throw new AppError('price_changed')
    return applyOutcome(tx, stored, outcome, { now, day })
  })
  const [bill] = await selectOpenBills(school, changed.id)
  // Whatever keeps Stripe from it, the change stands, and the job goes on with the payment and logs why.
  if (bill) await chargeBill(tools, { organizationId, billId: bill.id }, now).catch(() => {})
  return changed
}

const isSame = (a: Quote, b: Quote): boolean =>
  a.revision === b.revision && a.on === b.on && sameMoney(a.due, b.due) && sameMoney(a.credited, b.credited)

const sameMoney = (a: Money, b: Money) => a.amountMinor === b.amountMinor && a.currency === b.currency

async function outcomeOf(db: Queryable, stored: Stored, change: Change, day: Day): Promise<Outcome> {
  const { state } = stored
  const { action, when } = change
  // What is billed and not paid yet would be credited as if it were.
  const unpaid = state.status === 'active' && (await selectOpenBills(db, stored.id)).length > 0
  const settles = action === 'pause' || (when === 'now' && (action === 'change_plan' || action === 'cancel'))
  if (unpaid && settles) return { refused: 'subscription_unpaid' }
  switch (action) {
    case 'change_plan': {
      const terms = await requireTerms(db, stored, change)
      return when === 'now' ? changeNow(state, terms, day, prorationRule) : changeAtPeriodEnd(state, terms)
    }
    case 'pause':
      return pause(state, day, change.resumesOn ?? null)
    case 'resume':
      return resume(state, day)
    case 'cancel':
      return when === 'now' ? cancelNow(state, day) : cancelAtPeriodEnd(state)
    case 'keep':
      return keep(state)
  }
}

/** The plan that somebody changes to, as it is offered now; the one that they have may stay. */
async function requireTerms(db: Queryable, stored: Stored, { planId, version }: Change) {
  if (!planId || !version) throw invalidField('planId', 'plan_missing')
  const own = planId === stored.planId && version === stored.planVersion
  const plan = await selectOptionalPlan(db, planId, own ? version : undefined)
  if (!plan || (!own && plan.status !== 'offered')) throw new AppError('not_found')
  if (plan.version !== version) throw new AppError('price_changed')
  const terms = termsOfPlan(plan, stored.currency)
  if (!terms) throw refusal('subscription_other_currency')
  return terms
}

type ShownLine = {
  code: 'unused_time' | 'remaining_time' | 'period' | 'credit' | 'tax'
  from: Day | null
  until: Day | null
  days: number | null
  ofDays: number | null
  amount: Money
}

/** With their tax, since that is what is paid; what is kept for somebody pays first. */
function shownLines(priced: Priced): ShownLine[] {
  const bare = { from: null, until: null, days: null, ofDays: null }
  const lines = priced.lines.map(({ because, gross }): ShownLine => {
    const dated = 'from' in because ? { from: because.from, until: because.until } : {}
    const counted = 'days' in because ? { days: because.days, ofDays: because.ofDays } : {}
    const code = because.code === 'unused_time' || because.code === 'remaining_time' ? because.code : 'period'
    return { ...bare, code, ...dated, ...counted, amount: gross }
  })
  const uses = priced.credits.map(({ amount }): ShownLine => {
    return { ...bare, code: 'credit', amount: { ...amount, amountMinor: -amount.amountMinor } }
  })
  return [...lines, ...uses]
}

/** For those who are erased: it is over today; nothing more is charged, and nothing is given back. */
export async function endForErased(tx: Transaction, userId: string): Promise<void> {
  const live = await selectOptionalLive(tx, userId)
  const stored = live && (await lockOptionalSubscription(tx, live.id))
  if (!stored) return
  const now = new Date()
  const day = await schoolDay(tx, now)
  const ended = cancelNow(stored.state, day)
  if ('refused' in ended) return
  await applyOutcome(tx, stored, { subscription: ended.subscription, effects: [] }, { now, day })
}
