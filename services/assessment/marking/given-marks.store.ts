import type { Annotation } from '@azora/contracts/assessment/annotation.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { v7 as uuidv7 } from 'uuid'

/** `decision` is that of a moderator. */
export type Place = 'first' | 'second' | 'decision'

/** One person's mark of an answer that more than one person marks. */
export type GivenMark = {
  id: string
  answerId: string
  place: Place
  state: 'draft' | 'marked'
  revision: number
  levels: Record<string, string>
  points: number | null
  comment: string
  annotations: Annotation[]
  reason: string
  markedBy: string
  markedAt: string
}

const columns = sql`g.id, g.answer_id, g.place, g.state, g.revision, g.levels, g.points::float8 as points, g.comment,
  g.annotations, g.reason, g.marked_by, g.marked_at`

/** The marks that count, by answer. */
export async function selectGivenMarks(
  db: Queryable,
  answerIds: string[],
): Promise<Map<string, GivenMark[]>> {
  const rows = await db.rows<GivenMark>(sql`
    select ${columns} from given_marks g
    where g.organization_id = ${db.organizationId} and g.answer_id = any(${answerIds}::uuid[])
      and g.superseded_at is null order by g.answer_id, g.place`)
  return Map.groupBy(rows, ({ answerId }) => answerId)
}

/** Every mark that was given in an attempt, with those that were changed later, the oldest first. */
export async function selectMarkings(
  db: Queryable,
  submissionId: string,
): Promise<(GivenMark & { questionId: string; superseded: boolean })[]> {
  return db.rows(sql`
    select ${columns}, a.question_id, g.superseded_at is not null as superseded
    from given_marks g join answers_to_mark a on a.organization_id = g.organization_id and a.id = g.answer_id
    where g.organization_id = ${db.organizationId} and a.submission_id = ${submissionId} and g.state = 'marked'
    order by g.marked_at, g.id`)
}

/** Save a mark of an answer whose attempt is locked, in place of the one before. A draft of another person stays in the record. */
export async function saveGivenMark(
  tx: Transaction,
  before: GivenMark | null,
  mark: Omit<GivenMark, 'id' | 'markedAt' | 'revision'>,
): Promise<GivenMark> {
  const { answerId, place, state, points, comment, reason, markedBy } = mark
  const levels = JSON.stringify(mark.levels)
  const annotations = JSON.stringify(mark.annotations)
  if (before?.state === 'draft' && before.markedBy === markedBy) {
    return tx.one<GivenMark>(sql`
      update given_marks g set state = ${state}, revision = revision + 1, levels = ${levels}::jsonb,
        points = ${points}, comment = ${comment}, annotations = ${annotations}::jsonb, reason = ${reason},
        marked_at = clock_timestamp()
      where g.organization_id = ${tx.organizationId} and g.id = ${before.id} returning ${columns}`)
  }
  if (before)
    await tx.run(sql`
      update given_marks set superseded_at = clock_timestamp()
      where organization_id = ${tx.organizationId} and id = ${before.id}`)
  return tx.one<GivenMark>(sql`
    insert into given_marks as g
      (id, organization_id, answer_id, place, state, revision, levels, points, comment, annotations, reason,
        marked_by)
    values (${uuidv7()}, ${tx.organizationId}, ${answerId}, ${place}, ${state}, ${(before?.revision ?? 0) + 1},
      ${levels}::jsonb, ${points}, ${comment}, ${annotations}::jsonb, ${reason}, ${markedBy}) returning ${columns}`)
}

/** Let the marks that were given of an answer whose attempt is locked count no more, but for the record. */
export async function supersedeMarks(tx: Transaction, answerId: string): Promise<void> {
  await tx.run(sql`
    update given_marks set superseded_at = clock_timestamp()
    where organization_id = ${tx.organizationId} and answer_id = ${answerId} and superseded_at is null`)
}

/** Let a moderator decide these answers of attempts that are locked. */
export async function letDecide(tx: Transaction, answerIds: string[]): Promise<void> {
  await tx.run(sql`
    update answers_to_mark set to_decide = true, state = 'waiting'
    where organization_id = ${tx.organizationId} and id = any(${answerIds}::uuid[])`)
}

