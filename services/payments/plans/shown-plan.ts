import type { Plan } from './plans.store.ts'

/** A plan as people see it who may subscribe to it. */
export const shownPlan = ({ status: _status, courseIds: _courseIds, ...plan }: Plan) => plan

/** The same for those who keep the school's books. @param subscribers by plan */
export const schoolPlan = (plan: Plan, subscribers: ReadonlyMap<string, number> = new Map()) => ({
  ...shownPlan(plan),
  status: plan.status,
  subscribers: subscribers.get(plan.id) ?? 0,
})
