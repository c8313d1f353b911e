import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What was published under a name of someone, oldest first. For tests. */
export async function selectEvents(db: Unscoped, name: string, userId: string) {
  const rows = await db.rows<{ payload: Record<string, unknown> }>(sql`
    select payload from outbox where name = ${name} and payload ->> 'userId' = ${userId} order by id`)
  return rows.map(row => row.payload)
}

/** What the audit log was told of someone, oldest first. For tests. */
export async function selectAuditActions(db: Unscoped, userId: string): Promise<string[]> {
  const rows = await db.rows<{ action: string }>(sql`
    select payload ->> 'action' as action from outbox where name = 'audit.recorded'
      and (payload -> 'actor' ->> 'id' = ${userId} or payload -> 'subject' ->> 'id' = ${userId}) order by id`)
  return rows.map(row => row.action)
}

/** How many sessions of someone go on. For tests. */
export async function countLiveSessions(db: Unscoped, userId: string): Promise<number> {
  const row = await db.one<{ count: number }>(
    sql`select count(*) as count from sessions where user_id = ${userId} and revoked_at is null`,
  )
  return row.count
}

/** Make an account, and all that it proves itself with, as old as said. For tests. */
export async function ageAccount(db: Unscoped, userId: string, years: number): Promise<void> {
  await db.run(sql`
    update users set created_at = created_at - make_interval(years => ${years}),
      updated_at = updated_at - make_interval(years => ${years}) where id = ${userId}`)
}
