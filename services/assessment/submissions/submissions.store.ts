import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'
import { breakSecondsWith, joinedFor, limitWith } from '../accommodations/accommodations.store.ts'
import type { ConfidenceMode, Confidences } from '../questions/confidence.ts'
import type { HintsTaken } from '../questions/hints.ts'
import type { Answers, Grading, Lateness } from '../quizzes/grade.ts'
import type { Layout, Quiz } from '../quizzes/quizzes.store.ts'
import { releaseColumns } from '../quizzes/release.store.ts'
import type { Release } from '../quizzes/release.ts'
import type { Break } from './breaks.ts'
import { mergedFlags } from './flags.store.ts'
import { sectionsBegun } from './sections.store.ts'
import type { AttemptSection } from './sections.ts'

/** What is kept of a grading. Attempts that were graded before marks were kept have none. */
export type KeptGrading = Pick<Grading, 'scorePercent' | 'awarded'> &
  Partial<Pick<Grading, 'marks' | 'hints' | 'comments' | 'annotations'>> & {
    late?: Lateness
    /** By question id, what a teacher gave instead of its mark (decision 0046). `base` is what it earned without that. */
    overridden?: Record<string, { base: number; reason: string; comment: string | null }>
    /** By question id, how it was marked anew after its key changed; with the version of the key it was marked by. */
    regraded?: Record<string, { rule: RegradeRule; keyVersion: number | null }>
  }

/** By the key, with full points for everybody, or left out of the total. */
export type RegradeRule = 'key' | 'full' | 'left_out'

export type Flags = Record<string, boolean>

export type Submission = {
  id: string
  quizId: string
  userId: string
  attemptNumber: number
  state: 'in_progress' | 'graded' | 'submitted'
  questionIds: string[]
  /** The version that was asked, place by place. */
  questionVersions: number[]
  /** Whether the answers of each question stand in an order of this attempt's own. */
  shuffleAnswers: boolean
  /** How its questions come, as its quiz said when it began. */
  layout: Layout
  /** How many questions were left for good: where there is no way back, the place of the one that is asked now. */
  reached: number
  answers: Answers
  /** Whether its learner wants to come back to a question, by its id. */
  flags: Flags
  hintsTaken: HintsTaken
  confidenceMode: ConfidenceMode
  confidence: Confidences
  score: number | null
  maxScore: number | null
  passed: boolean | null
  grading: KeptGrading | null
  /** Submitted, and answers of it are still to be marked by someone else than the rules. */
  awaitsMarking: boolean
  startedAt: string
  /** With all breaks in it, one that is running in full. */
  expiresAt: string | null
  /** For how many days an entry of its log is kept; null for an attempt without one. */
  logDays: number | null
  /** How long its clock may stop, and when it did. */
  breakSeconds: number
  breaks: Break[]
  /** In the order in which they are taken, as they were when it began; empty where its quiz has none. */
  sections: AttemptSection[]
  /** When the learner went on from each but the last. */
  wentOn: string[]
  submittedAt: string | null
  /** The database's clock when it was read. */
  now: string
}

/** What an attempt shows of its quiz, and is graded by. */
export type AttemptQuiz = Pick<
  Quiz,
  | 'id'
  | 'courseId'
  | 'kind'
  | 'title'
  | 'passingScore'
  | 'resultsShown'
  | 'dueAt'
  | 'latePercentPerDay'
  | 'countedAttempt'
  | 'practice'
> &
  Release &
  /** Read where the attempt may still be open. */
  Partial<Pick<Quiz, 'calculator' | 'formulaSheet'>>

/** The result of a graded attempt. */
export type AttemptResult = {
  attemptNumber: number
  scorePercent: number
  passed: boolean
  score: number
  maxScore: number
}

// Rounded, since points were once stored with more digits than a number holds.
const columnsBut = (answers: Sql, grading: Sql) => sql`
  s.id, s.quiz_id, s.user_id, s.attempt_number, s.state, s.question_ids, s.question_versions, s.shuffle_answers, s.layout, s.reached, s.flags, s.hints_taken, s.confidence_mode, s.confidence,
  ${answers} as answers, round(s.score, 8) as score, round(s.max_score, 8) as max_score, s.passed, ${grading} as grading, s.started_at, s.expires_at, s.break_seconds, s.breaks, s.sections, s.went_on, s.log_days,
  s.submitted_at,
  s.marked_so_far is not null as awaits_marking, clock_timestamp() as now`
