import type { Queryable } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'
import { isInGroup } from '../groups/groups.store.ts'
import type { Question } from '../questions/question.ts'

/** A question in one of its versions; `position` is null once it was taken out of the quiz. */
export type QuestionVersion = Question & { position: number | null; current: boolean }

/** The versions of a quiz's questions that there are: the current ones, and those kept for attempts. */
export async function selectAllVersions(db: Queryable, quizId: string): Promise<QuestionVersion[]> {
  return db.rows<QuestionVersion>(sql`
    select id, version, type, content, points, options, correct_answer, body, scoring, feedback, hints, parameters,
      position, true as current
    from questions where organization_id = ${db.organizationId} and quiz_id = ${quizId}
    union all
    select v.question_id, v.version, v.type, v.content, v.points, v.options, v.correct_answer, v.body, v.scoring, v.feedback,
      v.hints, v.parameters, q.position, false
    from question_versions v left join questions q on q.organization_id = v.organization_id and q.id = v.question_id
    where v.organization_id = ${db.organizationId} and v.quiz_id = ${quizId}`)
}

/** Which attempts are counted: all that were submitted, or those of a group. */
export type Counted = {
  quizId: string
  courseId: string
  groupId?: string | undefined
  /** Leave out what awaits marks that are given without names: a small group would tell them. */
  gradedOnly?: boolean
}

const isCounted = (db: Queryable, { quizId, courseId, groupId, gradedOnly = false }: Counted): Sql => sql`
  s.organization_id = ${db.organizationId} and s.quiz_id = ${quizId} and s.state <> 'in_progress'
    and (not ${gradedOnly}::boolean or s.state = 'graded') and ${isInGroup(db, { courseId, groupId }, sql`s.user_id`)}`

/** Figures of the attempts. */
export async function selectQuizFigures(db: Queryable, counted: Counted) {
  return db.one<{
    submittedCount: number
    learnerCount: number
    averagePercent: number | null
    passedCount: number
  }>(sql`
    select count(*) as submitted_count, count(distinct user_id) as learner_count,
      round(avg((grading ->> 'scorePercent')::numeric), 2) as average_percent, count(*) filter (where passed) as passed_count
    from submissions s where ${isCounted(db, counted)}`)
}

// What each submitted attempt was asked, and the options that were chosen.
const asked = (db: Queryable, counted: Counted) => sql`
  select a.id, a.version, s.answers, coalesce(s.answers -> a.id::text, '[]'::jsonb) as chosen,
    -- What the answer earned: without what hints took, which points given by hand never have off.
    (coalesce(s.grading, s.marked_so_far) -> 'awarded' ->> a.id::text)::numeric
      + case when s.grading -> 'overridden' ? a.id::text then 0
        else coalesce((coalesce(s.grading, s.marked_so_far) -> 'hints' -> a.id::text ->> 'pointsOff')::numeric, 0) end as awarded,
    case when s.confidence_mode <> 'not_asked' then coalesce((s.confidence ->> a.id::text)::int, 1) end as confidence,
    jsonb_array_length(coalesce(s.hints_taken -> a.id::text, '[]'::jsonb)) as hints_taken
  from submissions s cross join unnest(s.question_ids, s.question_versions) as a (id, version)
  where ${isCounted(db, counted)}`

// The versions of the quiz's questions, with what answers to them are compared with.
const versions = ({ organizationId }: Queryable, { quizId }: Counted) => sql`
  select id, version, type, correct_answer, body, points from questions
  where organization_id = ${organizationId} and quiz_id = ${quizId}
  union all
  select question_id, version, type, correct_answer, body, points from question_versions
  where organization_id = ${organizationId} and quiz_id = ${quizId}`

/** The parts of a version that take answers of their own. */
const answeredParts = sql`case v.type when 'cloze' then v.body -> 'gaps' when 'item' then v.body -> 'parts' end`

/** By version of a question: how many were asked it, answered it, and were wholly right. */
export async function selectQuestionCounts(db: Queryable, counted: Counted) {
  return db.rows<{
    id: string
    version: number
    askedCount: number
    answeredCount: number
    rightCount: number
  }>(sql`
    with versions as (${versions(db, counted)})
    select a.id, a.version, count(*) as asked_count,
      count(*) filter (where jsonb_array_length(a.chosen) > 0 or exists (
        select from jsonb_array_elements(${answeredParts}) as part
        where jsonb_array_length(a.answers -> (part ->> 'id')) > 0)) as answered_count,
      count(*) filter (where case when v.body is null
        -- Each holds the other: the same options, in whatever order.
        then a.chosen @> v.correct_answer and a.chosen <@ v.correct_answer
        else v.points > 0 and a.awarded >= v.points end) as right_count
    from (${asked(db, counted)}) a join versions v on v.id = a.id and v.version = a.version
    group by a.id, a.version`)
}

