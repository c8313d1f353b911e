import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'

/** What tests of attempts read and change past the service. */

/** Let an attempt have ended so many seconds ago, by the database's clock. */
export async function endAgo(db: Queryable, submissionId: string, seconds: number): Promise<void> {
  await db.run(sql`
    update submissions set expires_at = clock_timestamp() - make_interval(secs => ${seconds})
    where organization_id = ${db.organizationId} and id = ${submissionId}`)
}

/** Let an attempt have been submitted so many minutes ago. */
export async function submitAgo(db: Queryable, submissionId: string, minutes: number): Promise<void> {
  await db.run(sql`
    update submissions set submitted_at = clock_timestamp() - make_interval(mins => ${minutes}::int)
    where organization_id = ${db.organizationId} and id = ${submissionId}`)
}

/** The events that told of an attempt's result. */
export const selectResultEvents = (db: Unscoped, submissionId: string) =>
  db.rows<{
    payload: {
      scorePercent: number
      attemptNumber: number
      counted?: { scorePercent: number; passed: boolean }
      countedThrough?: number
    }
  }>(sql`
    select payload from outbox where name = 'assessment.completed' and payload ->> 'submissionId' = ${submissionId}`)

/** Let a quiz close so many minutes from now, or have closed. */
export async function closeIn(db: Queryable, quizId: string, minutes: number): Promise<void> {
  await db.run(sql`
    update quizzes set closes_at = clock_timestamp() + make_interval(mins => ${minutes}::int)
    where organization_id = ${db.organizationId} and id = ${quizId}`)
}

/** Let an attempt be as a process from before there were closings begins it: its end is all that tells of its limit. */
export async function forgetLimit(db: Queryable, submissionId: string): Promise<void> {
  await db.run(sql`
    update submissions set limit_seconds = null, bound_by_closing = null
    where organization_id = ${db.organizationId} and id = ${submissionId}`)
}

/** What is to be marked of an attempt, and what its other questions earned. */
export const selectToMarkOf = (db: Queryable, submissionId: string) =>
  db.rows<{ questionId: string; marker: string; state: string; soFar: unknown }>(sql`
    select a.question_id, a.marker, a.state, s.marked_so_far -> 'awarded' as so_far
    from answers_to_mark a join submissions s on s.organization_id = a.organization_id and s.id = a.submission_id
    where a.organization_id = ${db.organizationId} and a.submission_id = ${submissionId} order by a.id`)

/** Let everything in an attempt have happened so many minutes earlier; when its quiz closes stays. */
export async function putBack(db: Queryable, submissionId: string, minutes: number): Promise<void> {
  const by = sql`make_interval(mins => ${minutes}::int)`
  const earlier = (moment: Sql) => sql`to_jsonb((${moment})::timestamptz - ${by})`
  await db.run(sql`
    update submissions set started_at = started_at - ${by}, expires_at = expires_at - ${by}, sections_end = sections_end - ${by},
      went_on = coalesce((
        select jsonb_agg(${earlier(sql`w`)} order by n) from jsonb_array_elements_text(went_on) with ordinality as e (w, n)), '[]'),
      breaks = coalesce((
      select jsonb_agg(jsonb_build_object('from', ${earlier(sql`b ->> 'from'`)}, 'to', ${earlier(sql`b ->> 'to'`)}))
      from jsonb_array_elements(breaks) b), '[]')
    where organization_id = ${db.organizationId} and id = ${submissionId}`)
}