const columns = columnsBut(sql`s.answers`, sql`s.grading`)
/** Of attempts `s`, whole. */
export const gradedColumns = columns
/** For lists, which tell neither answers nor marks: with essays in them, those are nearly all of an attempt. */
const listColumns = columnsBut(sql`'{}'::jsonb`, sql`s.grading - 'marks' - 'annotations'`)

export async function selectOptionalSubmission(
  db: Queryable,
  submissionId: string,
): Promise<Submission | null> {
  return db.optional<Submission>(sql`
    select ${columns} from submissions s where s.organization_id = ${db.organizationId} and s.id = ${submissionId}`)
}

/** An attempt that is locked, with its quiz. */
export async function lockOptionalAttempt(
  db: Queryable,
  submissionId: string,
): Promise<{ attempt: Submission; quiz: AttemptQuiz } | null> {
  type Row = Submission & Omit<AttemptQuiz, 'id'>
  const row = await db.optional<Row>(sql`
    select ${columns}, q.course_id, q.kind, q.title, q.passing_score, q.results_shown, ${releaseColumns},
      coalesce(a.due_at, q.due_at) as due_at, q.late_percent_per_day, q.counted_attempt, q.practice
    from submissions s join quizzes q on q.organization_id = s.organization_id and q.id = s.quiz_id
    ${joinedFor(sql`s.user_id`)}
    where s.organization_id = ${db.organizationId} and s.id = ${submissionId} for update of s`)
  if (!row) return null
  const {
    courseId,
    kind,
    title,
    passingScore,
    resultsShown,
    answerRelease,
    answersReleased,
    answersReleaseAt,
    dueAt,
    latePercentPerDay,
    countedAttempt,
    practice,
    ...attempt
  } = row
  return {
    attempt,
    quiz: {
      id: attempt.quizId,
      courseId,
      kind,
      title,
      passingScore,
      resultsShown,
      answerRelease,
      answersReleased,
      answersReleaseAt,
      dueAt,
      latePercentPerDay,
      countedAttempt,
      practice,
    },
  }
}

/**
 * Lock all attempts of a learner at a quiz, of whom one is named. What is graded out of turn is then counted with what is
 * graded in this moment, one after the other.
 */
export async function lockAttemptsBeside(tx: Transaction, submissionId: string): Promise<void> {
  await tx.run(sql`
    select from submissions s join submissions named on named.organization_id = s.organization_id
      and named.quiz_id = s.quiz_id and named.user_id = s.user_id
    where named.organization_id = ${tx.organizationId} and named.id = ${submissionId}
    order by s.attempt_number for update of s`)
}

/**
 * The results of a learner's other attempts at a quiz that are graded, in order. To be asked once an attempt is locked,
 * as a statement that waited for it does not see what was graded meanwhile.
 */
export async function selectOtherResults(
  tx: Transaction,
  attempt: Pick<Submission, 'id' | 'quizId' | 'userId'>,
): Promise<AttemptResult[]> {
  return tx.rows<AttemptResult>(sql`
    select attempt_number, (grading -> 'scorePercent')::float8 as score_percent, passed, round(score, 8) as score,
      round(max_score, 8) as max_score
    from submissions
    where organization_id = ${tx.organizationId} and quiz_id = ${attempt.quizId} and user_id = ${attempt.userId}
      and state = 'graded' and id <> ${attempt.id}
    order by attempt_number`)
}

/** A learner's latest attempt at a quiz. Attempts are numbered from one without gaps, so its number counts them. */
export async function selectOptionalLatestAttempt(
  db: Queryable,
  quizId: string,
  userId: string,
): Promise<Submission | null> {
  return db.optional<Submission>(sql`
    select ${columns} from submissions s
    where s.organization_id = ${db.organizationId} and s.quiz_id = ${quizId} and s.user_id = ${userId}
    order by s.attempt_number desc limit 1`)
}

/** An attempt in a list, with when it is due for its learner. */
export type ListedSubmission = Submission & { dueAt: string | null }

const dueAt = sql`coalesce(a.due_at, q.due_at) as due_at`
const withDue = sql`
  join quizzes q on q.organization_id = s.organization_id and q.id = s.quiz_id ${joinedFor(sql`s.user_id`)}`

