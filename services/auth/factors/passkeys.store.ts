import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** A passkey as its owner sees it. */
export type Passkey = {
  id: string
  name: string
  synced: boolean
  createdAt: string
  lastUsedAt: string | null
}

/** What verifies its signatures. `publicKey` is a COSE_Key, `credentialId` base64url. */
export type StoredPasskey = {
  id: string
  userId: string
  credentialId: string
  publicKey: Buffer
  backupEligible: boolean
}

const shown = sql`id, name, synced, created_at, last_used_at`

/** The first one made first. */
export function selectPasskeys(db: Unscoped, userId: string): Promise<Passkey[]> {
  return db.rows<Passkey>(
    sql`select ${shown} from passkeys where user_id = ${userId} order by created_at, id`,
  )
}

/** How a browser finds them again. */
export function selectCredentials(db: Unscoped, userId: string) {
  return db.rows<{ credentialId: string; transports: string[] }>(
    sql`select credential_id, transports from passkeys where user_id = ${userId} order by created_at, id`,
  )
}

export function selectOptionalPasskey(db: Unscoped, credentialId: string) {
  return db.optional<StoredPasskey>(sql`
    select id, user_id, credential_id, public_key, backup_eligible from passkeys
    where credential_id = ${credentialId}`)
}

/** Null when the credential is someone's already. */
export function insertPasskey(
  tx: Unscoped,
  row: {
    id: string
    userId: string
    credentialId: string
    publicKey: Uint8Array
    counter: number
    transports: string[]
    name: string
    backupEligible: boolean
    synced: boolean
    standsAlone: boolean
  },
): Promise<Passkey | null> {
  return tx.optional<Passkey>(sql`
    insert into passkeys (id, user_id, credential_id, public_key, counter, transports, name, backup_eligible,
      synced, stands_alone)
    values (${row.id}, ${row.userId}, ${row.credentialId}, ${Buffer.from(row.publicKey)}, ${row.counter},
      ${row.transports}::text[], ${row.name}, ${row.backupEligible}, ${row.synced}, ${row.standsAlone})
    on conflict (credential_id) do nothing
    returning ${shown}`)
}

/**
 * Note a use. Authenticators without a counter always say 0; with one, each use says a higher number.
 * @returns false when the counter did not rise: a copy of the passkey may be about (WebAuthn Level 3, 6.1.1).
 */
export async function advancePasskey(
  db: Unscoped,
  use: { id: string; counter: number; synced: boolean },
): Promise<boolean> {
  const advanced = await db.run(sql`
    update passkeys set counter = ${use.counter}, synced = ${use.synced}, last_used_at = clock_timestamp()
    where id = ${use.id} and (counter < ${use.counter} or (counter = 0 and ${use.counter}::bigint = 0))`)
  return advanced === 1
}

export function renamePasskeyOf(
  db: Unscoped,
  key: { id: string; userId: string; name: string },
): Promise<Passkey | null> {
  return db.optional<Passkey>(sql`
    update passkeys set name = ${key.name} where id = ${key.id} and user_id = ${key.userId} returning ${shown}`)
}

export async function deletePasskey(tx: Unscoped, key: { id: string; userId: string }): Promise<boolean> {
  return (await tx.run(sql`delete from passkeys where id = ${key.id} and user_id = ${key.userId}`)) === 1
}

export async function deletePasskeysOf(tx: Unscoped, userId: string): Promise<void> {
  await tx.run(sql`delete from passkeys where user_id = ${userId}`)
}

/** Whether someone has a passkey by which they can sign in without anything else. */
export async function hasPasswordlessPasskey(db: Unscoped, userId: string): Promise<boolean> {
  const { found } = await db.one<{ found: boolean }>(
    sql`select exists (select from passkeys where user_id = ${userId} and stands_alone) as found`,
  )
  return found
}