/** Lock the attempts at a quiz that are to be marked, so that their marks stay as they are. */
export async function lockAwaiting(tx: Transaction, quizId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select s.id from submissions s
    where s.organization_id = ${tx.organizationId} and s.quiz_id = ${quizId} and s.marked_so_far is not null
    order by s.user_id, s.attempt_number for update`)
  return rows.map(({ id }) => id)
}

/** Of these attempts, those whose marks are all in while some of them are neither decided nor for a moderator. */
export async function selectToSample(db: Queryable, submissionIds: string[]): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select a.submission_id as id from answers_to_mark a
    left join given_marks g on g.organization_id = a.organization_id and g.answer_id = a.id and g.place = 'first'
      and g.state = 'marked' and g.superseded_at is null
    where a.organization_id = ${db.organizationId} and a.submission_id = any(${submissionIds}::uuid[])
    group by a.submission_id
    having bool_and(a.state = 'marked' or a.to_decide or g.id is not null)
      and bool_or(a.state <> 'marked' and not a.to_decide)
    order by a.submission_id`)
  return rows.map(({ id }) => id)
}

/**
 * What is not released yet, and no moderator's, becomes the first of its marks. Their attempts are locked.
 */
export async function marksToGiven(tx: Transaction, submissionIds: string[]): Promise<void> {
  const theirs = sql`a.organization_id = ${tx.organizationId} and a.submission_id = any(${submissionIds}::uuid[])
    and a.marker = 'person' and not a.to_decide and a.state <> 'waiting' and a.marked_by is not null
    and not exists (select from given_marks g where g.organization_id = a.organization_id and g.answer_id = a.id
      and g.superseded_at is null group by g.answer_id
      having count(*) filter (where g.place <> 'decision' and g.state = 'marked') > 1)`
  await tx.run(sql`
    update given_marks g set superseded_at = clock_timestamp() from answers_to_mark a
    where g.organization_id = a.organization_id and g.answer_id = a.id and g.superseded_at is null and ${theirs}`)
  await tx.run(sql`
    insert into given_marks (id, organization_id, answer_id, place, state, revision, levels, points, comment,
      annotations, marked_by, marked_at)
    select gen_random_uuid(), a.organization_id, a.id, 'first', a.state, a.revision, a.levels, a.points, a.comment,
      a.annotations, a.marked_by, coalesce(a.marked_at, clock_timestamp())
    from answers_to_mark a where ${theirs}`)
  await tx.run(sql`
    update answers_to_mark a set state = 'waiting', points = null, levels = '{}', comment = '', annotations = '[]',
      marked_by = null,
      revision = revision + 1
    where ${theirs}`)
}

/**
 * The mark that is furthest of those not decided becomes the only one, with a revision above all of them: a page that
 * shows another of them saves nothing over it. Their attempts are locked.
 */
export async function givenToMarks(tx: Transaction, submissionIds: string[]): Promise<void> {
  await tx.run(sql`
    update answers_to_mark a set state = g.state, levels = g.levels, points = g.points, comment = g.comment,
      annotations = g.annotations, marked_by = g.marked_by, marked_at = g.marked_at,
      revision = greatest(a.revision, g.revisions) + 1
    from (
      select distinct on (answer_id) *, sum(revision) over (partition by answer_id) as revisions from given_marks
      where organization_id = ${tx.organizationId} and superseded_at is null and place <> 'decision'
      order by answer_id, state = 'marked' desc, place) g
    where a.organization_id = ${tx.organizationId} and a.submission_id = any(${submissionIds}::uuid[])
      and g.organization_id = a.organization_id and g.answer_id = a.id and a.state <> 'marked' and not a.to_decide`)
}

/**
 * Of two marks of an answer that is not decided, the one that is furthest becomes the first, and the other no longer
 * counts. Their attempts are locked.
 */
export async function secondsToFirst(tx: Transaction, submissionIds: string[]): Promise<void> {
  const theirs = await tx.rows<{ answerId: string; id: string; revision: number }>(sql`
    select g.answer_id, (array_agg(g.id order by g.state = 'marked' desc, g.place))[1] as id,
      (sum(g.revision) + 1)::int as revision
    from answers_to_mark a join given_marks g on g.organization_id = a.organization_id and g.answer_id = a.id
    where a.organization_id = ${tx.organizationId} and a.submission_id = any(${submissionIds}::uuid[])
      and a.state <> 'marked' and not a.to_decide and g.place <> 'decision' and g.superseded_at is null
    group by g.answer_id having bool_or(g.place = 'second')`)
  await tx.run(sql`
    update given_marks set superseded_at = clock_timestamp()
    where organization_id = ${tx.organizationId} and answer_id = any(${theirs.map(({ answerId }) => answerId)}::uuid[])
      and id <> all(${theirs.map(({ id }) => id)}::uuid[]) and place <> 'decision' and superseded_at is null`)
  // A revision above both: a page that shows either of them from before saves nothing over it.
  await tx.run(sql`
    update given_marks g set place = 'first', revision = t.revision
    from jsonb_to_recordset(${JSON.stringify(theirs)}::jsonb) as t (id uuid, revision int)
    where g.organization_id = ${tx.organizationId} and g.id = t.id`)
}