/** A learner's attempts at a quiz, in order. */
export async function selectAttempts(
  db: Queryable,
  quizId: string,
  userId: string,
): Promise<ListedSubmission[]> {
  return db.rows<ListedSubmission>(sql`
    select ${listColumns}, ${dueAt} from submissions s ${withDue}
    where s.organization_id = ${db.organizationId} and s.quiz_id = ${quizId} and s.user_id = ${userId}
    order by s.attempt_number`)
}

/**
 * The attempt, or null when another request began the same one first, or the quiz closed meanwhile. Its end is that of
 * the time limit or the closing of the quiz; an author is not bound by the second.
 */
export async function insertSubmission(
  db: Queryable,
  attempt: {
    id: string
    organizationId: string
    quizId: string
    userId: string
    attemptNumber: number
    questions: { id: string; version: number }[]
    boundByClosing: boolean
    /** For how many days the learner was told that its log is kept; null where they were told of none. */
    logDaysTold?: number | null
  },
): Promise<Submission | null> {
  return db.optional<Submission>(sql`
    insert into submissions as s (id, organization_id, quiz_id, user_id, attempt_number, question_ids, question_versions,
      quiz_revision, shuffle_answers, layout, confidence_mode, bound_by_closing, started_at, limit_seconds, break_seconds, log_days, sections, sections_end, expires_at)
    select ${attempt.id}::uuid, ${attempt.organizationId}::uuid, q.id, ${attempt.userId}::uuid,
      ${attempt.attemptNumber}::int, ${attempt.questions.map(({ id }) => id)}::uuid[],
      ${attempt.questions.map(({ version }) => version)}::int[], q.revision, q.shuffle_answers, q.layout, q.confidence, ${attempt.boundByClosing}::boolean,
      -- Not now(): who waited for a lock before has not begun yet.
      statement_timestamp(), q.time_limit_minutes * 60, ${breakSecondsWith(sql`q.time_limit_minutes`, sql`q.sections`)},
      case when q.integrity_log and q.kind = 'quiz' and not q.practice then least(q.integrity_log_days, ${attempt.logDaysTold ?? null}::int) end,
      t.sections, t.sections_end,
      least(statement_timestamp() + ${limitWith(sql`q.time_limit_minutes * 60`)},
        t.sections_end, case when ${attempt.boundByClosing} then coalesce(a.closes_at, q.closes_at) end)
    from quizzes q ${joinedFor(sql`${attempt.userId}::uuid`)} ${sectionsBegun}
    where q.organization_id = ${attempt.organizationId} and q.id = ${attempt.quizId}
      and (not ${attempt.boundByClosing} or coalesce(a.closes_at, q.closes_at, 'infinity') > statement_timestamp())
    on conflict do nothing returning ${columns}`)
}

/**
 * Merge answers, and what is said about them, into an attempt that is open, on no break, and has left as many questions and sections as when it was read; the time of saving with
 * when it ends now, or null when that is not so any more.
 */
export async function mergeAnswers(
  db: Queryable,
  { id, reached, wentOn = [] }: Pick<Submission, 'id' | 'reached'> & Partial<Pick<Submission, 'wentOn'>>,
  answers: Answers,
  {
    flags = {},
    flagsWaitedSeconds = {},
    confidence = {},
  }: { flags?: Flags; flagsWaitedSeconds?: Record<string, number>; confidence?: Confidences } = {},
): Promise<{ savedAt: string; expiresAt: string | null } | null> {
  return db.optional<{ savedAt: string; expiresAt: string | null }>(sql`
    update submissions set answers = answers || ${JSON.stringify(answers)}::jsonb,
      ${mergedFlags(flags, flagsWaitedSeconds)}
      confidence = confidence || ${JSON.stringify(confidence)}::jsonb
    where organization_id = ${db.organizationId} and id = ${id} and state = 'in_progress'
      and reached = ${reached} and jsonb_array_length(went_on) = ${wentOn.length}
      and (breaks = '[]'::jsonb or least((breaks -> -1 ->> 'to')::timestamptz, expires_at) <= clock_timestamp())
    returning clock_timestamp() as saved_at, expires_at`)
}

/** Keep which hints of a question are taken, and what each costs, in an attempt that is locked. */
export async function updateHintsTaken(
  tx: Transaction,
  submissionId: string,
  { questionId, costs }: { questionId: string; costs: number[] },
): Promise<void> {
  await tx.run(sql`
    update submissions set hints_taken = hints_taken || ${JSON.stringify({ [questionId]: costs })}::jsonb
    where organization_id = ${tx.organizationId} and id = ${submissionId}`)
}

