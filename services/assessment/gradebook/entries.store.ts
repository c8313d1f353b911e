import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { v7 as uuidv7 } from 'uuid'
import { datesOfGiven } from '../accommodations/accommodations.store.ts'
import { isInGroup } from '../groups/groups.store.ts'

export type EntryState = { score: number | null; excused: boolean; comment: string | null }

/** What was entered by hand; without an item it is the grade of the course. */
export type StoredEntry = EntryState & { userId: string; itemId: string | null; reason: string | null }

export async function selectEntries(
  db: Queryable,
  courseId: string,
  userIds: readonly string[],
): Promise<StoredEntry[]> {
  return db.rows<StoredEntry>(sql`
    select user_id, item_id, score, excused, comment, reason from gradebook_entries
    where organization_id = ${db.organizationId} and course_id = ${courseId} and user_id = any(${userIds}::uuid[])`)
}

/** The graded attempts of some learners at some quizzes, in the order in which they were taken. */
export type Attempts = {
  userId: string
  quizId: string
  scores: number[]
  maxScores: number[]
  /** Whether one was submitted and is not marked yet. */
  awaited: boolean
}

export async function selectAttemptScores(
  db: Queryable,
  quizIds: readonly string[],
  userIds: readonly string[],
): Promise<Attempts[]> {
  if (quizIds.length === 0 || userIds.length === 0) return []
  // As float8 all their digits arrive: what a third of a point was is known by them (`fractionMeant`).
  return db.rows<Attempts>(sql`
    select user_id, quiz_id, bool_or(state = 'submitted') as awaited,
      coalesce(array_agg(score::float8 order by attempt_number) filter (where state = 'graded'), '{}') as scores,
      coalesce(array_agg(max_score::float8 order by attempt_number) filter (where state = 'graded'), '{}') as max_scores
    from submissions
    where organization_id = ${db.organizationId} and quiz_id = any(${quizIds}::uuid[])
      and user_id = any(${userIds}::uuid[]) and state in ('graded', 'submitted')
    group by user_id, quiz_id`)
}

/** The quizzes that learners were given more time for, themselves or in a group, and may still take or submit in time. */
export async function selectStillOpen(
  db: Queryable,
  courseId: string,
  userIds: readonly string[],
): Promise<{ userId: string; quizId: string }[]> {
  return db.rows(sql`
    select user_id, quiz_id from (${datesOfGiven(db, courseId, userIds)}) given
    where greatest(opens_at, least(due_at, closes_at)) > clock_timestamp()`)
}

/** Learners of a course from a place on. */
export async function selectLearnersFrom(
  db: Queryable,
  courseId: string,
  { groupId, after, limit }: { groupId: string | undefined; after: string | undefined; limit: number },
): Promise<string[]> {
  const rows = await db.rows<{ userId: string }>(sql`
    select l.user_id from course_learners l
    where l.organization_id = ${db.organizationId} and l.course_id = ${courseId}
      and ${isInGroup(db, { courseId, groupId }, sql`l.user_id`)}
      and (${after ?? null}::uuid is null or user_id > ${after ?? null}::uuid)
    order by user_id limit ${limit}`)
  return rows.map(({ userId }) => userId)
}

/** Of some people, those who learn in the course. */
export async function selectLearnersAmong(
  db: Queryable,
  courseId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.rows<{ userId: string }>(sql`
    select user_id from course_learners
    where organization_id = ${db.organizationId} and course_id = ${courseId} and user_id = any(${userIds}::uuid[])`)
  return new Set(rows.map(({ userId }) => userId))
}

export type EntryChange = {
  userId: string
  itemId: string | null
  before: EntryState
  after: EntryState
  reason: string | null
}

export const nothing: EntryState = { score: null, excused: false, comment: null }

// A statement with more would be a long text to write, while which nothing else has a turn.
const changesAtOnce = 1000

/** Stores changes of entries, each of another learner or item, with who made them. The gradebook is locked. */
export async function storeChanges(
  tx: Transaction,
  courseId: string,
  changedBy: string,
  changes: readonly EntryChange[],
): Promise<void> {
  for (let from = 0; from < changes.length; from += changesAtOnce)
    await storeSome(tx, courseId, changedBy, changes.slice(from, from + changesAtOnce))
}

async function storeSome(
  tx: Transaction,
  courseId: string,
  changedBy: string,
  changes: readonly EntryChange[],
): Promise<void> {
  const rows = JSON.stringify(changes.map(change => ({ id: uuidv7(), ...change, ...change.after })))
  const given = sql`
    jsonb_to_recordset(${rows}::jsonb) as r (id uuid, "userId" uuid, "itemId" uuid, score numeric, excused boolean,
      comment text, reason text, before jsonb, after jsonb)`
  tx.send(sql`
    insert into gradebook_entries (organization_id, course_id, user_id, item_id, score, excused, comment, reason)
    select ${tx.organizationId}::uuid, ${courseId}::uuid, r."userId", r."itemId", r.score, r.excused, r.comment, r.reason
    from ${given}
    on conflict (course_id, user_id, item_id) do update set score = excluded.score, excused = excluded.excused,
      comment = excluded.comment, reason = excluded.reason
    where gradebook_entries.organization_id = excluded.organization_id`)
  tx.send(sql`
    delete from gradebook_entries
    where organization_id = ${tx.organizationId} and course_id = ${courseId}
      and user_id = any(${changes.map(({ userId }) => userId)}::uuid[])
      and score is null and not excused and comment is null`)
  await tx.run(sql`
    insert into gradebook_history (id, organization_id, course_id, user_id, item_id, before, after, reason, changed_by)
    select r.id, ${tx.organizationId}::uuid, ${courseId}::uuid, r."userId", r."itemId", r.before, r.after, r.reason,
      ${changedBy}::uuid
    from ${given}`)
}

/** The latest changes of a learner's grades. */
export async function selectHistory(db: Queryable, courseId: string, userId: string) {
  return db.rows<Omit<EntryChange, 'userId'> & { id: string; changedBy: string; changedAt: string }>(sql`
    select id, item_id, before, after, reason, changed_by, changed_at from gradebook_history
    where organization_id = ${db.organizationId} and course_id = ${courseId} and user_id = ${userId}
    order by id desc limit 200`)
}
