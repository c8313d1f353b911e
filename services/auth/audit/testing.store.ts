import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Events of auth that were not handed on yet, or not reacted to. For tests. */
export async function countWaiting(db: Unscoped): Promise<number> {
  const { waiting } = await db.one<{ waiting: number }>(sql`
    select (select count(*) from outbox where published_at is null)
      + (select count(*) from inbox where processed_at is null and failed_at is null) as waiting`)
  return waiting
}
