import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { Question } from '../quizzes/quizzes.store.ts'

/** A question in one of its versions; `position` is null once it was taken out of the quiz. */
export type QuestionVersion = Omit<Question, 'feedback'> & { position: number | null; current: boolean }

/** The versions of a quiz's questions that there are: the current ones, and those kept for attempts. */
export async function selectAllVersions(db: Queryable, quizId: string): Promise<QuestionVersion[]> {
  return db.rows<QuestionVersion>(sql`
    select id, version, type, content, points, options, correct_answer, position, true as current
    from questions where organization_id = ${db.organizationId} and quiz_id = ${quizId}
    union all
    select v.question_id, v.version, v.type, v.content, v.points, v.options, v.correct_answer, q.position, false
    from question_versions v left join questions q on q.organization_id = v.organization_id and q.id = v.question_id
    where v.organization_id = ${db.organizationId} and v.quiz_id = ${quizId}`)
}

/** Figures of all attempts that were submitted. */
export async function selectQuizFigures(db: Queryable, quizId: string) {
  return db.one<{
    submittedCount: number
    learnerCount: number
    averagePercent: number | null
    passedCount: number
  }>(sql`
    select count(*) as submitted_count, count(distinct user_id) as learner_count,
      round(avg((grading ->> 'scorePercent')::numeric), 2) as average_percent, count(*) filter (where passed) as passed_count
    from submissions
    where organization_id = ${db.organizationId} and quiz_id = ${quizId} and state <> 'in_progress'`)
}

// What each submitted attempt was asked, and the options that were chosen.
const asked = (organizationId: string, quizId: string) => sql`
  select a.id, a.version, coalesce(s.answers -> a.id::text, '[]'::jsonb) as chosen
  from submissions s cross join unnest(s.question_ids, s.question_versions) as a (id, version)
  where s.organization_id = ${organizationId} and s.quiz_id = ${quizId} and s.state <> 'in_progress'`

/** By version of a question: how many were asked it, answered it, and chose exactly what is right. */
export async function selectQuestionCounts(db: Queryable, quizId: string) {
  return db.rows<{
    id: string
    version: number
    askedCount: number
    answeredCount: number
    rightCount: number
  }>(sql`
    with versions as (
      select id, version, correct_answer from questions
      where organization_id = ${db.organizationId} and quiz_id = ${quizId}
      union all
      select question_id, version, correct_answer from question_versions
      where organization_id = ${db.organizationId} and quiz_id = ${quizId})
    select a.id, a.version, count(*) as asked_count,
      count(*) filter (where jsonb_array_length(a.chosen) > 0) as answered_count,
      -- Each holds the other: the same options, in whatever order.
      count(*) filter (where a.chosen @> v.correct_answer and a.chosen <@ v.correct_answer) as right_count
    from (${asked(db.organizationId, quizId)}) a join versions v on v.id = a.id and v.version = a.version
    group by a.id, a.version`)
}

/** By option of a version of a question: how many chose it. */
export async function selectOptionCounts(db: Queryable, quizId: string) {
  return db.rows<{ id: string; version: number; optionId: string; chosenCount: number }>(sql`
    select a.id, a.version, o.option_id, count(*) as chosen_count
    from (${asked(db.organizationId, quizId)}) a cross join jsonb_array_elements_text(a.chosen) as o (option_id)
    group by a.id, a.version, o.option_id`)
}

/** The current version of each of some questions; one that was taken out of its quiz is left out. */
export async function selectCurrentVersions(db: Queryable, questionIds: string[]) {
  return db.rows<{ id: string; version: number }>(sql`
    select id, version from questions
    where organization_id = ${db.organizationId} and id = any(${questionIds}::uuid[])`)
}
