import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Whose session it is, and what its tokens say of it. Times are ISO 8601. */
export type SessionOwner = {
  userId: string
  organizationId: string
  expiresAt: string
  authenticatedAt: string
  impersonatorId: string | null
}

const owner = sql`user_id, organization_id, expires_at, authenticated_at, impersonator_id`

export async function insertSession(
  db: Unscoped,
  row: {
    id: string
    organizationId: string
    userId: string
    token: string
    ip: string
    userAgent: string
    expiresAt: string
    authenticatedAt: string
    impersonator: { userId: string; sessionId: string } | null
  },
): Promise<void> {
  await db.run(sql`
    insert into sessions (id, organization_id, user_id, token, generation, ip, user_agent, expires_at,
      authenticated_at, impersonator_id, impersonator_session_id)
    values (${row.id}, ${row.organizationId}, ${row.userId}, ${row.token}, 1, ${row.ip}, ${row.userAgent},
      ${row.expiresAt}, ${row.authenticatedAt}, ${row.impersonator?.userId ?? null},
      ${row.impersonator?.sessionId ?? null})`)
}

/** Move a live session from `generation` to the next; null when it is not at that generation or has ended. */
export function advanceSession(
  db: Unscoped,
  step: { id: string; generation: number; token: string; expiresAt: string; mostDays: number },
): Promise<SessionOwner | null> {
  return db.optional<SessionOwner>(sql`
    update sessions set generation = generation + 1, token = ${step.token},
      rotated_at = clock_timestamp(), last_seen_at = clock_timestamp(),
      -- Borrowed eyes are given back in time, however often they blink.
      expires_at = case when impersonator_id is null
        then least(${step.expiresAt}::timestamptz, created_at + make_interval(days => ${step.mostDays}))
        else expires_at end
    where id = ${step.id} and generation = ${step.generation}
      and revoked_at is null and expires_at > clock_timestamp()
      and created_at + make_interval(days => ${step.mostDays}) > clock_timestamp()
    returning ${owner}`)
}

/** The live session whose last step was from `generation`, at most so many seconds ago. */
export function selectOptionalJustAdvanced(
  db: Unscoped,
  step: { id: string; generation: number; graceSeconds: number },
): Promise<SessionOwner | null> {
  return db.optional<SessionOwner>(sql`
    select ${owner} from sessions
    where id = ${step.id} and generation = ${step.generation} + 1
      and rotated_at > clock_timestamp() - make_interval(secs => ${step.graceSeconds})
      and revoked_at is null and expires_at > clock_timestamp()`)
}

/** A live session and where it stands. */
export function selectOptionalLiveSession(db: Unscoped, id: string) {
  return db.optional<SessionOwner & { generation: number }>(sql`
    select ${owner}, generation from sessions
    where id = ${id} and revoked_at is null and expires_at > clock_timestamp()`)
}

export async function updateAuthenticatedAt(db: Queryable, id: string): Promise<void> {
  await db.run(sql`
    update sessions set authenticated_at = clock_timestamp()
    where organization_id = ${db.organizationId} and id = ${id}`)
}

export async function moveSession(db: Unscoped, key: { id: string; organizationId: string }): Promise<void> {
  await db.run(sql`update sessions set organization_id = ${key.organizationId} where id = ${key.id}`)
}

/**
 * End live sessions and make it known, so that their access tokens end with them: one, or all of a person, in one
 * school or in all, but for one that is kept. Sessions opened from these by looking through other eyes end as well.
 * @returns the number ended.
 */
export async function revokeSessions(
  db: Unscoped,
  which: { id?: string; userId?: string; organizationId?: string; except?: string },
): Promise<number> {
  const ended = await db.rows(sql`
    with ended as (
      update sessions set revoked_at = clock_timestamp()
      where revoked_at is null
        and (${which.id ?? null}::uuid is null or id = ${which.id ?? null} or impersonator_session_id = ${which.id ?? null})
        and (${which.userId ?? null}::uuid is null or user_id = ${which.userId ?? null}
          or impersonator_id = ${which.userId ?? null})
        and (${which.organizationId ?? null}::uuid is null or organization_id = ${which.organizationId ?? null})
        and (${which.except ?? null}::uuid is null or id <> ${which.except ?? null})
      returning id)
    insert into revocations (kind, id) select 'session', id from ended returning number`)
  return ended.length
}

/** The number of sessions removed: those that expired, and those revoked longer ago than `keepRevokedDays`. */
export function deleteEndedSessions(db: Unscoped, keepRevokedDays: number): Promise<number> {
  return db.run(sql`delete from sessions where expires_at < clock_timestamp()
    or revoked_at < clock_timestamp() - make_interval(days => ${keepRevokedDays})`)
}
