import type { Day } from '../calendar/day.ts'
import type { Interval } from '../calendar/interval.ts'
import { costOfInterval } from '../proration/change-of-interval.ts'
import { changedBy, type ProrationRule } from '../proration/timeline.ts'
import {
  isOver,
  moved,
  type Outcome,
  type Subscription,
  type SubscriptionRefusal,
  type Terms,
} from './subscription.ts'

const sameInterval = (a: Interval, b: Interval) => a.unit === b.unit && a.count === b.count

const sameTerms = (a: Terms, b: Terms) =>
  a.plan === b.plan &&
  a.seats === b.seats &&
  a.price.amountMinor === b.price.amountMinor &&
  sameInterval(a.interval, b.interval)

/** Why its terms cannot be changed; null when they can. */
function refusalFor(subscription: Subscription, terms: Terms): SubscriptionRefusal | null {
  if (isOver(subscription)) return 'subscription_over'
  if (subscription.status === 'incomplete') return 'subscription_incomplete'
  // What is owed is paid at the terms it was billed at.
  if (subscription.status === 'past_due') return 'subscription_unpaid'
  if (subscription.status === 'paused') return 'subscription_paused'
  if (terms.price.currency !== subscription.terms.price.currency) return 'subscription_other_currency'
  return null
}

/**
 * Other terms from today: another plan, more or fewer seats, another interval. What it costs is `costOfChange` or
 * `costOfInterval` with what the effect holds. In a trial it costs nothing, and what was agreed last begins after it.
 */
export function changeNow(subscription: Subscription, terms: Terms, on: Day, rule: ProrationRule): Outcome {
  const refused = refusalFor(subscription, terms)
  if (refused) return { refused }
  if (sameTerms(subscription.terms, terms)) return { refused: 'subscription_terms_same' }
  const { period, changes, status } = subscription
  if (status === 'trialing') return moved(subscription, { ...subscription, terms, next: null })
  if (!sameInterval(subscription.terms.interval, terms.interval)) {
    const next = { on, price: terms.price, interval: terms.interval }
    const begins = costOfInterval(period, changes, next, rule).period
    const change = { on: begins.from, price: terms.price }
    const switched = { ...subscription, terms, next: null, anchor: begins.from, period: begins }
    return moved(subscription, { ...switched, changes: [change] }, [
      { effect: 'change_interval', period, changes, on, terms },
    ])
  }
  const next = { on, price: terms.price }
  return moved(subscription, { ...subscription, terms, next: null, changes: changedBy(changes, next) }, [
    { effect: 'prorate', period, changes, next },
  ])
}

/** Other terms from the next period on: nothing is prorated. The terms of now take back what was agreed before. */
export function changeAtPeriodEnd(subscription: Subscription, terms: Terms): Outcome {
  const refused = refusalFor(subscription, terms)
  if (refused) return { refused }
  if (subscription.cancelsAtPeriodEnd) return { refused: 'subscription_already_cancels' }
  const same = sameTerms(subscription.terms, terms)
  if (same && subscription.next === null) return { refused: 'subscription_terms_same' }
  return moved(subscription, { ...subscription, next: same ? null : terms })
}
