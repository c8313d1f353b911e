import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { Conditions } from '../accommodations/accommodate.ts'
import { joinedFor } from '../accommodations/accommodations.store.ts'
import type { Standing } from '../courses/courses.store.ts'
import type { ConfidenceMode } from '../questions/confidence.ts'
import { sharingPassages } from '../questions/passage.ts'
import type { Question } from '../questions/question.ts'
import { passageColumn } from './passages.store.ts'
import type { QuizSection } from './quiz-sections.ts'
import { releaseColumns } from './release.store.ts'
import type { AnswerRelease, Release, ResultsShown } from './release.ts'

export type QuizKind = 'quiz' | 'survey'
/** Which of several attempts a learner's result is. */
export type CountedAttempt = 'best' | 'last' | 'average' | 'first'

/** All questions on one page, or one after another, with or without a way back. */
export type Layout = 'all_at_once' | 'one_by_one' | 'forward_only'

export type Quiz = {
  id: string
  courseId: string
  kind: QuizKind
  title: string
  description: string
  passingScore: number
  timeLimitMinutes: number | null
  maxAttempts: number | null
  shuffle: boolean
  shuffleAnswers: boolean
  opensAt: string | null
  /** Whether that time is still to come, by the database's clock. */
  locked: boolean
  dueAt: string | null
  closesAt: string | null
  /** Whether that time has come. */
  closed: boolean
  latePercentPerDay: number
  countedAttempt: CountedAttempt
  layout: Layout
  /** How long the clock of an attempt with a time limit may stop. */
  breakMinutes: number
  /** Whether attempts are logged, and for how many days an entry is kept. */
  integrityLog: boolean
  integrityLogDays: number
  /** Answers are checked at once, and nothing counts. */
  practice: boolean
  /** Whether learners say how sure they are of their choices. */
  confidence: ConfidenceMode
  calculator: boolean
  formulaSheet: string
  hasAccessCode: boolean
  resultsShown: ResultsShown
  answerRelease: AnswerRelease
  bank: boolean
  questionCount: number
  /** In the order in which they are taken; empty where it has none. */
  sections: QuizSection[]
  createdAt: string
}

const columns = sql`
  q.id, q.course_id, q.kind, q.title, q.description, q.passing_score, q.time_limit_minutes, q.max_attempts, q.shuffle,
  q.shuffle_answers, q.opens_at, coalesce(q.opens_at > clock_timestamp(), false) as locked,
  q.due_at, q.closes_at, coalesce(q.closes_at <= clock_timestamp(), false) as closed, q.late_percent_per_day,
  q.counted_attempt, q.layout, q.break_minutes, q.integrity_log, q.integrity_log_days, q.practice, q.confidence, q.calculator, q.formula_sheet, q.access_code is not null as has_access_code, q.results_shown, q.answer_release, q.bank, q.sections, q.created_at,
  (select count(*) from questions n where n.organization_id = q.organization_id and n.quiz_id = q.id) as question_count`

export async function selectOptionalQuiz(db: Queryable, quizId: string): Promise<(Quiz & Release) | null> {
  return db.optional<Quiz & Release>(sql`
    select ${columns}, ${releaseColumns} from quizzes q where q.organization_id = ${db.organizationId} and q.id = ${quizId}`)
}

/**
 * A quiz with what we know of the caller in its course, what they were given, and whether by our own copy learners see a lesson with it, in
 * one statement: every attempt begins with it.
 */
export async function selectOptionalQuizAndStanding(
  db: Queryable,
  quizId: string,
  userId: string,
): Promise<{
  quiz: Quiz & Release
  standing: Standing | null
  open: boolean
  own: Conditions | null
  now: string
} | null> {
  type Known = { instructorId: string | null; enrolled: boolean; open: boolean; now: string }
  type Own = { ownOpensAt: string | null; ownDueAt: string | null; ownClosesAt: string | null }
  /** Null where nothing was given. */
  type Extra = {
    [name in 'extraPercent' | 'extraMinutes' | 'extraBreakMinutes' | 'extraAttempts']: number | null
  }
  const row = await db.optional<Quiz & Release & Known & Own & Extra>(sql`
    select ${columns}, ${releaseColumns}, clock_timestamp() as now, c.instructor_id, exists (
      select from course_learners l
      where l.organization_id = q.organization_id and l.course_id = q.course_id and l.user_id = ${userId}
        and not l.ended) as enrolled, exists (
      select from quiz_places p
      where p.organization_id = q.organization_id and p.quiz_id = q.id and p.open) as open,
      a.extra_percent, a.extra_minutes, a.extra_break_minutes, a.extra_attempts, a.opens_at as own_opens_at, a.due_at as own_due_at,
      a.closes_at as own_closes_at
    from quizzes q left join courses c on c.organization_id = q.organization_id and c.id = q.course_id
    ${joinedFor(sql`${userId}::uuid`)}
    where q.organization_id = ${db.organizationId} and q.id = ${quizId}`)
  if (!row) return null
  const { instructorId, enrolled, open, now, ownOpensAt, ownDueAt, ownClosesAt, ...rest } = row
  const { extraPercent, extraMinutes, extraBreakMinutes, extraAttempts, ...quiz } = rest
  const own = {
    extraPercent: extraPercent ?? 0,
    extraMinutes: extraMinutes ?? 0,
    extraBreakMinutes: extraBreakMinutes ?? 0,
    extraAttempts: extraAttempts ?? 0,
    opensAt: ownOpensAt,
    dueAt: ownDueAt,
    closesAt: ownClosesAt,
  }
  return {
    quiz,
    open,
    now,
    own: extraPercent === null ? null : own,
    standing: instructorId === null ? null : { instructorId, enrolled },
  }
}

