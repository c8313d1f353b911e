import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

const pendingMinutes = 60

/** The sealed secret of an app that is turned on. */
export function selectOptionalTotp(db: Unscoped, userId: string) {
  return db.optional<{ secret: string; enabledAt: string }>(
    sql`select secret, enabled_at from totp_factors where user_id = ${userId} and secret is not null`,
  )
}

/** The sealed secret that still waits for its first code. */
export function selectOptionalPendingTotp(db: Unscoped, userId: string) {
  return db.optional<{ secret: string }>(sql`
    select pending_secret as secret from totp_factors
    where user_id = ${userId} and pending_secret is not null
      and pending_since > clock_timestamp() - make_interval(mins => ${pendingMinutes})`)
}

export async function upsertPendingTotp(
  db: Unscoped,
  row: { userId: string; secret: string },
): Promise<void> {
  await db.run(sql`
    insert into totp_factors (user_id, pending_secret, pending_since)
    values (${row.userId}, ${row.secret}, clock_timestamp())
    on conflict (user_id) do update
      set pending_secret = excluded.pending_secret, pending_since = excluded.pending_since`)
}

/** Let the waiting secret count, unless another took its place meanwhile. */
export async function confirmPendingTotp(
  tx: Unscoped,
  key: { userId: string; secret: string; step: number },
): Promise<boolean> {
  const confirmed = await tx.run(sql`
    update totp_factors set secret = pending_secret, enabled_at = clock_timestamp(), last_step = ${key.step},
      pending_secret = null, pending_since = null
    where user_id = ${key.userId} and pending_secret = ${key.secret}`)
  return confirmed === 1
}

/** Spend the code of a time step: of all who come with it, at once or later, one is told true. */
export async function spendTotpStep(
  db: Unscoped,
  key: { userId: string; secret: string; step: number },
): Promise<boolean> {
  const spent = await db.run(sql`
    update totp_factors set last_step = ${key.step}
    where user_id = ${key.userId} and secret = ${key.secret} and last_step < ${key.step}`)
  return spent === 1
}

/** @returns whether there was one in use. */
export async function deleteTotp(tx: Unscoped, userId: string): Promise<boolean> {
  const gone = await tx.optional<{ inUse: boolean }>(
    sql`delete from totp_factors where user_id = ${userId} returning secret is not null as in_use`,
  )
  return gone?.inUse ?? false
}
