import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { gradedColumns } from '../submissions/submissions.store.ts'
import type { Graded, Rule } from './regrade-rules.ts'

export type Regrade = {
  id: string
  quizId: string
  rules: Rule[]
  neverLower: boolean
  tellLearners: boolean
  requestedBy: string
  finishedAt: string | null
}

/** By question and version that graded attempts at a quiz were asked: how many. */
export async function selectAskedVersions(db: Queryable, quizId: string) {
  return db.rows<{ id: string; version: number; attemptCount: number }>(sql`
    select a.id, a.version, count(*)::int as attempt_count
    from submissions s cross join unnest(s.question_ids, s.question_versions) as a (id, version)
    where s.organization_id = ${db.organizationId} and s.quiz_id = ${quizId} and s.state = 'graded'
    group by a.id, a.version`)
}

/** Graded attempts at a quiz that were asked any of the questions, so many after one, in the order of their ids. */
export async function selectGradedAfter(
  db: Queryable,
  quizId: string,
  questionIds: string[],
  { afterId, most }: { afterId: string | null; most: number },
): Promise<Graded[]> {
  return db.rows<Graded>(sql`
    select ${gradedColumns} from submissions s
    where s.organization_id = ${db.organizationId} and s.quiz_id = ${quizId} and s.state = 'graded'
      and s.question_ids && ${questionIds}::uuid[] and (${afterId}::uuid is null or s.id > ${afterId}::uuid)
    order by s.id limit ${most}`)
}

const columns = sql`id, quiz_id, rules, never_lower, tell_learners, requested_by, finished_at`

export async function selectOptionalRegrade(db: Queryable, regradeId: string): Promise<Regrade | null> {
  return db.optional<Regrade>(sql`
    select ${columns} from regrades where organization_id = ${db.organizationId} and id = ${regradeId}`)
}

/** The latest regrade of a quiz, with how far it is. */
export async function selectLatestRegrade(db: Queryable, quizId: string) {
  return db.optional<{
    id: string
    requestedAt: string
    finishedAt: string | null
    totalCount: number
    doneCount: number
    changedCount: number
    failedCount: number
  }>(sql`
    select r.id, r.requested_at, r.finished_at, count(a.submission_id)::int as total_count,
      (count(*) filter (where a.state <> 'waiting'))::int as done_count,
      (count(*) filter (where a.state = 'changed'))::int as changed_count,
      (count(*) filter (where a.state = 'failed'))::int as failed_count
    from regrades r
    left join regraded_attempts a on a.organization_id = r.organization_id and a.regrade_id = r.id
    where r.organization_id = ${db.organizationId} and r.quiz_id = ${quizId}
    group by r.id order by r.requested_at desc limit 1`)
}

/** With the attempts that it takes. */
export async function insertRegrade(
  tx: Transaction,
  regrade: Omit<Regrade, 'finishedAt'>,
  submissionIds: string[],
): Promise<void> {
  const { id, quizId, rules, neverLower, tellLearners, requestedBy } = regrade
  await tx.run(sql`
    insert into regrades (id, organization_id, quiz_id, rules, never_lower, tell_learners, requested_by)
    values (${id}, ${tx.organizationId}, ${quizId}, ${JSON.stringify(rules)}::jsonb, ${neverLower}, ${tellLearners},
      ${requestedBy})`)
  await tx.run(sql`
    insert into regraded_attempts (regrade_id, submission_id, organization_id)
    select ${id}::uuid, submission_id, ${tx.organizationId}::uuid
    from unnest(${submissionIds}::uuid[]) as submission_id`)
}

/** Attempts that a regrade still has to take, but for those that failed in this run. */
export async function selectWaiting(
  db: Queryable,
  regradeId: string,
  failedIds: string[],
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select submission_id as id from regraded_attempts
    where organization_id = ${db.organizationId} and regrade_id = ${regradeId} and state = 'waiting'
      and submission_id <> all(${failedIds}::uuid[])
    order by submission_id limit 100`)
  return rows.map(({ id }) => id)
}

/** Whether an attempt, which is locked, still waits. To be asked once it is: another run may just have taken it. */
export async function selectStillWaits(
  tx: Transaction,
  regradeId: string,
  submissionId: string,
): Promise<boolean> {
  const found = await tx.rows(sql`
    select from regraded_attempts
    where organization_id = ${tx.organizationId} and regrade_id = ${regradeId}
      and submission_id = ${submissionId} and state = 'waiting'`)
  return found.length > 0
}

export async function setTaken(
  db: Queryable,
  regradeId: string,
  submissionIds: string[],
  state: 'kept' | 'changed' | 'failed',
): Promise<void> {
  await db.run(sql`
    update regraded_attempts set state = ${state}
    where organization_id = ${db.organizationId} and regrade_id = ${regradeId}
      and submission_id = any(${submissionIds}::uuid[]) and state = 'waiting'`)
}

/** Once none of its attempts waits. */
export async function finishRegrade(db: Queryable, regradeId: string): Promise<void> {
  await db.run(sql`
    update regrades r set finished_at = clock_timestamp()
    where r.organization_id = ${db.organizationId} and r.id = ${regradeId} and r.finished_at is null
      and not exists (select from regraded_attempts a
        where a.organization_id = r.organization_id and a.regrade_id = r.id and a.state = 'waiting')`)
}

/** Regrades, across all schools, that should long be done: their job was given up, or lost with its database. */
export async function selectLeftRegrades(db: Unscoped, minutes: number) {
  return db.rows<{ id: string; organizationId: string }>(sql`
    select id, organization_id from regrades
    where finished_at is null and requested_at < clock_timestamp() - make_interval(mins => ${minutes})
    order by requested_at limit 100`)
}