export async function selectQuizzes(db: Queryable, courseId: string): Promise<Quiz[]> {
  return db.rows<Quiz>(sql`
    select ${columns} from quizzes q
    where q.organization_id = ${db.organizationId} and q.course_id = ${courseId}
    order by q.created_at, q.id limit 1000`)
}

const questionColumns = sql`id, version, type, content, points, options, correct_answer, body, scoring,
  feedback, hints, parameters`

export async function selectQuestions(db: Queryable, quizId: string): Promise<Question[]> {
  const passage = passageColumn(db.organizationId, sql`q.passage_id`, sql`q.passage_version`)
  const questions = await db.rows<Question>(sql`
    select ${questionColumns}, ${passage} from questions q
    where organization_id = ${db.organizationId} and quiz_id = ${quizId} order by position, id`)
  return sharingPassages(questions)
}

export type QuizSettings = Pick<
  Quiz,
  | 'kind'
  | 'title'
  | 'description'
  | 'passingScore'
  | 'timeLimitMinutes'
  | 'maxAttempts'
  | 'shuffle'
  | 'shuffleAnswers'
  | 'opensAt'
  | 'dueAt'
  | 'closesAt'
  | 'latePercentPerDay'
  | 'countedAttempt'
  | 'layout'
  | 'breakMinutes'
  | 'integrityLog'
  | 'integrityLogDays'
  | 'practice'
  | 'confidence'
  | 'calculator'
  | 'formulaSheet'
  | 'resultsShown'
  | 'answerRelease'
> & { sealedAccessCode: string | null }

export async function insertQuiz(
  db: Queryable,
  quiz: QuizSettings & {
    id: string
    organizationId: string
    courseId: string
    bank: boolean
    createdBy: string
    sections?: QuizSection[]
  },
): Promise<boolean> {
  const made = await db.run(sql`
    insert into quizzes (id, organization_id, course_id, kind, title, description, passing_score, time_limit_minutes,
      max_attempts, shuffle, shuffle_answers, opens_at, due_at, closes_at, late_percent_per_day, counted_attempt,
      layout, break_minutes, integrity_log, integrity_log_days, practice, confidence, calculator, formula_sheet, access_code, results_shown, answer_release, bank, created_by, sections)
    values (${quiz.id}, ${quiz.organizationId}, ${quiz.courseId}, ${quiz.kind}, ${quiz.title}, ${quiz.description},
      ${quiz.passingScore}, ${quiz.timeLimitMinutes}, ${quiz.maxAttempts}, ${quiz.shuffle}, ${quiz.shuffleAnswers},
      ${quiz.opensAt}, ${quiz.dueAt}, ${quiz.closesAt}, ${quiz.latePercentPerDay}, ${quiz.countedAttempt},
      ${quiz.layout}, ${quiz.breakMinutes}, ${quiz.integrityLog}, ${quiz.integrityLogDays}, ${quiz.practice}, ${quiz.confidence}, ${quiz.calculator}, ${quiz.formulaSheet},
      ${quiz.sealedAccessCode}, ${quiz.resultsShown}, ${quiz.answerRelease}, ${quiz.bank}, ${quiz.createdBy},
      ${JSON.stringify(quiz.sections ?? [])}::jsonb)
    on conflict (id) do nothing`)
  return made === 1
}

