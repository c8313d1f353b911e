import { addDays, type Day } from '@azora/billing/calendar/day.ts'
import {
  type Outcome,
  opensCourses,
  type Subscription as State,
} from '@azora/billing/subscriptions/subscription.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import { selectGranted } from '../access/access.store.ts'
import { endAccess, grantAccess } from '../access/access.ts'
import { selectOptionalPlan } from '../plans/plans.store.ts'
import { noteMoment } from '../revenue/note-moment.ts'
import { linesOf } from './bill-lines.ts'
import { selectOpenBills, voidBill } from './bills.store.ts'
import { openBill } from './open-bill.ts'
import { type Stored, updateState } from './subscriptions.store.ts'
import { tellChange } from './tell.ts'
import { planOfTerms } from './terms-of-plan.ts'

export type Clock = { now: Date; day: Day }

/** The day on which something happens to a subscription by itself; null for none. */
function nextDueOf({ status, period, resumesOn, startedOn }: State): Day | null {
  if (status === 'incomplete') return addDays(startedOn, 1)
  if (status === 'paused') return resumesOn
  return status === 'trialing' || status === 'active' || status === 'past_due' ? period.until : null
}

/**
 * Store a transition with all that it brings: what is billed, what is open, what others are told. The caller holds the
 * subscription.
 * @throws AppError with the reason for which the transition is refused
 */
export async function applyOutcome(
  tx: Transaction,
  stored: Stored,
  outcome: Outcome,
  clock: Clock,
): Promise<Stored> {
  if ('refused' in outcome) throw refusal(outcome.refused)
  const { subscription: state, effects } = outcome
  const { planId, version } = planOfTerms(state.terms)
  const next: Stored = { ...stored, state, planId, planVersion: version, revision: stored.revision + 1 }
  await updateState(tx, stored.id, state, { planId, version }, nextDueOf(state))
  await noteMoment(tx, next, clock.day)
  if (effects.some(({ effect }) => effect === 'void_invoice'))
    for (const bill of await selectOpenBills(tx, stored.id)) await voidBill(tx, bill.id)
  const lines = linesOf(effects, state)
  if (lines.length > 0) await openBill(tx, next, lines, clock)
  await openCoursesOf(tx, next, clock.now.toISOString())
  await tellChange(tx, stored, next)
  return next
}

/** What its plan opens is open to its owner, and nothing else for its sake. */
async function openCoursesOf(tx: Transaction, { id, ownerId, state }: Stored, at: string): Promise<void> {
  if (ownerId === null) return
  const reason = { userId: ownerId, source: 'subscription', sourceId: id } as const
  const { planId, version } = planOfTerms(state.terms)
  const plan = opensCourses(state) ? await selectOptionalPlan(tx, planId, version) : null
  const wanted = plan?.courseIds ?? []
  const granted = await selectGranted(tx, reason)
  const missing = wanted.filter(courseId => !granted.includes(courseId))
  const over = granted.filter(courseId => !wanted.includes(courseId))
  // What opens comes first, so that a course that both plans have is not closed in between.
  if (missing.length > 0) await grantAccess(tx, reason, missing, at)
  if (over.length > 0) await endAccess(tx, reason, at, over)
}
