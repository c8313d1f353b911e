import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { Parameters } from '../questions/parameters/read-parameters.ts'
import { releaseColumns } from '../quizzes/release.store.ts'

/** What assessment keeps of a person in a school. The scope is that school's. */

/** As much of an attempt as its values are found by. */
export type ToldAttempt = {
  id: string
  questionIds: string[]
  questionVersions: number[]
  hintsTaken: unknown
  confidence: unknown
  grading: object | null
  /** Whether its learner is shown the right answers. */
  answersShown: boolean
}

/** What is drawn for some questions, in all versions of them that draw anything. */
export function selectParameters(db: Queryable, questionIds: string[]) {
  return db.rows<{ id: string; version: number; parameters: Parameters }>(sql`
    select id, version, parameters from questions
    where organization_id = ${db.organizationId} and id = any(${questionIds}::uuid[]) and parameters is not null
    union all
    select question_id, version, parameters from question_versions
    where organization_id = ${db.organizationId} and question_id = any(${questionIds}::uuid[]) and parameters is not null`)
}

// What a section is about is told when it is asked: while the attempt is open a download tells it of none.
const sectionsTold = sql`
  case when s.state <> 'in_progress' then s.sections else coalesce((
    select jsonb_agg(e - 'instructions' order by n) from jsonb_array_elements(s.sections) with ordinality as o (e, n)), '[]') end`

/** A download tells of a result what the pages tell: a school may keep it back until all have taken the quiz. */
export function selectAttemptsOf(db: Queryable, userId: string) {
  return db.rows<ToldAttempt & Record<string, unknown>>(sql`
    select s.id, s.quiz_id, q.title as quiz_title, q.kind, s.attempt_number, s.state, s.question_ids,
      s.question_versions, s.answers, s.flags, s.flag_times, s.hints_taken, s.confidence,
      case when q.results_shown <> 'none' then round(s.score, 8) end as score,
      case when q.results_shown <> 'none' then round(s.max_score, 8) end as max_score,
      case when q.results_shown <> 'none' then s.passed end as passed,
      case when q.results_shown = 'all' and r.answers_released then s.grading
        when q.results_shown <> 'none' then jsonb_build_object('scorePercent', s.grading -> 'scorePercent') end as grading,
      s.grading is not null and q.results_shown = 'all' and r.answers_released as answers_shown,
      s.started_at, s.expires_at, s.breaks, ${sectionsTold} as sections, s.went_on, s.submitted_at, s.graded_at
    from submissions s join quizzes q on q.organization_id = s.organization_id and q.id = s.quiz_id
    cross join lateral (select ${releaseColumns}) r
    where s.organization_id = ${db.organizationId} and s.user_id = ${userId} order by s.started_at, s.id`)
}

/** The files that a person handed in, and where each is read. Their contents stay behind these addresses. */
export function selectUploadsOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select u.id, u.submission_id, u.question_id, u.name, u.media_type, u.size, u.state, u.begun_at, u.arrived_at,
      '/api/v1/assessment/uploads/' || u.id || '/file' as address
    from uploads u
    where u.organization_id = ${db.organizationId} and u.user_id = ${userId} order by u.begun_at, u.id`)
}

/** What a person was given, for their own eyes. */
export function selectAccommodationsOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select course_id, quiz_id, extra_percent, extra_minutes, extra_break_minutes, extra_attempts, opens_at, due_at, closes_at
    from accommodations where organization_id = ${db.organizationId} and user_id = ${userId}
    order by course_id, quiz_id nulls first`)
}

/** The groups that a person is in, and what each was given. Their names are education's. */
export function selectGroupsOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select m.course_id, m.group_id, coalesce((
      select json_agg(json_build_object('quizId', a.quiz_id, 'extraPercent', a.extra_percent,
        'extraMinutes', a.extra_minutes, 'extraBreakMinutes', a.extra_break_minutes,
        'extraAttempts', a.extra_attempts, 'opensAt', a.opens_at, 'dueAt', a.due_at, 'closesAt', a.closes_at)
        order by a.quiz_id nulls first)
      from group_accommodations a
      where a.organization_id = m.organization_id and a.group_id = m.group_id), '[]') as accommodations
    from group_members m where m.organization_id = ${db.organizationId} and m.user_id = ${userId}
    order by m.course_id, m.group_id`)
}

export function selectCoursesOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select l.course_id, c.title from course_learners l
    left join courses c on c.organization_id = l.organization_id and c.id = l.course_id
    where l.organization_id = ${db.organizationId} and l.user_id = ${userId} order by l.course_id`)
}