/** Keep the answers there are now, and how many questions were left, in an attempt that is locked. */
export async function updateAnswers(
  tx: Transaction,
  { id, reached, answers, confidence }: Pick<Submission, 'id' | 'reached' | 'answers' | 'confidence'>,
): Promise<void> {
  await tx.run(sql`
    update submissions set answers = ${JSON.stringify(answers)}::jsonb, reached = ${reached},
      confidence = ${JSON.stringify(confidence)}::jsonb
    where organization_id = ${tx.organizationId} and id = ${id}`)
}

type TimedGrading = Grading & { late?: Lateness | null }

/** What is stored of a grading beside the columns. */
export const keptOf = ({
  scorePercent,
  awarded,
  marks,
  hints,
  comments,
  annotations,
  late,
}: TimedGrading): KeptGrading => ({
  scorePercent,
  awarded,
  marks,
  ...(late ? { late } : {}),
  ...(Object.keys(hints).length > 0 ? { hints } : {}),
  ...(Object.keys(comments).length > 0 ? { comments } : {}),
  ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
})

/** Keep what was said with the end of an attempt that is locked. */
export function updateConfidence(tx: Transaction, submissionId: string, confidence: Confidences): void {
  tx.send(sql`
    update submissions set confidence = ${JSON.stringify(confidence)}::jsonb
    where organization_id = ${tx.organizationId} and id = ${submissionId}`)
}

/** Grade an open attempt that is locked. @param submittedAt as ISO 8601, by the database's clock. */
export function gradeSubmission(
  tx: Transaction,
  submissionId: string,
  { answers, grading, submittedAt }: { answers: Answers; grading: TimedGrading; submittedAt: string },
): void {
  tx.send(sql`
    update submissions set state = 'graded', answers = ${JSON.stringify(answers)}::jsonb, score = ${grading.score},
      max_score = ${grading.maxScore}, passed = ${grading.passed},
      grading = ${JSON.stringify(keptOf(grading))}::jsonb,
      submitted_at = ${submittedAt}, graded_at = ${submittedAt}
    where organization_id = ${tx.organizationId} and id = ${submissionId} and state = 'in_progress'`)
}

/** End a survey that is locked: nothing in it is right or wrong. */
export function closeSurvey(
  tx: Transaction,
  submissionId: string,
  { answers, submittedAt }: { answers: Answers; submittedAt: string },
): void {
  tx.send(sql`
    update submissions set state = 'submitted', answers = ${JSON.stringify(answers)}::jsonb, submitted_at = ${submittedAt}
    where organization_id = ${tx.organizationId} and id = ${submissionId} and state = 'in_progress'`)
}

/** Store a graded attempt's other result; the attempt is locked. */
export function updateGrading(
  tx: Transaction,
  submissionId: string,
  { score, maxScore, passed }: Pick<Grading, 'score' | 'maxScore' | 'passed'>,
  grading: KeptGrading,
): void {
  tx.send(sql`
    update submissions set score = ${score}, max_score = ${maxScore}, passed = ${passed},
      grading = ${JSON.stringify(grading)}::jsonb
    where organization_id = ${tx.organizationId} and id = ${submissionId} and state = 'graded'`)
}

export async function selectQuizSubmissions(
  db: Queryable,
  quizId: string,
  page: { cursor?: string | undefined; limit: number },
) {
  const rows = await db.rows<ListedSubmission>(sql`
    select ${listColumns}, ${dueAt} from submissions s ${withDue}
    where s.organization_id = ${db.organizationId} and s.quiz_id = ${quizId}
      and (${page.cursor ?? null}::uuid is null or s.id < ${page.cursor ?? null}::uuid)
    order by s.id desc limit ${page.limit + 1}`)
  const items = rows.slice(0, page.limit)
  return { items, nextCursor: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null }
}

/** Open attempts that ended so many seconds ago or earlier, across all schools; the longest over first. */
export async function selectExpired(db: Unscoped, graceSeconds: number) {
  return db.rows<{ id: string; organizationId: string }>(sql`
    select id, organization_id from submissions
    where state = 'in_progress' and expires_at < clock_timestamp() - make_interval(secs => ${graceSeconds})
    order by expires_at limit 200`)
}
