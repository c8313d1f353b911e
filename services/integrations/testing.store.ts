import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** How many events have not been reacted to yet. For tests. */
export async function countWaitingEvents(db: Unscoped): Promise<number> {
  const { n } = await db.one<{ n: number }>(
    sql`select count(*) as n from inbox where processed_at is null and failed_at is null`,
  )
  return n
}
