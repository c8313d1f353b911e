import { addDays, type Day } from '../calendar/day.ts'
import { type DeclineKind, kindOf } from './decline.ts'

/** What happens when a payment of a subscription fails. */
export type DunningSchedule = {
  /** On which days after the first failure it is tried again. Rising. */
  retryDays: readonly number[]
  /** For how many days after the first failure the courses stay open, and the card can still be changed. */
  graceDays: number
  /** What becomes of the subscription then. */
  finally: 'cancel' | 'pause' | 'stay_past_due'
}

/** Tries on the days by which most cards that will work again do, with a payday in between. */
export const usualSchedule: DunningSchedule = { retryDays: [3, 5, 7, 14], graceDays: 21, finally: 'cancel' }

export type FailedPayment = { on: Day; declineCode: string }

/**
 * - `retry`: try the card again on that day, which may be past when the process was away.
 * - `wait_for_card`, `wait_for_customer`: nothing to try; ask for another card, or for a confirmation, until that day.
 * - `wait`: no retries are left, the grace is not over.
 * - `finish`: the grace is over.
 */
export type DunningStep =
  | { step: 'retry'; on: Day }
  | { step: 'wait_for_card' | 'wait_for_customer' | 'wait'; until: Day }
  | { step: 'finish'; action: DunningSchedule['finally'] }

const waits: Record<DeclineKind, 'wait_for_card' | 'wait_for_customer' | null> = {
  hard: 'wait_for_card',
  action: 'wait_for_customer',
  soft: null,
}

/**
 * The next step for an unpaid invoice.
 *
 * @param failures one at least, in order, the first being the one that began it
 * @param renewed whether the customer gave another card, or confirmed, since the last failure: it is tried at once then
 */
export function nextStep(
  schedule: DunningSchedule,
  failures: readonly FailedPayment[],
  today: Day,
  renewed: boolean,
): DunningStep {
  const first = failures[0]
  const last = failures.at(-1)
  if (!first || !last) throw new RangeError('Dunning begins with a payment that failed.')
  const graceEnds = addDays(first.on, schedule.graceDays)
  if (today >= graceEnds) return { step: 'finish', action: schedule.finally }
  if (renewed) return { step: 'retry', on: today }
  const wait = waits[kindOf(last.declineCode)]
  if (wait) return { step: wait, until: graceEnds }
  const next = schedule.retryDays.map(days => addDays(first.on, days)).find(day => day > last.on)
  return next && next < graceEnds ? { step: 'retry', on: next } : { step: 'wait', until: graceEnds }
}