export async function updateQuiz(db: Queryable, quizId: string, quiz: QuizSettings): Promise<void> {
  await db.run(sql`
    update quizzes set kind = ${quiz.kind}, title = ${quiz.title}, description = ${quiz.description},
      passing_score = ${quiz.passingScore}, time_limit_minutes = ${quiz.timeLimitMinutes},
      max_attempts = ${quiz.maxAttempts}, shuffle = ${quiz.shuffle}, shuffle_answers = ${quiz.shuffleAnswers},
      opens_at = ${quiz.opensAt}, due_at = ${quiz.dueAt}, closes_at = ${quiz.closesAt},
      late_percent_per_day = ${quiz.latePercentPerDay}, counted_attempt = ${quiz.countedAttempt}, layout = ${quiz.layout},
      break_minutes = ${quiz.breakMinutes}, integrity_log = ${quiz.integrityLog},
      integrity_log_days = ${quiz.integrityLogDays}, practice = ${quiz.practice},
      confidence = ${quiz.confidence},
      calculator = ${quiz.calculator}, formula_sheet = ${quiz.formulaSheet}, access_code = ${quiz.sealedAccessCode}, results_shown = ${quiz.resultsShown},
      answer_release = ${quiz.answerRelease}
    where organization_id = ${db.organizationId} and id = ${quizId}`)
}

export async function updateSections(
  tx: Transaction,
  quizId: string,
  sections: QuizSection[],
): Promise<void> {
  await tx.run(sql`
    update quizzes set sections = ${JSON.stringify(sections)}::jsonb
    where organization_id = ${tx.organizationId} and id = ${quizId}`)
}

/** Keep a quiz from being changed, as `lockQuiz` does, and read its sections once it is. */
export async function lockSections(tx: Transaction, quizId: string): Promise<QuizSection[]> {
  const quiz = await tx.optional<Pick<Quiz, 'sections'>>(sql`
    select sections from quizzes where organization_id = ${tx.organizationId} and id = ${quizId} for share`)
  return quiz?.sections ?? []
}

/** The number of a change of what other services know of a quiz. (The column is named after the first such thing.) */
export async function raiseRevision(tx: Transaction, quizId: string): Promise<number> {
  const { revision } = await tx.one<{ revision: number }>(sql`
    update quizzes set results_revision = results_revision + 1
    where organization_id = ${tx.organizationId} and id = ${quizId}
    returning results_revision as revision`)
  return revision
}

export async function insertQuestions(
  db: Queryable,
  organizationId: string,
  quizId: string,
  questions: Question[],
): Promise<void> {
  if (questions.length === 0) return
  const rows = questions.map(({ passage, ...question }, position) => ({
    ...question,
    position,
    passageId: passage?.id ?? null,
    passageVersion: passage?.version ?? null,
  }))
  await db.run(sql`
    insert into questions (id, version, organization_id, quiz_id, type, content, options, correct_answer, body, scoring,
      feedback, hints, parameters, points, position, passage_id, passage_version)
    select q.id, q.version, ${organizationId}::uuid, ${quizId}::uuid, q.type, q.content, q.options, q."correctAnswer",
      nullif(q.body, 'null'::jsonb), q.scoring, q.feedback, coalesce(q.hints, '[]'),
      nullif(q.parameters, 'null'::jsonb), q.points, q.position, q."passageId", q."passageVersion"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as q (id uuid, version int, type text, content text, options jsonb,
      "correctAnswer" jsonb, body jsonb, scoring jsonb, feedback jsonb, hints jsonb, parameters jsonb, points numeric,
      position int, "passageId" uuid, "passageVersion" int)`)
}

export async function deleteQuestions(db: Queryable, quizId: string): Promise<void> {
  await db.run(
    sql`delete from questions where organization_id = ${db.organizationId} and quiz_id = ${quizId}`,
  )
}

/** @returns the title of the quiz that was deleted; null when there was none. */
export async function deleteQuizRow(db: Queryable, quizId: string): Promise<string | null> {
  const deleted = await db.optional<{ title: string }>(
    sql`delete from quizzes where organization_id = ${db.organizationId} and id = ${quizId} returning title`,
  )
  return deleted?.title ?? null
}

/** `share`: attempts may begin side by side while nobody changes the quiz; `update`: change it while none begins. */
export async function lockQuiz(db: Queryable, quizId: string, lock: 'share' | 'update'): Promise<void> {
  await db.run(
    lock === 'share'
      ? sql`select from quizzes where organization_id = ${db.organizationId} and id = ${quizId} for share`
      : sql`select from quizzes where organization_id = ${db.organizationId} and id = ${quizId} for update`,
  )
}

export async function selectIsAttempted(db: Queryable, quizId: string): Promise<boolean> {
  const found = await db.rows(sql`
    select 1 from submissions where organization_id = ${db.organizationId} and quiz_id = ${quizId} limit 1`)
  return found.length > 0
}
