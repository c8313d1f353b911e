import type { Day } from '../calendar/day.ts'
import { periodOf } from '../calendar/period.ts'
import { changedBy } from '../proration/timeline.ts'
import { isOver, moved, type Outcome, type Subscription } from './subscription.ts'

/**
 * Pause from today: nothing is charged, nothing is open, and what was paid for the days of the pause is credited.
 * @param resumesOn when it goes on by itself; null for when its owner says so
 */
export function pause(subscription: Subscription, on: Day, resumesOn: Day | null): Outcome {
  const { status, period, changes } = subscription
  if (isOver(subscription)) return { refused: 'subscription_over' }
  if (status === 'incomplete') return { refused: 'subscription_incomplete' }
  if (status === 'paused') return { refused: 'subscription_paused' }
  if (status === 'trialing') return { refused: 'subscription_in_trial' }
  if (status === 'past_due') return { refused: 'subscription_unpaid' }
  if (subscription.cancelsAtPeriodEnd) return { refused: 'subscription_already_cancels' }
  if (resumesOn !== null && resumesOn <= on) return { refused: 'subscription_resumes_in_the_past' }
  const next = { on, price: null }
  return moved(
    subscription,
    { ...subscription, status: 'paused', resumesOn, changes: changedBy(changes, next) },
    [{ effect: 'prorate', period, changes, next }],
  )
}

/**
 * Go on. Periods stay where they were: what is left of the one that today lies in is charged, whether it is the one that
 * was paused in or a later one. What was not paid before the pause is still owed.
 */
export function resume(subscription: Subscription, on: Day): Outcome {
  if (subscription.status !== 'paused') return { refused: 'subscription_not_paused' }
  const { anchor, terms, period, changes } = subscription
  const next = { on, price: terms.price }
  const resumed = { ...subscription, resumesOn: null, unpaidSince: null, status: 'active' as const }
  // A period that was billed may begin later: on the day of a change of interval.
  if (on < period.until)
    return moved(subscription, { ...resumed, changes: changedBy(changes, next) }, [
      { effect: 'prorate', period, changes, next },
    ])
  const later = periodOf(anchor, terms.interval, on)
  return moved(subscription, { ...resumed, period: later, changes: [next] }, [
    { effect: 'prorate', period: later, changes: [], next },
  ])
}
