import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What tests of regrades read and change past the service. */

/** The events that tell a learner of a changed score. */
export const selectScoreEvents = (db: Unscoped, submissionId: string) =>
  db.rows<{ payload: { before: number; after: number; quizTitle: string } }>(sql`
    select payload from outbox where name = 'score.changed' and payload ->> 'submissionId' = ${submissionId}`)

/** Let a regrade have been started so many minutes ago. */
export async function requestAgo(db: Queryable, regradeId: string, minutes: number): Promise<void> {
  await db.run(sql`
    update regrades set requested_at = clock_timestamp() - make_interval(mins => ${minutes}::int)
    where organization_id = ${db.organizationId} and id = ${regradeId}`)
}

/** Let the marks of an attempt be past reading. */
export async function spoil(db: Queryable, submissionId: string): Promise<void> {
  await db.run(sql`
    update submissions set grading = '{}' where organization_id = ${db.organizationId} and id = ${submissionId}`)
}
