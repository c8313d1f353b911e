import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { v7 as uuidv7 } from 'uuid'

/** A mark that was changed after its attempt was graded. */
export type MarkChange = {
  id: string
  questionId: string
  kind: 'overridden' | 'taken_back' | 'regraded'
  fromPoints: number
  toPoints: number
  reason: string | null
  changedBy: string
  changedAt: string
}

/** With the change itself; its attempt is locked. */
export async function insertMarkChange(
  tx: Transaction,
  submissionId: string,
  change: Omit<MarkChange, 'id' | 'changedAt'>,
): Promise<void> {
  const { questionId, kind, fromPoints, toPoints, reason, changedBy } = change
  await tx.run(sql`
    insert into mark_changes
      (id, organization_id, submission_id, question_id, kind, from_points, to_points, reason, changed_by)
    values (${uuidv7()}, ${tx.organizationId}, ${submissionId}, ${questionId}, ${kind}, ${fromPoints}, ${toPoints},
      ${reason}, ${changedBy})`)
}

/** How often the mark of an answer was changed: what was seen before the latest change is out of date. */
export async function countMarkChanges(
  db: Queryable,
  submissionId: string,
  questionId: string,
): Promise<number> {
  const { count } = await db.one<{ count: number }>(sql`
    select count(*)::int as count from mark_changes
    where organization_id = ${db.organizationId} and submission_id = ${submissionId}
      and question_id = ${questionId}`)
  return count
}

/** The changes of an attempt's marks, newest first. */
export async function selectMarkChanges(db: Queryable, submissionId: string): Promise<MarkChange[]> {
  return db.rows<MarkChange>(sql`
    select id, question_id, kind, from_points::float8 as from_points, to_points::float8 as to_points, reason,
      changed_by, changed_at
    from mark_changes
    where organization_id = ${db.organizationId} and submission_id = ${submissionId}
    order by changed_at desc, id desc`)
}