/** By option of a version of a choice: how many chose it. */
export async function selectOptionCounts(db: Queryable, counted: Counted) {
  return db.rows<{ id: string; version: number; optionId: string; chosenCount: number }>(sql`
    with versions as (${versions(db, counted)})
    select a.id, a.version, o.option_id, count(*) as chosen_count
    from (${asked(db, counted)}) a join versions v on v.id = a.id and v.version = a.version
    cross join jsonb_array_elements_text(a.chosen) as o (option_id)
    where v.body is null
    group by a.id, a.version, o.option_id`)
}

/** By version of a choice and how sure learners were, the surest first: how many answered, and how many were right. */
export async function selectConfidenceCounts(db: Queryable, counted: Counted) {
  return db.rows<{ id: string; version: number; level: number; count: number; rightCount: number }>(sql`
    with versions as (${versions(db, counted)})
    select a.id, a.version, a.confidence as level, count(*) as count,
      count(*) filter (where a.chosen @> v.correct_answer and a.chosen <@ v.correct_answer) as right_count
    from (${asked(db, counted)}) a join versions v on v.id = a.id and v.version = a.version
    where v.body is null and a.confidence is not null and jsonb_array_length(a.chosen) > 0
    group by a.id, a.version, a.confidence order by a.confidence desc`)
}

/** By version of a question and number of a hint: how many took it. */
export async function selectHintCounts(db: Queryable, counted: Counted) {
  return db.rows<{ id: string; version: number; number: number; takenCount: number }>(sql`
    select a.id, a.version, n.number, count(*) as taken_count
    from (${asked(db, counted)}) a cross join generate_series(1, a.hints_taken) as n (number)
    group by a.id, a.version, n.number`)
}

/** Of each part, the answers told of. Typed texts may be as many as the learners. */
const mostGiven = 20

/**
 * By version of a question with a body: the answers given most, by the id of what they answer. An order is one answer,
 * and so is what was given to a part of an imported item; of several pairs each is one. Essays and programs are told of in surveys alone: in a quiz they are read one by one.
 */
export async function selectGivenCounts(db: Queryable, counted: Counted) {
  return db.rows<{
    id: string
    version: number
    responseId: string
    answer: string[]
    givenCount: number
  }>(sql`
    with versions as (${versions(db, counted)}),
    given as (
      select a.id, a.version, r.response_id, g.answer, count(*) as given_count
      from (${asked(db, counted)}) a join versions v on v.id = a.id and v.version = a.version
      cross join lateral (
        select a.id::text union all select part ->> 'id' from jsonb_array_elements(${answeredParts}) as part
      ) as r (response_id)
      cross join lateral (
        select a.answers -> r.response_id where v.type in ('ordering', 'item')
        union all
        -- Of a long text the beginning; what else is answered is shorter.
        select jsonb_build_array(left(one, 500)) from jsonb_array_elements_text(a.answers -> r.response_id) as one
        where v.type not in ('ordering', 'item')
      ) as g (answer)
      where v.body is not null and jsonb_array_length(g.answer) > 0
        and (v.type not in ('essay', 'code', 'upload') or exists (
          select from quizzes q where q.organization_id = ${db.organizationId} and q.id = ${counted.quizId} and q.kind = 'survey'))
      group by a.id, a.version, r.response_id, g.answer)
    select id, version, response_id, answer, given_count from (
      select given.*, row_number() over (
        partition by id, version, response_id order by given_count desc, answer::text) as place
      from given) ranked
    where place <= ${mostGiven} order by id, version, response_id, place`)
}

/** The current version of each of some questions; one that was taken out of its quiz is left out. */
export async function selectCurrentVersions(db: Queryable, questionIds: string[]) {
  return db.rows<{ id: string; version: number }>(sql`
    select id, version from questions
    where organization_id = ${db.organizationId} and id = any(${questionIds}::uuid[])`)
}
