import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { releaseColumns } from '../quizzes/release.store.ts'

/** What questions show, and what learners scored in them. */

export type Aligned = {
  questionId: string
  quizId: string
  quizTitle: string
  standardIds: string[]
  /** The points of each of its versions, by their number. */
  worth: Record<string, number>
}

/** Whether learners are shown the mark of each question of the quiz `q` now. */
const isTold = sql`q.results_shown = 'all' and (select r.answers_released from (select ${releaseColumns}) r)`

/**
 * The questions of a course that show something. One that was taken out of its quiz shows nothing, nor do surveys,
 * practice and banks.
 * @param told as learners see it: only of quizzes whose marks they are shown.
 */
export async function selectAligned(
  db: Queryable,
  courseId: string,
  { standardId, told = false }: { standardId?: string | undefined; told?: boolean | undefined } = {},
): Promise<Aligned[]> {
  // Once for each quiz and not for each question: it may have to look at every learner.
  return db.rows<Aligned>(sql`
    with counting as materialized (
      select q.organization_id, q.id, q.title from quizzes q
      where q.organization_id = ${db.organizationId} and q.kind = 'quiz' and not q.practice and not q.bank
        and q.id in (
          select quiz_id from standard_alignments
          where organization_id = ${db.organizationId} and course_id = ${courseId})
        and ${told ? isTold : sql`true`})
    select n.id as question_id, n.quiz_id, q.title as quiz_title, a.standard_ids, jsonb_build_object(n.version, n.points)
      || coalesce((
        select jsonb_object_agg(v.version, v.points) from question_versions v
        where v.organization_id = n.organization_id and v.question_id = n.id), '{}') as worth
    from (
      select organization_id, quiz_id, question_id, array_agg(standard_id) as standard_ids from standard_alignments
      where organization_id = ${db.organizationId} and course_id = ${courseId}
        and (${standardId ?? null}::uuid is null or standard_id = ${standardId ?? null}::uuid)
      group by organization_id, quiz_id, question_id) a
    join counting q on q.organization_id = a.organization_id and q.id = a.quiz_id
    join questions n on n.organization_id = a.organization_id and n.id = a.question_id and n.quiz_id = a.quiz_id`)
}

/** A graded attempt that counts, with its marks as they are now. */
export type Counted = {
  submissionId: string
  userId: string
  quizId: string
  attemptNumber: number
  submittedAt: string
  questionIds: string[]
  questionVersions: number[]
  awarded: Record<string, number>
  regraded: Record<string, { rule: string }> | null
  overridden: Record<string, unknown> | null
}

/** Of each quiz and learner the attempts that count: all of an average, else one. */
export async function selectCounted(
  db: Queryable,
  quizIds: readonly string[],
  userIds: readonly string[],
): Promise<Counted[]> {
  if (quizIds.length === 0 || userIds.length === 0) return []
  return db.rows<Counted>(sql`
    select id as submission_id, user_id, quiz_id, attempt_number, submitted_at, question_ids, question_versions, awarded,
      regraded, overridden
    from (
      select s.id, s.user_id, s.quiz_id, s.attempt_number, s.submitted_at, s.question_ids, s.question_versions,
        coalesce(s.grading -> 'awarded', '{}') as awarded, s.grading -> 'regraded' as regraded,
        s.grading -> 'overridden' as overridden, q.counted_attempt,
        row_number() over (partition by s.quiz_id, s.user_id order by case q.counted_attempt
          when 'best' then (s.grading ->> 'scorePercent')::numeric
          when 'first' then -s.attempt_number end desc nulls last, s.attempt_number desc) as place
      from submissions s join quizzes q on q.organization_id = s.organization_id and q.id = s.quiz_id
      where s.organization_id = ${db.organizationId} and s.quiz_id = any(${quizIds}::uuid[])
        and s.user_id = any(${userIds}::uuid[]) and s.state = 'graded') ranked
    where place = 1 or counted_attempt = 'average'
    order by submitted_at, id`)
}

/** What some questions ask now. */
export async function selectContents(
  db: Queryable,
  questionIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.rows<{ id: string; content: string }>(sql`
    select id, content from questions
    where organization_id = ${db.organizationId} and id = any(${questionIds}::uuid[])`)
  return new Map(rows.map(({ id, content }) => [id, content]))
}
