import type { Day } from '../calendar/day.ts'
import { periodOf } from '../calendar/period.ts'
import type { DunningSchedule } from '../dunning/schedule.ts'
import { isOver, moved, type Outcome, type Subscription } from './subscription.ts'

/** A payment after the first has come. It may be told twice. */
export function paid(subscription: Subscription): Outcome {
  if (isOver(subscription)) return { refused: 'subscription_over' }
  if (subscription.status === 'incomplete') return { refused: 'subscription_incomplete' }
  const { status } = subscription
  const settled = { ...subscription, status: status === 'past_due' ? 'active' : status, unpaidSince: null }
  return moved(subscription, settled as Subscription)
}

/** A payment after the first has failed: the grace begins. A failure that follows does not begin it again. */
export function failed(subscription: Subscription, day: Day): Outcome {
  if (isOver(subscription)) return { refused: 'subscription_over' }
  if (subscription.status === 'incomplete') return { refused: 'subscription_incomplete' }
  if (subscription.status === 'paused') return { refused: 'subscription_paused' }
  const unpaidSince = subscription.unpaidSince ?? day
  return moved(subscription, { ...subscription, status: 'past_due', unpaidSince })
}

/** The grace is over and nothing was paid. What the schedule says happens; the unpaid invoice stands. */
export function giveUp(subscription: Subscription, day: Day, action: DunningSchedule['finally']): Outcome {
  if (subscription.status !== 'past_due') return { refused: 'subscription_not_past_due' }
  if (action === 'stay_past_due') return { subscription, effects: [] }
  return action === 'cancel'
    ? moved(subscription, { ...subscription, status: 'cancelled', endedOn: day })
    : moved(subscription, { ...subscription, status: 'paused' })
}

/**
 * The period is over: the next one begins, at the terms that were agreed for it. Cancelled for its end, it is over. One
 * call is one period, so a process that was away bills each of those it missed.
 */
export function renew(subscription: Subscription, day: Day): Outcome {
  const { status, period, cancelsAtPeriodEnd } = subscription
  if (isOver(subscription)) return { refused: 'subscription_over' }
  if (status === 'incomplete') return { refused: 'subscription_incomplete' }
  if (status === 'paused') return { refused: 'subscription_paused' }
  if (status === 'trialing' || day < period.until) return { refused: 'subscription_period_not_over' }
  if (cancelsAtPeriodEnd)
    return moved(subscription, { ...subscription, status: 'cancelled', endedOn: period.until })
  const terms = subscription.next ?? subscription.terms
  const { unit, count } = subscription.terms.interval
  const same = terms.interval.unit === unit && terms.interval.count === count
  // Another interval is counted from where it begins.
  const anchor = same ? subscription.anchor : period.until
  const next = periodOf(anchor, terms.interval, period.until)
  const renewed = { ...subscription, terms, anchor, period: next, next: null }
  return moved(subscription, { ...renewed, changes: [{ on: next.from, price: terms.price }] }, [
    { effect: 'invoice_period', period: next },
  ])
}
