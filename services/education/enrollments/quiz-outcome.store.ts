import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** A graded attempt, as progress and gradebook take it. */
export type Outcome = {
  userId: string
  courseId: string
  quizId: string
  scorePercent: number
  passed: boolean
  attemptNumber: number
  /** What counts of the attempts up to this one; of older events the best does. */
  counted?: { scorePercent: number; passed: boolean } | undefined
  /** The latest attempt that `counted` takes in, where that is a later one. */
  countedThrough?: number | undefined
}

/**
 * Keep the result of each quiz that counts, and mark the lessons that show it as done where it was passed or need not be.
 * Takes an event once; an older one never changes what a later one said, and of events that do not say what counts the best does. In the order of the enrolments, so that two who do this for
 * the same learners do not wait for each other.
 *
 * @returns the enrolments that are concerned: an attempt by someone not enrolled, an author's trial, concerns none.
 */
export async function recordOutcomes(db: Queryable, outcomes: readonly Outcome[]): Promise<string[]> {
  const concerned = await db.rows<{ id: string }>(sql`
    with taken as (
      select e.id as enrollment_id, e.course_id, o."quizId" as quiz_id, max(o."scorePercent") as percent,
        bool_or(o.passed) as passed, max(coalesce(o."countedThrough", o."attemptNumber")) as attempts,
        -- What the latest attempt says that counts; of two that reach as far, what was told later.
        (array_agg(o.counted order by coalesce(o."countedThrough", o."attemptNumber") desc, o.place desc) filter (where o.counted is not null))[1] as counted,
        -- Passed is passed: a lesson is done by any attempt, whichever of them is counted for the grade.
        bool_or(o.passed or coalesce((o.counted ->> 'passed')::boolean, false)) or not c.require_quizzes as completes
      from jsonb_to_recordset(${JSON.stringify(outcomes.map((outcome, place) => ({ ...outcome, place })))}::jsonb) as o ("userId" uuid, "courseId" uuid, "quizId" uuid,
        "scorePercent" numeric, passed boolean, "attemptNumber" int, "countedThrough" int, counted jsonb,
        place int)
      join enrollments e
        on e.organization_id = ${db.organizationId} and e.user_id = o."userId" and e.course_id = o."courseId"
      join courses c on c.organization_id = e.organization_id and c.id = e.course_id
      group by e.id, e.course_id, o."quizId", c.require_quizzes
    ), counted as (
      insert into quiz_results (organization_id, enrollment_id, quiz_id, best_percent, passed, attempts)
      select ${db.organizationId}::uuid, enrollment_id, quiz_id, (counted ->> 'scorePercent')::numeric,
        (counted ->> 'passed')::boolean, attempts
      from taken where counted is not null order by enrollment_id, quiz_id
      on conflict (enrollment_id, quiz_id) do update set
        best_percent = excluded.best_percent, passed = excluded.passed, attempts = excluded.attempts
      where quiz_results.organization_id = excluded.organization_id and quiz_results.attempts <= excluded.attempts
    ), best as (
      insert into quiz_results (organization_id, enrollment_id, quiz_id, best_percent, passed, attempts)
      select ${db.organizationId}::uuid, enrollment_id, quiz_id, percent, passed, attempts
      from taken where counted is null order by enrollment_id, quiz_id
      on conflict (enrollment_id, quiz_id) do update set
        best_percent = greatest(quiz_results.best_percent, excluded.best_percent),
        passed = quiz_results.passed or excluded.passed,
        attempts = greatest(quiz_results.attempts, excluded.attempts)
      where quiz_results.organization_id = excluded.organization_id
    ), done as (
      insert into lesson_progress (organization_id, enrollment_id, lesson_id, position_percent, completed_at)
      select l.organization_id, t.enrollment_id, l.id, 100, now() from taken t
      join lessons l
        on l.organization_id = ${db.organizationId} and l.course_id = t.course_id and l.quiz_id = t.quiz_id
      where t.completes order by t.enrollment_id, l.id
      on conflict (enrollment_id, lesson_id) do update set
        position_percent = 100, completed_at = coalesce(lesson_progress.completed_at, excluded.completed_at)
      where lesson_progress.organization_id = excluded.organization_id
    )
    select distinct enrollment_id as id from taken`)
  return concerned.map(({ id }) => id)
}
