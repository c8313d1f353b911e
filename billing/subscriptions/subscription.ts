import type { Money } from '@azora/contracts/money.ts'
import type { Day } from '../calendar/day.ts'
import type { Interval } from '../calendar/interval.ts'
import type { Period } from '../calendar/period.ts'
import type { Change } from '../proration/timeline.ts'

/**
 * - `incomplete`: begun, and its first payment is not certain yet (3-D Secure). Opens nothing.
 * - `expired`: that payment never came.
 * - `trialing`, `active`: opens its courses.
 * - `past_due`: a payment failed, the grace is running. Still opens them.
 * - `paused`: nothing is charged and nothing is open.
 * - `cancelled`: over.
 */
export type Status = 'incomplete' | 'expired' | 'trialing' | 'active' | 'past_due' | 'paused' | 'cancelled'

/** What is agreed: a version of a plan, so many seats, and what a whole period of it costs. */
export type Terms = { plan: string; seats: number; price: Money; interval: Interval }

export type Subscription = {
  status: Status
  terms: Terms
  startedOn: Day
  /** From which periods are counted. */
  anchor: Day
  /** What is billed, or tried, now. */
  period: Period
  /** What stood when in this period, for proration. */
  changes: readonly Change[]
  /** What the next period begins with; null for the same. */
  next: Terms | null
  cancelsAtPeriodEnd: boolean
  /** Since when a payment is missing. */
  unpaidSince: Day | null
  resumesOn: Day | null
  endedOn: Day | null
}

/** Why something cannot be done with a subscription as it is. */
export type SubscriptionRefusal =
  | 'subscription_over'
  | 'subscription_unpaid'
  | 'subscription_incomplete'
  | 'subscription_paused'
  | 'subscription_not_paused'
  | 'subscription_in_trial'
  | 'subscription_not_trialing'
  | 'subscription_not_incomplete'
  | 'subscription_not_past_due'
  | 'subscription_already_cancels'
  | 'subscription_does_not_cancel'
  | 'subscription_period_not_over'
  | 'subscription_trial_not_over'
  | 'subscription_terms_same'
  | 'subscription_other_currency'
  | 'subscription_resumes_in_the_past'

/** What the service has to do about a transition; all of it in the transaction that stores it. */
export type Effect =
  /** Bill a whole period at its terms, or at what of it the changes leave. */
  | { effect: 'invoice_period'; period: Period }
  /** Bill or credit what the change costs in this period: `costOfChange`, as it was told beforehand. */
  | { effect: 'prorate'; period: Period; changes: readonly Change[]; next: Change }
  /** Credit the rest of the old interval, and bill a period of the new one: `costOfInterval`. */
  | { effect: 'change_interval'; period: Period; changes: readonly Change[]; on: Day; terms: Terms }
  | { effect: 'open_courses' | 'close_courses' | 'void_invoice' }

export type Outcome = { subscription: Subscription; effects: Effect[] } | { refused: SubscriptionRefusal }

/** Whether it opens its courses. */
export const opensCourses = ({ status }: Subscription): boolean =>
  status === 'trialing' || status === 'active' || status === 'past_due'

export const isOver = ({ status }: Subscription): boolean => status === 'cancelled' || status === 'expired'

/** A transition, with what it means for the courses worked out from the two states. */
export function moved(before: Subscription, after: Subscription, effects: Effect[] = []): Outcome {
  const [was, is] = [opensCourses(before), opensCourses(after)]
  if (was === is) return { subscription: after, effects }
  return { subscription: after, effects: [...effects, { effect: is ? 'open_courses' : 'close_courses' }] }
}
