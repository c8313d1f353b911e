import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Let a person's page have last said so many seconds ago that an answer is open in it. */
export async function leaveOpenFor(db: Queryable, userId: string, seconds: number): Promise<void> {
  await db.run(sql`
    update open_answers set seen_at = clock_timestamp() - make_interval(secs => ${seconds}::int)
    where organization_id = ${db.organizationId} and user_id = ${userId}`)
}
