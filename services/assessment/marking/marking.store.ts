import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'
import { isInGroup } from '../groups/groups.store.ts'
import type { Mark } from '../questions/score.ts'
import type { Grading } from '../quizzes/grade.ts'
import { keptOf } from '../submissions/submissions.store.ts'
import type { Tolerance } from './agreement.ts'
import type { NotRun } from './programs/programs.store.ts'

/** How the answers of a quiz are marked by people. */
export type MarkingSettings = Tolerance & {
  release: 'at_once' | 'together'
  anonymous: boolean
  /** One person, two who do not see each other's marks, or one whose marks are moderated. */
  markers: 'one' | 'two' | 'moderated'
  /** The share of attempts that is moderated. */
  samplePercent: number
  /** Whether who gave a mark may decide, too: there is no third person. */
  markersDecide: boolean
}

const defaults: MarkingSettings = {
  release: 'at_once',
  anonymous: false,
  markers: 'one',
  tolerance: 10,
  toleranceUnit: 'percent',
  samplePercent: 10,
  markersDecide: false,
}

export type MarkState = 'waiting' | 'draft' | 'marked'

/** An answer that a person marks, or tests do, with its mark so far. */
export type MarkedAnswer = {
  id: string
  quizId: string
  submissionId: string
  questionId: string
  alias: string
  state: MarkState
  revision: number
  levels: Record<string, string>
  points: number | null
  comment: string
  annotations: Annotation[]
  markedBy: string | null
  /** Of a program, what each of its tests came to. */
  marks: Mark[] | null
  /** Why a person marks a program. */
  notRun: NotRun | null
  /** Whether it is for a moderator. */
  toDecide: boolean
  userId: string
  attemptNumber: number
}

export type QuizToMark = MarkingSettings & {
  quizId: string
  courseId: string
  title: string
  waitingCount: number
  markedCount: number
  readyCount: number
  decideCount: number
}

const columns = sql`a.id, a.quiz_id, a.submission_id, a.question_id, a.alias, a.state, a.revision, a.levels, a.points,
  a.comment, a.marked_by, a.marks, a.not_run, a.annotations,
  a.to_decide, s.user_id, s.attempt_number`

const settingColumns = sql`release, anonymous, markers, tolerance, tolerance_unit, sample_percent, markers_decide`
/** A quiz may have no row of them. */
const settingsWith = (m: Sql) => sql`coalesce(${m}.release, ${defaults.release}) as release,
  coalesce(${m}.anonymous, ${defaults.anonymous}) as anonymous, coalesce(${m}.markers, ${defaults.markers}) as markers,
  coalesce(${m}.tolerance, ${defaults.tolerance})::float8 as tolerance,
  coalesce(${m}.tolerance_unit, ${defaults.toleranceUnit}) as tolerance_unit,
  coalesce(${m}.sample_percent, ${defaults.samplePercent}) as sample_percent,
  coalesce(${m}.markers_decide, ${defaults.markersDecide}) as markers_decide`

/** Of an attempt that is not graded yet: what is released is no longer on the desk. */
export async function selectOptionalAnswer(db: Queryable, answerId: string): Promise<MarkedAnswer | null> {
  return db.optional<MarkedAnswer>(sql`
    select ${columns} from answers_to_mark a
    join submissions s on s.organization_id = a.organization_id and s.id = a.submission_id
    where a.organization_id = ${db.organizationId} and a.id = ${answerId} and a.marker = 'person'
      and s.marked_so_far is not null`)
}

export async function selectAnswersOf(db: Queryable, submissionId: string): Promise<MarkedAnswer[]> {
  return db.rows<MarkedAnswer>(sql`
    select ${columns} from answers_to_mark a
    join submissions s on s.organization_id = a.organization_id and s.id = a.submission_id
    where a.organization_id = ${db.organizationId} and a.submission_id = ${submissionId} order by a.id`)
}

/** Those that one can mark first, as there may be more; then by their random names, so that it tells nothing of who wrote them. */
export async function selectAnswersToMark(
  db: Queryable,
  quizId: string,
  {
    userId,
    courseId,
    groupId,
    mostAnswers,
  }: { userId: string; courseId: string; groupId?: string | undefined; mostAnswers: number },
): Promise<MarkedAnswer[]> {
  return db.rows<MarkedAnswer>(sql`
    select ${columns} from answers_to_mark a
    join submissions s on s.organization_id = a.organization_id and s.id = a.submission_id
    where a.organization_id = ${db.organizationId} and a.quiz_id = ${quizId} and a.marker = 'person'
      and s.marked_so_far is not null and ${isInGroup(db, { courseId, groupId }, sql`s.user_id`)}
    order by a.state = 'marked', not a.to_decide and exists (select from given_marks g
        where g.organization_id = a.organization_id and g.answer_id = a.id and g.marked_by = ${userId}
          and g.state = 'marked' and g.superseded_at is null),
      a.alias, a.id limit ${mostAnswers}`)
}

/**
 * The quizzes of a course, or one of them, that have answers for a person to mark. Of a group, its own answers are
 * counted; attempts that are ready are released together, and so counted in all.
 */
