import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Whether there is such a membership; if so it does not change before the transaction is over. */
export async function lockMembership(
  tx: Unscoped,
  key: { organizationId: string; userId: string },
): Promise<boolean> {
  const row = await tx.optional(sql`
    select user_id from memberships
    where organization_id = ${key.organizationId} and user_id = ${key.userId} for share`)
  return row !== null
}

/** Whether a session lives; if so it is not ended before the transaction is over. */
export async function lockSession(tx: Queryable, key: { id: string; userId: string }): Promise<boolean> {
  const row = await tx.optional(sql`
    select id from sessions where organization_id = ${tx.organizationId} and id = ${key.id} and user_id = ${key.userId}
      and revoked_at is null and expires_at > clock_timestamp() for share`)
  return row !== null
}

/** From which session of the administrator a live session was opened. */
export async function selectOptionalOrigin(db: Queryable, id: string): Promise<string | null> {
  const row = await db.optional<{ origin: string | null }>(sql`
    select impersonator_session_id as origin from sessions
    where organization_id = ${db.organizationId}
      and id = ${id} and revoked_at is null and expires_at > clock_timestamp()`)
  return row?.origin ?? null
}

/** End what is looked at in a school through someone's eyes, and what they look at through others'. */
export async function endImpersonations(
  tx: Unscoped,
  { organizationId, userId }: { organizationId: string; userId: string },
): Promise<void> {
  await tx.run(sql`
    with ended as (
      update sessions set revoked_at = clock_timestamp()
      where organization_id = ${organizationId} and revoked_at is null and impersonator_id is not null
        and (user_id = ${userId} or impersonator_id = ${userId})
      returning id)
    insert into revocations (kind, id) select 'session', id from ended`)
}
