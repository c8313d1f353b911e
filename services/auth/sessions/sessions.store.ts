import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type SessionOwner = { userId: string; organizationId: string; expiresAt: string }

export async function insertSession(
  db: Queryable,
  row: {
    id: string
    organizationId: string
    userId: string
    token: string
    ip: string
    userAgent: string
    expiresAt: string
  },
): Promise<void> {
  await db.run(sql`
    insert into sessions (id, organization_id, user_id, token, generation, ip, user_agent, expires_at)
    values (${row.id}, ${row.organizationId}, ${row.userId}, ${row.token}, 1, ${row.ip}, ${row.userAgent},
      ${row.expiresAt})`)
}

/** Move a live session from `generation` to the next; null when it is not at that generation or has ended. */
export function advanceSession(
  db: Queryable,
  step: { id: string; generation: number; token: string; expiresAt: string },
): Promise<SessionOwner | null> {
  return db.optional<SessionOwner>(sql`
    update sessions set generation = generation + 1, token = ${step.token},
      rotated_at = clock_timestamp(), expires_at = ${step.expiresAt}
    where id = ${step.id} and generation = ${step.generation}
      and revoked_at is null and expires_at > clock_timestamp()
    returning user_id, organization_id, expires_at`)
}

/** The live session whose last step was from `generation`, at most so many seconds ago. */
export function selectOptionalJustAdvanced(
  db: Queryable,
  step: { id: string; generation: number; graceSeconds: number },
): Promise<SessionOwner | null> {
  return db.optional<SessionOwner>(sql`
    select user_id, organization_id, expires_at from sessions
    where id = ${step.id} and generation = ${step.generation} + 1
      and rotated_at > clock_timestamp() - make_interval(secs => ${step.graceSeconds})
      and revoked_at is null and expires_at > clock_timestamp()`)
}

export async function revokeSession(db: Queryable, id: string): Promise<void> {
  await db.run(
    sql`update sessions set revoked_at = clock_timestamp() where id = ${id} and revoked_at is null`,
  )
}

/** The number of sessions removed: those that expired, and those revoked longer ago than `keepRevokedDays`. */
export function deleteEndedSessions(db: Queryable, keepRevokedDays: number): Promise<number> {
  return db.run(sql`delete from sessions where expires_at < clock_timestamp()
    or revoked_at < clock_timestamp() - make_interval(days => ${keepRevokedDays})`)
}