export function selectEnteredGradesOf(db: Queryable, userId: string) {
  return db.rows<{
    courseId: string
    itemId: string | null
    score: number | null
    excused: boolean
    comment: string | null
  }>(sql`
    select course_id, item_id, score, excused, comment from gradebook_entries
    where organization_id = ${db.organizationId} and user_id = ${userId} order by course_id, item_id`)
}

/** The levels that teachers set by judgement, where learners are shown their levels; the others follow from attempts. */
export function selectJudgedLevelsOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select j.course_id, s.code, s.title, j.level, j.reason, j.judged_at from (
      select distinct on (j.course_id, j.standard_id) j.course_id, j.standard_id, j.reason, j.judged_at, (
        select level ->> 'name' from jsonb_array_elements(r.levels) as level where level ->> 'id' = j.level_id::text) as level
      from standard_judgements j
      join standard_rules r on r.organization_id = j.organization_id and r.course_id = j.course_id
      where j.organization_id = ${db.organizationId} and j.user_id = ${userId} and r.shown
      order by j.course_id, j.standard_id, j.number desc) j
    join standards s on s.organization_id = ${db.organizationId} and s.course_id = j.course_id and s.id = j.standard_id
    where j.level is not null order by j.course_id, s.position`)
}

export function selectQuizzesOf(db: Queryable, userId: string) {
  return db.rows(sql`
    select id, course_id, title, created_at from quizzes
    where organization_id = ${db.organizationId} and created_by = ${userId} order by id`)
}

/** The marks that a person gave. Whose answers they were is not theirs to take along. */
export function selectMarksGivenBy(db: Queryable, userId: string) {
  return db.rows(sql`
    select m.quiz_id, m.question_id, m.state, m.levels, m.points, m.comment, m.annotations, m.marked_at from answers_to_mark m
    where m.organization_id = ${db.organizationId} and m.marked_by = ${userId}
      and not exists (select from given_marks g where g.organization_id = m.organization_id and g.answer_id = m.id
        and g.superseded_at is null)
    order by m.marked_at, m.id`)
}

/** Of answers that more than one person marks, those that this person gave. */
export function selectOneOfMarksGivenBy(db: Queryable, userId: string) {
  return db.rows(sql`
    select a.quiz_id, a.question_id, g.place, g.state, g.levels, g.points, g.comment, g.annotations, g.reason, g.marked_at
    from given_marks g join answers_to_mark a on a.organization_id = g.organization_id and a.id = g.answer_id
    where g.organization_id = ${db.organizationId} and g.marked_by = ${userId} order by g.marked_at, g.id`)
}

/** The marks that a person changed after they were given. */
export function selectMarkChangesBy(db: Queryable, userId: string) {
  return db.rows(sql`
    select question_id, kind, from_points::float8 as from_points, to_points::float8 as to_points, reason, changed_at
    from mark_changes
    where organization_id = ${db.organizationId} and changed_by = ${userId} order by changed_at, id`)
}

/** The comments that a person keeps to use again. */
export function selectCommentsKeptBy(db: Queryable, userId: string) {
  return db.rows(sql`
    select text, created_at from saved_comments
    where organization_id = ${db.organizationId} and user_id = ${userId} order by created_at, id`)
}

export async function deleteLearningOf(tx: Queryable, userId: string): Promise<void> {
  await tx.run(sql`
    delete from saved_comments where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    delete from open_answers where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    delete from accommodations where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(sql`
    delete from group_members where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(
    sql`delete from submissions where organization_id = ${tx.organizationId} and user_id = ${userId}`,
  )
  // Those of the attempts are gone with them, in the order in which who adds a file locks both.
  await tx.run(sql`delete from uploads where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(
    sql`delete from gradebook_entries where organization_id = ${tx.organizationId} and user_id = ${userId}`,
  )
  await tx.run(
    sql`delete from gradebook_history where organization_id = ${tx.organizationId} and user_id = ${userId}`,
  )
  await tx.run(sql`
    delete from standard_judgements where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(
    sql`delete from grade_checks where organization_id = ${tx.organizationId} and user_id = ${userId}`,
  )
  await tx.run(
    sql`delete from told_grades where organization_id = ${tx.organizationId} and user_id = ${userId}`,
  )
  await tx.run(sql`
    delete from access_code_guesses where organization_id = ${tx.organizationId} and user_id = ${userId}`)
  await tx.run(
    sql`delete from course_learners where organization_id = ${tx.organizationId} and user_id = ${userId}`,
  )
}
