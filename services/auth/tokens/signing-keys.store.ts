import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { JWK } from 'jose'

/** Held until the transaction ends, so that two processes that start at once agree on one key. */
export async function lockKeys(tx: Unscoped): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('azora auth keys'))`)
}

export function selectOptionalCurrentKey(db: Unscoped) {
  return db.optional<{ kid: string; privateKey: string }>(
    sql`select kid, private_key from signing_keys where retired_at is null`,
  )
}

/** Whether the key that signs today was made so many days ago or earlier. */
export async function isCurrentKeyOld(db: Unscoped, days: number): Promise<boolean> {
  const { old } = await db.one<{ old: boolean }>(sql`
    select exists (select from signing_keys where retired_at is null
      and created_at < clock_timestamp() - make_interval(days => ${days})) as old`)
  return old
}

/** The public keys under which a token may still be valid. */
export async function selectPublicKeys(db: Unscoped, retiredForSeconds: number): Promise<JWK[]> {
  const rows = await db.rows<{ publicJwk: JWK }>(sql`
    select public_jwk from signing_keys
    where retired_at is null or retired_at > clock_timestamp() - make_interval(secs => ${retiredForSeconds})
    order by created_at desc`)
  return rows.map(row => row.publicJwk)
}

export async function insertKey(
  tx: Unscoped,
  key: { kid: string; publicJwk: JWK; privateKey: string },
): Promise<void> {
  await tx.run(sql`insert into signing_keys (kid, public_jwk, private_key)
    values (${key.kid}, ${JSON.stringify(key.publicJwk)}::jsonb, ${key.privateKey})`)
}

export async function retireCurrentKey(tx: Unscoped): Promise<void> {
  await tx.run(sql`update signing_keys set retired_at = clock_timestamp() where retired_at is null`)
}

export async function deleteKeysRetiredFor(db: Unscoped, seconds: number): Promise<void> {
  await db.run(
    sql`delete from signing_keys where retired_at < clock_timestamp() - make_interval(secs => ${seconds})`,
  )
}

export function selectOptionalSecret(db: Unscoped, name: string) {
  return db.optional<{ sealed: string }>(sql`select sealed from secrets where name = ${name}`)
}

export async function insertSecret(tx: Unscoped, name: string, sealed: string): Promise<void> {
  await tx.run(sql`insert into secrets (name, sealed) values (${name}, ${sealed})`)
}
