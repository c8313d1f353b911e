import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What tests of attempts read and change past the service. */

/** Let an attempt have ended so many seconds ago, by the database's clock. */
export async function endAgo(db: Queryable, submissionId: string, seconds: number): Promise<void> {
  await db.run(sql`
    update submissions set expires_at = clock_timestamp() - make_interval(secs => ${seconds})
    where organization_id = ${db.organizationId} and id = ${submissionId}`)
}

/** The events that told of an attempt's result. */
export const selectResultEvents = (db: Unscoped, submissionId: string) =>
  db.rows<{ payload: { scorePercent: number } }>(sql`
    select payload from outbox where name = 'assessment.completed' and payload ->> 'submissionId' = ${submissionId}`)