export async function selectQuizzesToMark(
  db: Queryable,
  {
    courseId,
    quizId = null,
    groupId,
  }: { courseId: string; quizId?: string | null; groupId?: string | undefined },
): Promise<QuizToMark[]> {
  const counted = isInGroup(db, { courseId, groupId }, sql`s.user_id`)
  return db.rows<QuizToMark>(sql`
    select q.id as quiz_id, q.course_id, q.title, ${settingsWith(sql`m`)},
      coalesce(sum(t.decide), 0)::int as decide_count, coalesce(sum(t.waiting), 0)::int as waiting_count, coalesce(sum(t.marked), 0)::int as marked_count,
      (count(t.submission_id) filter (where t.unmarked = 0))::int as ready_count
    from quizzes q
    left join quiz_marking m on m.organization_id = q.organization_id and m.quiz_id = q.id
    left join lateral (
      select a.submission_id, count(*) filter (where a.state <> 'marked') as unmarked,
        count(*) filter (where a.state <> 'marked' and a.marker = 'person' and ${counted}) as waiting,
        count(*) filter (where a.state = 'marked' and a.marker = 'person' and ${counted}) as marked,
        count(*) filter (where a.state <> 'marked' and a.to_decide and ${counted}) as decide
      from submissions s join answers_to_mark a on a.organization_id = s.organization_id and a.submission_id = s.id
      where s.organization_id = q.organization_id and s.quiz_id = q.id and s.marked_so_far is not null
      group by a.submission_id having bool_or(a.marker = 'person')) t on true
    where q.organization_id = ${db.organizationId} and q.course_id = ${courseId}
      and (${quizId}::uuid is null or q.id = ${quizId}::uuid)
      and exists (select from questions n
        where n.organization_id = q.organization_id and n.quiz_id = q.id and n.type in ('essay', 'upload')
        union all select from answers_to_mark a
        where a.organization_id = q.organization_id and a.quiz_id = q.id and a.marker = 'person')
    group by q.id, m.quiz_id
    order by coalesce(sum(t.waiting), 0) + count(t.submission_id) filter (where t.unmarked = 0) desc, q.title, q.id
    limit 500`)
}

export async function selectMarkingSettings(db: Queryable, quizId: string): Promise<MarkingSettings> {
  const stored = await db.optional<MarkingSettings>(sql`
    select ${settingsWith(sql`m`)} from quiz_marking m
    where m.organization_id = ${db.organizationId} and m.quiz_id = ${quizId}`)
  return stored ?? defaults
}

export async function upsertMarkingSettings(
  db: Queryable,
  quizId: string,
  settings: MarkingSettings,
): Promise<void> {
  const { release, anonymous, markers, tolerance, toleranceUnit, samplePercent, markersDecide } = settings
  await db.run(sql`
    insert into quiz_marking (quiz_id, organization_id, ${settingColumns})
    values (${quizId}, ${db.organizationId}, ${release}, ${anonymous}, ${markers}, ${tolerance}, ${toleranceUnit},
      ${samplePercent}, ${markersDecide})
    on conflict (quiz_id) do update set release = excluded.release, anonymous = excluded.anonymous,
      markers = excluded.markers, tolerance = excluded.tolerance, tolerance_unit = excluded.tolerance_unit,
      sample_percent = excluded.sample_percent, markers_decide = excluded.markers_decide
    where quiz_marking.organization_id = excluded.organization_id`)
}

/** Give a copy of a quiz the settings of the original, in the same school. */
export async function copyMarkingSettings(db: Queryable, quizId: string, copyId: string): Promise<void> {
  await db.run(sql`
    insert into quiz_marking (quiz_id, organization_id, ${settingColumns})
    select ${copyId}::uuid, organization_id, ${settingColumns} from quiz_marking
    where organization_id = ${db.organizationId} and quiz_id = ${quizId}`)
}

/** Save a mark whose attempt is locked. */
export async function updateMark(
  tx: Transaction,
  answerId: string,
  mark: Pick<MarkedAnswer, 'state' | 'levels' | 'points' | 'comment' | 'annotations' | 'markedBy'>,
): Promise<number> {
  const { revision } = await tx.one<{ revision: number }>(sql`
    update answers_to_mark set state = ${mark.state}, levels = ${JSON.stringify(mark.levels)}::jsonb,
      points = ${mark.points}, comment = ${mark.comment},
      annotations = ${JSON.stringify(mark.annotations)}::jsonb, marked_by = ${mark.markedBy},
      marked_at = clock_timestamp(), revision = revision + 1
    where organization_id = ${tx.organizationId} and id = ${answerId} returning revision`)
  return revision
}

/** Attempts whose answers are all marked, for release, but for those that failed; the longest waiting first. */
export async function selectReady(
  db: Queryable,
  quizId: string,
  failedIds: string[],
  most = 200,
): Promise<{ id: string }[]> {
  return db.rows<{ id: string }>(sql`
    select s.id from submissions s
    where s.organization_id = ${db.organizationId} and s.quiz_id = ${quizId} and s.marked_so_far is not null
      and s.id <> all(${failedIds}::uuid[])
      and not exists (
        select from answers_to_mark a
        where a.organization_id = s.organization_id and a.submission_id = s.id and a.state <> 'marked')
    order by s.submitted_at, s.id limit ${most}`)
}

/** Grade an attempt that awaited marking and is locked. */
export function gradeAwaiting(
  tx: Transaction,
  submissionId: string,
  grading: Parameters<typeof keptOf>[0] & Pick<Grading, 'score' | 'maxScore' | 'passed'>,
): void {
  tx.send(sql`
    update submissions set state = 'graded', marked_so_far = null, score = ${grading.score},
      max_score = ${grading.maxScore}, passed = ${grading.passed},
      grading = ${JSON.stringify(keptOf(grading))}::jsonb, graded_at = clock_timestamp()
    where organization_id = ${tx.organizationId} and id = ${submissionId} and state = 'submitted'
      and marked_so_far is not null`)
}
