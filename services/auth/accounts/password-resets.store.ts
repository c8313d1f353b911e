import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

// For so long the network address of someone who set a password by email is known to be the owner's.
const keptDays = 30

export async function insertPasswordReset(
  tx: Unscoped,
  row: { digest: string; organizationId: string; userId: string; expiresAt: string },
): Promise<void> {
  await tx.run(sql`
    insert into password_resets (digest, organization_id, user_id, expires_at)
    values (${row.digest}, ${row.organizationId}, ${row.userId}, ${row.expiresAt})`)
}

/** Whose new password a token can set; null for one that is spent, expired or unknown. */
export function selectOptionalPasswordReset(db: Unscoped, digest: string) {
  return db.optional<{ userId: string; organizationId: string }>(sql`
    select user_id, organization_id from password_resets
    where digest = ${digest} and spent_at is null and expires_at > clock_timestamp()`)
}

/** Of all who came with the token, one is told true. */
export async function spendPasswordReset(
  tx: Unscoped,
  { digest, ip }: { digest: string; ip: string },
): Promise<boolean> {
  const spent = await tx.run(sql`
    update password_resets set spent_at = clock_timestamp(), spent_from = ${ip}
    where digest = ${digest} and spent_at is null and expires_at > clock_timestamp()`)
  return spent === 1
}

/** Emails from before a change no longer set a password. */
export async function deletePasswordResetsOf(tx: Unscoped, userId: string): Promise<void> {
  await tx.run(sql`delete from password_resets where user_id = ${userId} and spent_at is null`)
}

export async function deleteOldPasswordResets(db: Unscoped): Promise<void> {
  await db.run(sql`
    delete from password_resets
    where expires_at < clock_timestamp()
      and (spent_at is null or spent_at < clock_timestamp() - make_interval(days => ${keptDays}))`)
}
