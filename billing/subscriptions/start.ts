import { zero } from '@azora/contracts/money.ts'
import type { Day } from '../calendar/day.ts'
import { calendarAnchor } from '../calendar/interval.ts'
import { afterTrial, periodOf } from '../calendar/period.ts'
import { moved, type Outcome, type Subscription, type Terms } from './subscription.ts'

export type StartOptions = {
  /** 0 for none. */
  trialDays: number
  /** Periods that begin when the subscription does, or with the calendar's month. */
  anchor: 'start' | 'calendar'
}

const blank = {
  next: null,
  cancelsAtPeriodEnd: false,
  unpaidSince: null,
  resumesOn: null,
  endedOn: null,
}

/**
 * A subscription that begins on a day. With a trial it is open at once and its first period is the trial, at no price.
 * Without, its first invoice is due, and it is incomplete until that is paid.
 */
export function start(terms: Terms, day: Day, { trialDays, anchor }: StartOptions): Subscription {
  if (!Number.isSafeInteger(terms.seats) || terms.seats < 1)
    throw new RangeError('A subscription has a seat at least.')
  const paidFrom = afterTrial(day, trialDays)
  const counted = anchor === 'start' ? paidFrom : calendarAnchor(paidFrom, terms.interval.unit)
  const shared = { ...blank, terms, startedOn: day, anchor: counted }
  if (trialDays > 0)
    return {
      ...shared,
      status: 'trialing',
      period: { from: day, until: paidFrom },
      changes: [{ on: day, price: zero(terms.price.currency) }],
    }
  const period = periodOf(counted, terms.interval, day)
  return { ...shared, status: 'incomplete', period, changes: [{ on: day, price: terms.price }] }
}

/** The first payment is certain. */
export function paidFirst(subscription: Subscription): Outcome {
  if (subscription.status !== 'incomplete') return { refused: 'subscription_not_incomplete' }
  return moved(subscription, { ...subscription, status: 'active' })
}

/** The first payment never came. What was to be paid is void. */
export function expire(subscription: Subscription, day: Day): Outcome {
  if (subscription.status !== 'incomplete') return { refused: 'subscription_not_incomplete' }
  return moved(subscription, { ...subscription, status: 'expired', endedOn: day }, [
    { effect: 'void_invoice' },
  ])
}

/** The trial is over: the first paid period begins. Cancelled meanwhile, it ends instead. */
export function endTrial(subscription: Subscription, day: Day): Outcome {
  const { status, period, terms, anchor, cancelsAtPeriodEnd } = subscription
  if (status !== 'trialing') return { refused: 'subscription_not_trialing' }
  if (day < period.until) return { refused: 'subscription_trial_not_over' }
  if (cancelsAtPeriodEnd)
    return moved(subscription, { ...subscription, status: 'cancelled', endedOn: period.until })
  const first = subscription.next ?? terms
  const paid = periodOf(anchor, first.interval, period.until)
  return moved(
    subscription,
    {
      ...subscription,
      status: 'active',
      terms: first,
      next: null,
      period: paid,
      changes: [{ on: period.until, price: first.price }],
    },
    [{ effect: 'invoice_period', period: paid }],
  )
}
