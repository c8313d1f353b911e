import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Forget which codes of an app were used. For tests. */
export async function rewindTotp(db: Unscoped, userId: string): Promise<void> {
  await db.run(sql`update totp_factors set last_step = 0 where user_id = ${userId}`)
}

/** What the audit log was told of someone, oldest first. For tests. */
export async function selectAudit(db: Unscoped, userId: string) {
  const rows = await db.rows<{ payload: { action: string; details: Record<string, unknown> } }>(
    sql`select payload from outbox where name = 'audit.recorded'
      and (payload -> 'actor' ->> 'id' = ${userId} or payload -> 'subject' ->> 'id' = ${userId}) order by id`,
  )
  return rows.map(({ payload }) => ({ action: payload.action, details: payload.details }))
}

/** For tests. */
export async function selectMfaEnabled(db: Unscoped, userId: string): Promise<boolean> {
  const row = await db.one<{ mfaEnabled: boolean }>(sql`select mfa_enabled from users where id = ${userId}`)
  return row.mfaEnabled
}
