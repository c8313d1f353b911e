import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export async function insertRecoveryCodes(
  tx: Unscoped,
  row: { userId: string; digests: string[] },
): Promise<void> {
  await deleteRecoveryCodes(tx, row.userId)
  await tx.run(sql`
    insert into recovery_codes (user_id, digest)
    select ${row.userId}::uuid, digest from unnest(${row.digests}::text[]) digest`)
}

export async function deleteRecoveryCodes(tx: Unscoped, userId: string): Promise<void> {
  await tx.run(sql`delete from recovery_codes where user_id = ${userId}`)
}

export async function countRecoveryCodes(db: Unscoped, userId: string): Promise<number> {
  const { left } = await db.one<{ left: number }>(sql`
    select count(*) as left from recovery_codes where user_id = ${userId} and used_at is null`)
  return left
}

/** Of all who come with it, at once or later, one is told true. */
export async function spendRecoveryCodeDigest(
  db: Unscoped,
  key: { userId: string; digest: string },
): Promise<boolean> {
  const spent = await db.run(sql`
    update recovery_codes set used_at = clock_timestamp()
    where user_id = ${key.userId} and digest = ${key.digest} and used_at is null`)
  return spent === 1
}
