import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { SecondFactor } from '../sessions/proofs.ts'

type Person = { hasPassword: boolean; mfaEnabled: boolean }

/**
 * Hold a person until the transaction ends. Two who remove a factor each at the same moment would otherwise both
 * still see the other's, and leave an account that asks for a second factor it has not got.
 */
export function lockPerson(tx: Unscoped, userId: string): Promise<Person> {
  return tx.one<Person>(sql`
    select password_hash is not null as has_password, mfa_enabled from users where id = ${userId}
    for no key update`)
}

/** Say on the account whether it has a second factor. */
export async function updateMfaEnabled(tx: Unscoped, userId: string): Promise<boolean> {
  const { mfaEnabled } = await tx.one<{ mfaEnabled: boolean }>(sql`
    update users set mfa_enabled =
      exists (select from totp_factors where user_id = ${userId} and secret is not null)
      or exists (select from passkeys where user_id = ${userId})
    where id = ${userId} returning mfa_enabled`)
  return mfaEnabled
}

/** What someone has by which they can answer a challenge. */
export async function selectSecondFactors(db: Unscoped, userId: string): Promise<SecondFactor[]> {
  const has = await db.one<{ totp: boolean; passkey: boolean; code: boolean }>(sql`
    select
      exists (select from totp_factors where user_id = ${userId} and secret is not null) as totp,
      exists (select from passkeys where user_id = ${userId}) as passkey,
      exists (select from recovery_codes where user_id = ${userId} and used_at is null) as code`)
  const methods: SecondFactor[] = []
  if (has.passkey) methods.push('passkey')
  if (has.totp) methods.push('totp')
  if (has.code) methods.push('recovery_code')
  return methods
}

/** By what someone can prove who they are; null for one who is gone. */
export function selectOptionalProofs(db: Unscoped, userId: string) {
  return db.optional<{ email: string; passwordHash: string | null; mfaEnabled: boolean }>(
    sql`select email, password_hash, mfa_enabled from users where id = ${userId}`,
  )
}
