import type { Queryable } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'
import { releaseColumns } from '../quizzes/release.store.ts'

/**
 * What learners scored in questions that show standards. Of each quiz the attempts that count are taken, graded ones
 * alone, with their marks as they are now: overridden and regraded. What a regrade left out shows nothing, nor does a
 * question that was taken out of its quiz. How late it was takes nothing off.
 */

export type Asked = {
  courseId: string
  userIds: readonly string[]
  /** One standard; all without it. */
  standardId?: string
  /** As learners see it: only of quizzes whose marks they are shown now. */
  told?: boolean
}

/** Whether learners are shown the mark of each question of the quiz `q`. */
const isTold = sql`q.results_shown = 'all' and (select r.answers_released from (select ${releaseColumns}) r)`

const scored = (db: Queryable, { courseId, userIds, standardId, told = false }: Asked): Sql => sql`
  with aligned as materialized (
    select a.standard_id, a.quiz_id, a.question_id, q.counted_attempt, q.title, n.content
    from standard_alignments a
    join quizzes q on q.organization_id = a.organization_id and q.id = a.quiz_id
    join questions n on n.organization_id = a.organization_id and n.id = a.question_id and n.quiz_id = a.quiz_id
    where a.organization_id = ${db.organizationId} and a.course_id = ${courseId}
      and (${standardId ?? null}::uuid is null or a.standard_id = ${standardId ?? null}::uuid)
      and q.kind = 'quiz' and not q.practice and not q.bank and ${told ? isTold : sql`true`}),
  quizzes_aligned as materialized (select distinct quiz_id, counted_attempt from aligned),
  counted as materialized (
    select * from (
      select s.id, s.user_id, s.quiz_id, s.attempt_number, s.submitted_at, s.question_ids, s.question_versions,
        s.grading -> 'awarded' as awarded, s.grading -> 'regraded' as regraded, s.grading -> 'overridden' as overridden,
        z.counted_attempt,
        row_number() over (partition by s.quiz_id, s.user_id order by case z.counted_attempt
          when 'best' then (s.grading ->> 'scorePercent')::numeric
          when 'first' then -s.attempt_number end desc nulls last, s.attempt_number desc) as place
      from quizzes_aligned z join submissions s on s.quiz_id = z.quiz_id
      where s.organization_id = ${db.organizationId} and s.user_id = any(${userIds}::uuid[]) and s.state = 'graded') ranked
    where place = 1 or counted_attempt = 'average'),
  versions as materialized (
    select id, version, points from questions
    where organization_id = ${db.organizationId} and id in (select question_id from aligned)
    union all
    select question_id, version, points from question_versions
    where organization_id = ${db.organizationId} and question_id in (select question_id from aligned)),
  scored as (
    select c.id as submission_id, c.user_id, c.quiz_id, c.attempt_number, c.submitted_at, v.id as question_id,
      coalesce((c.awarded ->> v.id::text)::numeric, 0) as awarded, v.points
    from counted c cross join unnest(c.question_ids, c.question_versions) as asked (id, version)
    join versions v on v.id = asked.id and v.version = asked.version
    where v.points > 0 and (c.regraded -> v.id::text ->> 'rule' is distinct from 'left_out'
      or coalesce(c.overridden ? v.id::text, false)))`

/** Points in an attempt for one standard. */
export type Taken = {
  userId: string
  standardId: string
  quizId: string
  submittedAt: string
  awarded: number
  points: number
}

/** What counts of each attempt in each standard. */
export async function selectTaken(db: Queryable, asked: Asked): Promise<Taken[]> {
  if (asked.userIds.length === 0) return []
  return db.rows<Taken>(sql`
    ${scored(db, asked)}
    select t.user_id, a.standard_id, t.quiz_id, t.submitted_at, sum(t.awarded)::float8 as awarded,
      sum(t.points)::float8 as points
    from scored t join aligned a on a.question_id = t.question_id and a.quiz_id = t.quiz_id
    group by t.user_id, a.standard_id, t.quiz_id, t.submission_id, t.submitted_at`)
}

/** Each answer that counts in a standard, with what was asked. */
export async function selectAnswers(db: Queryable, asked: Asked) {
  return db.rows<
    Taken & {
      quizTitle: string
      submissionId: string
      attemptNumber: number
      questionId: string
      content: string
    }
  >(sql`
    ${scored(db, asked)}
    select t.user_id, a.standard_id, t.quiz_id, a.title as quiz_title, t.submission_id, t.attempt_number, t.submitted_at,
      t.question_id, a.content, t.awarded::float8 as awarded, t.points::float8 as points
    from scored t join aligned a on a.question_id = t.question_id and a.quiz_id = t.quiz_id
    order by t.submitted_at, t.submission_id, t.question_id limit 2000`)
}

/** The titles of some quizzes. */
export async function selectTitles(db: Queryable, quizIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.rows<{ id: string; title: string }>(sql`
    select id, title from quizzes where organization_id = ${db.organizationId} and id = any(${quizIds}::uuid[])`)
  return new Map(rows.map(({ id, title }) => [id, title]))
}
