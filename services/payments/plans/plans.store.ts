import type { Interval } from '@azora/billing/calendar/interval.ts'
import type { Price } from '@azora/contracts/money.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

export type PlanStatus = 'draft' | 'offered' | 'retired'

/** What a version of a plan says. */
export type PlanTerms = {
  name: string
  description: string
  interval: Interval
  prices: Price[]
  trialDays: number
  courseIds: string[]
}

export type Plan = PlanTerms & {
  id: string
  version: number
  status: PlanStatus
  courses: { courseId: string; title: string }[]
}

/** Columns of `plans p` and `plan_versions v`. */
const columns: Sql = sql`
  p.id, v.version, p.status, v.name, v.description, v.prices, v.trial_days, v.course_ids,
  json_build_object('unit', v.interval_unit, 'count', v.interval_count) as interval,
  coalesce((select json_agg(json_build_object('courseId', c.id, 'title', c.title) order by c.title, c.id)
    from courses c where c.organization_id = v.organization_id and c.id = any(v.course_ids)), '[]') as courses`

/** A plan as it is now, or one of its versions. */
export function selectOptionalPlan(db: Queryable, planId: string, version?: number): Promise<Plan | null> {
  return db.optional<Plan>(sql`
    select ${columns} from plans p
    join plan_versions v on v.organization_id = p.organization_id and v.plan_id = p.id
      and v.version = coalesce(${version ?? null}::int, p.version)
    where p.organization_id = ${db.organizationId} and p.id = ${planId}`)
}

export function selectOfferedPlans(db: Queryable, courseId?: string): Promise<Plan[]> {
  return db.rows<Plan>(sql`
    select ${columns} from plans p
    join plan_versions v on v.organization_id = p.organization_id and v.plan_id = p.id and v.version = p.version
    where p.organization_id = ${db.organizationId} and p.status = 'offered'
    ${courseId ? sql`and ${courseId}::uuid = any(v.course_ids)` : none}
    order by v.name, p.id limit 200`)
}

export function selectPlans(db: Queryable): Promise<Plan[]> {
  return db.rows<Plan>(sql`
    select ${columns} from plans p
    join plan_versions v on v.organization_id = p.organization_id and v.plan_id = p.id and v.version = p.version
    where p.organization_id = ${db.organizationId} order by p.id desc limit 500`)
}

type HeldPlan = { version: number; status: PlanStatus }

/** Hold a plan until the transaction ends. */
export function lockOptionalPlan(tx: Transaction, planId: string): Promise<HeldPlan | null> {
  return tx.optional<HeldPlan>(sql`
    select version, status from plans
    where organization_id = ${tx.organizationId} and id = ${planId} for update`)
}

export async function insertPlan(tx: Transaction, planId: string): Promise<void> {
  await tx.run(sql`insert into plans (id, organization_id) values (${planId}, ${tx.organizationId})`)
}

export async function insertVersion(
  tx: Transaction,
  { planId, version, terms }: { planId: string; version: number; terms: PlanTerms },
): Promise<void> {
  await tx.run(sql`
    insert into plan_versions (organization_id, plan_id, version, name, description, interval_unit, interval_count,
      prices, trial_days, course_ids)
    values (${tx.organizationId}, ${planId}, ${version}, ${terms.name}, ${terms.description}, ${terms.interval.unit},
      ${terms.interval.count}, ${JSON.stringify(terms.prices)}::jsonb, ${terms.trialDays},
      ${terms.courseIds}::uuid[])`)
  await tx.run(sql`
    update plans set version = ${version} where organization_id = ${tx.organizationId} and id = ${planId}`)
}

export async function updatePlanStatus(tx: Transaction, planId: string, status: PlanStatus): Promise<void> {
  await tx.run(sql`
    update plans set status = ${status} where organization_id = ${tx.organizationId} and id = ${planId}`)
}

/** Of some courses, those that payments knows in the school. */
export async function selectKnownCourses(db: Queryable, courseIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.rows<{ id: string }>(sql`
    select id from courses where organization_id = ${db.organizationId} and id = any(${[...courseIds]}::uuid[])`)
  return new Set(rows.map(({ id }) => id))
}
