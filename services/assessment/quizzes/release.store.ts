import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { graceSeconds } from '../submissions/grace.ts'
import type { Release } from './release.ts'

/** The dates of each learner, and of each group with learners, that was given something: for the quiz `q`, or else for its course. */
const given = sql`
  (select own.due_at, own.closes_at from (
     select distinct on (c.user_id) c.due_at, c.closes_at from accommodations c
     where c.organization_id = q.organization_id and c.course_id = q.course_id and (c.quiz_id = q.id or c.quiz_id is null)
     order by c.user_id, c.quiz_id nulls last) own
   union all
   select of_group.due_at, of_group.closes_at from (
     select distinct on (c.group_id) c.due_at, c.closes_at from group_accommodations c
     where c.organization_id = q.organization_id and c.course_id = q.course_id and (c.quiz_id = q.id or c.quiz_id is null)
       and exists (select from group_members m
         where m.organization_id = c.organization_id and m.group_id = c.group_id)
     order by c.group_id, c.quiz_id nulls last) of_group) c`

// An answer that was under way at the end is still taken.
const grace = sql`make_interval(secs => ${graceSeconds})`

/**
 * The last end of anybody: the closing, or the due date where there is none. Who began before it and has a time limit
 * is waited for.
 */
const lastEnd = sql`
  (select greatest(e.at, (
     select max(s.expires_at) from submissions s
     where s.organization_id = q.organization_id and s.quiz_id = q.id and s.state = 'in_progress'
       and s.bound_by_closing is not false and s.started_at <= e.at)) + ${grace}
   from (
     select greatest(coalesce(q.closes_at, q.due_at), (
       select max(coalesce(c.closes_at, q.closes_at, c.due_at, q.due_at)) from ${given})) as at) e
   where coalesce(q.closes_at, q.due_at) is not null)`

const lastClosing = sql`
  (select greatest(q.closes_at, (select max(coalesce(c.closes_at, q.closes_at)) from ${given})) + ${grace}
   where q.closes_at is not null)`

const allSubmitted = sql`
  not exists (
    select from course_learners l
    where l.organization_id = q.organization_id and l.course_id = q.course_id and not l.ended and not exists (
      select from submissions s
      where s.organization_id = q.organization_id and s.quiz_id = q.id and s.user_id = l.user_id
        and s.state <> 'in_progress'))`

/**
 * Where the release of a quiz `q` stands. It is worked out at each reading, so that no job has to come first and every
 * change of a date holds at once; nothing is looked up where answers are shown at once.
 */
export const releaseColumns = sql`
  q.answer_release,
  case q.answer_release when 'after_due' then ${lastEnd} when 'after_all' then ${lastClosing} end as answers_release_at,
  case q.answer_release
    when 'at_once' then true
    when 'after_due' then coalesce(${lastEnd} < clock_timestamp(), false)
    when 'after_all' then coalesce(${lastClosing} < clock_timestamp(), false) or ${allSubmitted}
    else false end as answers_released`

export async function selectRelease(db: Queryable, quizId: string): Promise<Release> {
  return db.one<Release>(sql`
    select ${releaseColumns} from quizzes q where q.organization_id = ${db.organizationId} and q.id = ${quizId}`)
}
