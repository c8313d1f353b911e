import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { Answers, Grading } from '../quizzes/grade.ts'

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
  answers: Answers
  score: number | null
  maxScore: number | null
  passed: boolean | null
  grading: { scorePercent: number; awarded: Record<string, number> } | null
  startedAt: string
  expiresAt: string | null
  submittedAt: string | null
  /** The database's clock when it was read. */
  now: string
}

const columns = sql`
  id, quiz_id, user_id, attempt_number, state, question_ids, question_versions, shuffle_answers,
  answers, score, max_score, passed, grading, started_at, expires_at, submitted_at,
  clock_timestamp() as now`

export async function selectOptionalSubmission(
  db: Queryable,
  submissionId: string,
): Promise<Submission | null> {
  return db.optional<Submission>(sql`
    select ${columns} from submissions where organization_id = ${db.organizationId} and id = ${submissionId}`)
}

export async function lockOptionalSubmission(
  db: Queryable,
  submissionId: string,
): Promise<Submission | null> {
  return db.optional<Submission>(sql`
    select ${columns} from submissions
    where organization_id = ${db.organizationId} and id = ${submissionId} for update`)
}

/** A learner's latest attempt at a quiz. Attempts are numbered from one without gaps, so its number counts them. */
export async function selectOptionalLatestAttempt(
  db: Queryable,
  quizId: string,
  userId: string,
): Promise<Submission | null> {
  return db.optional<Submission>(sql`
    select ${columns} from submissions
    where organization_id = ${db.organizationId} and quiz_id = ${quizId} and user_id = ${userId}
    order by attempt_number desc limit 1`)
}

/** A learner's attempts at a quiz, in order. */
export async function selectAttempts(db: Queryable, quizId: string, userId: string): Promise<Submission[]> {
  return db.rows<Submission>(sql`
    select ${columns} from submissions
    where organization_id = ${db.organizationId} and quiz_id = ${quizId} and user_id = ${userId}
    order by attempt_number`)
}

/** The attempt, or null when another request began the same one first. */
export async function insertSubmission(
  db: Queryable,
  attempt: {
    id: string
    organizationId: string
    quizId: string
    userId: string
    attemptNumber: number
    questions: { id: string; version: number }[]
    timeLimitMinutes: number | null
  },
): Promise<Submission | null> {
  return db.optional<Submission>(sql`
    insert into submissions (id, organization_id, quiz_id, user_id, attempt_number, question_ids, question_versions,
      quiz_revision, shuffle_answers, started_at, expires_at)
    select ${attempt.id}::uuid, ${attempt.organizationId}::uuid, q.id, ${attempt.userId}::uuid,
      ${attempt.attemptNumber}::int, ${attempt.questions.map(({ id }) => id)}::uuid[],
      ${attempt.questions.map(({ version }) => version)}::int[], q.revision, q.shuffle_answers,
      -- Not now(): who waited for a lock before has not begun yet.
      statement_timestamp(), statement_timestamp() + make_interval(mins => ${attempt.timeLimitMinutes}::int)
    from quizzes q where q.organization_id = ${attempt.organizationId} and q.id = ${attempt.quizId}
    on conflict do nothing returning ${columns}`)
}

/** Merge answers into an attempt that is open; the time of saving, or null when it is not open any more. */
export async function mergeAnswers(
  db: Queryable,
  submissionId: string,
  answers: Answers,
): Promise<string | null> {
  const saved = await db.optional<{ savedAt: string }>(sql`
    update submissions set answers = answers || ${JSON.stringify(answers)}::jsonb
    where organization_id = ${db.organizationId} and id = ${submissionId} and state = 'in_progress'
    returning clock_timestamp() as saved_at`)
  return saved?.savedAt ?? null
}

export async function gradeSubmission(
  db: Queryable,
  submissionId: string,
  answers: Answers,
  grading: Grading,
): Promise<{ submittedAt: string }> {
  return db.one<{ submittedAt: string }>(sql`
    update submissions set state = 'graded', answers = ${JSON.stringify(answers)}::jsonb, score = ${grading.score},
      max_score = ${grading.maxScore}, passed = ${grading.passed},
      grading = ${JSON.stringify({ scorePercent: grading.scorePercent, awarded: grading.awarded })}::jsonb,
      submitted_at = date_trunc('milliseconds', clock_timestamp()), graded_at = date_trunc('milliseconds', clock_timestamp())
    where organization_id = ${db.organizationId} and id = ${submissionId} and state = 'in_progress'
    returning submitted_at`)
}

/** A survey that was submitted: nothing in it is right or wrong. */
export async function closeSurvey(
  db: Queryable,
  submissionId: string,
  answers: Answers,
): Promise<{ submittedAt: string }> {
  return db.one<{ submittedAt: string }>(sql`
    update submissions set state = 'submitted', answers = ${JSON.stringify(answers)}::jsonb,
      submitted_at = date_trunc('milliseconds', clock_timestamp())
    where organization_id = ${db.organizationId} and id = ${submissionId} and state = 'in_progress'
    returning submitted_at`)
}

export async function selectQuizSubmissions(
  db: Queryable,
  quizId: string,
  page: { cursor?: string | undefined; limit: number },
) {
  const rows = await db.rows<Submission>(sql`
    select ${columns} from submissions
    where organization_id = ${db.organizationId} and quiz_id = ${quizId}
      and (${page.cursor ?? null}::uuid is null or id < ${page.cursor ?? null}::uuid)
    order by id desc limit ${page.limit + 1}`)
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
