import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { ProviderId } from './providers.ts'

/** An account elsewhere that signs someone in. `label` is an e-mail address or a login, for its owner's eyes. */
type Identity = { provider: ProviderId; label: string; linkedAt: string }

/** The one linked first comes first. */
export function selectIdentities(db: Unscoped, userId: string): Promise<Identity[]> {
  return db.rows<Identity>(sql`
    select provider, label, linked_at from identities where user_id = ${userId} order by linked_at, provider`)
}

/** Whose account elsewhere it is. For the scope across schools. */
export async function selectOptionalOwner(
  db: Unscoped,
  key: { provider: ProviderId; subject: string },
): Promise<string | null> {
  const row = await db.optional<{ userId: string }>(sql`
    select user_id from identities where provider = ${key.provider} and subject = ${key.subject}`)
  return row?.userId ?? null
}

/** False when it is linked already, or the person has another one there. */
export async function insertIdentity(
  tx: Unscoped,
  row: { userId: string; provider: ProviderId; subject: string; label: string },
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into identities (user_id, provider, subject, label)
    values (${row.userId}, ${row.provider}, ${row.subject}, ${row.label})
    on conflict do nothing`)
  return inserted === 1
}

export async function deleteIdentity(
  tx: Unscoped,
  key: { userId: string; provider: ProviderId },
): Promise<boolean> {
  const deleted = await tx.run(
    sql`delete from identities where user_id = ${key.userId} and provider = ${key.provider}`,
  )
  return deleted === 1
}
