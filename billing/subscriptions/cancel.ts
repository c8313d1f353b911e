import type { Day } from '../calendar/day.ts'
import { changedBy } from '../proration/timeline.ts'
import { isOver, moved, type Outcome, type Subscription } from './subscription.ts'

/**
 * Cancel today. What was paid for the days that are left is credited. What was never paid is void or stays owed, which
 * the school decides; nothing is credited of it.
 */
export function cancelNow(subscription: Subscription, on: Day): Outcome {
  const { status, period, changes } = subscription
  if (isOver(subscription)) return { refused: 'subscription_over' }
  const next = { on, price: null }
  const over = {
    ...subscription,
    status: 'cancelled' as const,
    endedOn: on,
    changes: changedBy(changes, next),
  }
  if (status === 'incomplete') return moved(subscription, over, [{ effect: 'void_invoice' }])
  const paid = status === 'active'
  return moved(subscription, over, paid ? [{ effect: 'prorate', period, changes, next }] : [])
}

/** Cancel when the period, or the trial, is over. Until then all stays as it is. */
export function cancelAtPeriodEnd(subscription: Subscription): Outcome {
  const { status } = subscription
  if (isOver(subscription)) return { refused: 'subscription_over' }
  if (status === 'incomplete') return { refused: 'subscription_incomplete' }
  if (status === 'paused') return { refused: 'subscription_paused' }
  if (subscription.cancelsAtPeriodEnd) return { refused: 'subscription_already_cancels' }
  return moved(subscription, { ...subscription, cancelsAtPeriodEnd: true, next: null })
}

/** Keep what was to be cancelled at the end of its period. */
export function keep(subscription: Subscription): Outcome {
  if (isOver(subscription)) return { refused: 'subscription_over' }
  if (!subscription.cancelsAtPeriodEnd) return { refused: 'subscription_does_not_cancel' }
  return moved(subscription, { ...subscription, cancelsAtPeriodEnd: false })
}
