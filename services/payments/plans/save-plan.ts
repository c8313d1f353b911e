import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { refuseForeign } from '../prices/set-prices.ts'
import { selectCurrencies } from '../settings/settings.store.ts'
import {
  insertPlan,
  insertVersion,
  lockOptionalPlan,
  type Plan,
  type PlanTerms,
  selectKnownCourses,
  selectOptionalPlan,
  updatePlanStatus,
} from './plans.store.ts'

/** Make a plan, as a draft. @throws AppError `invalid_input` for a course or a currency that the school does not have. */
export function createPlan(db: Database, by: Caller, terms: PlanTerms): Promise<Plan> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    await requireSellable(tx, terms, [])
    const planId = uuidv7()
    await insertPlan(tx, planId)
    return saved(tx, by, { planId, version: 1, terms })
  })
}

/**
 * Save another version of a plan, on top of the one that was changed.
 * @throws AppError `not_found`; `conflict` where somebody saved since; as `createPlan`.
 */
export function savePlan(
  db: Database,
  by: Caller,
  { planId, version, ...terms }: PlanTerms & { planId: string; version: number },
): Promise<Plan> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const held = await lockOptionalPlan(tx, planId)
    if (!held) throw new AppError('not_found')
    if (held.version !== version) throw new AppError('conflict')
    const before = await selectOptionalPlan(tx, planId)
    await requireSellable(tx, terms, before?.prices ?? [])
    return saved(tx, by, { planId, version: version + 1, terms })
  })
}

/** Offer a plan, or stop offering it. @throws AppError `not_found` */
export function setPlanStatus(
  db: Database,
  by: Caller,
  { planId, status }: { planId: string; status: 'offered' | 'retired' },
): Promise<Plan> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    if (!(await lockOptionalPlan(tx, planId))) throw new AppError('not_found')
    await updatePlanStatus(tx, planId, status)
    const plan = await requirePlan(tx, planId)
    await recordAudit(tx, 'payments', by, {
      action: 'plan.status_changed',
      subject: { kind: 'plan', id: planId, name: plan.name },
      details: { status },
    })
    return plan
  })
}

async function saved(
  tx: Transaction,
  by: Caller,
  { planId, version, terms }: { planId: string; version: number; terms: PlanTerms },
): Promise<Plan> {
  const courseIds = [...new Set(terms.courseIds)]
  await insertVersion(tx, { planId, version, terms: { ...terms, courseIds } })
  await recordAudit(tx, 'payments', by, {
    action: 'plan.saved',
    subject: { kind: 'plan', id: planId, name: terms.name },
    details: { version, prices: terms.prices, interval: terms.interval, trialDays: terms.trialDays },
  })
  return requirePlan(tx, planId)
}

async function requirePlan(tx: Transaction, planId: string): Promise<Plan> {
  const plan = await selectOptionalPlan(tx, planId)
  if (!plan) throw new Error('A plan vanished.')
  return plan
}

async function requireSellable(
  tx: Transaction,
  { prices, courseIds }: PlanTerms,
  before: PlanTerms['prices'],
): Promise<void> {
  refuseForeign(prices, await selectCurrencies(tx), before)
  const known = await selectKnownCourses(tx, courseIds)
  const strange = courseIds.findIndex(courseId => !known.has(courseId))
  if (strange >= 0) throw invalidField(`courseIds.${strange}`, 'course_unknown')
}
