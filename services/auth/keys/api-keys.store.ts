import type { Scope } from '@azora/contracts/scopes.ts'
import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type ApiKeyRow = {
  id: string
  name: string
  scopes: Scope[]
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  revokedAt: string | null
}

const columns = sql`id, name, scopes, created_at, expires_at, last_used_at, revoked_at`

export function insertApiKey(
  tx: Unscoped,
  row: {
    id: string
    organizationId: string
    userId: string
    name: string
    hash: string
    scopes: Scope[]
    expiresAt: string | null
  },
): Promise<ApiKeyRow> {
  return tx.one<ApiKeyRow>(sql`
    insert into api_keys (id, organization_id, user_id, name, hash, scopes, expires_at)
    values (${row.id}, ${row.organizationId}, ${row.userId}, ${row.name}, ${row.hash}, ${row.scopes}::text[],
      ${row.expiresAt})
    returning ${columns}`)
}

/** A person's keys in the school of the scope, newest first; one that ended long ago is left out. */
export function selectApiKeys(db: Queryable, userId: string): Promise<ApiKeyRow[]> {
  return db.rows<ApiKeyRow>(sql`
    select ${columns} from api_keys where organization_id = ${db.organizationId} and user_id = ${userId}
      and coalesce(revoked_at, expires_at, 'infinity') > clock_timestamp() - interval '90 days'
    order by created_at desc, id desc`)
}

/** How many keys of the person still work, counted while nobody else makes one. */
export async function countLiveApiKeys(
  tx: Queryable,
  key: { organizationId: string; userId: string },
): Promise<number> {
  await tx.one(sql`
    select user_id from memberships
    where organization_id = ${key.organizationId} and user_id = ${key.userId} for no key update`)
  const { live } = await tx.one<{ live: number }>(sql`
    select count(*) as live from api_keys where organization_id = ${tx.organizationId}
      and user_id = ${key.userId} and revoked_at is null
      and (expires_at is null or expires_at > clock_timestamp())`)
  return live
}

/** The key of that person and when it ended before this; null when there is none. */
export function revokeApiKey(
  tx: Queryable,
  key: { keyId: string; userId: string },
): Promise<(ApiKeyRow & { justRevoked: boolean }) | null> {
  return tx.optional<ApiKeyRow & { justRevoked: boolean }>(sql`
    update api_keys k set revoked_at = coalesce(k.revoked_at, clock_timestamp())
    from (
      select id, revoked_at is null as just_revoked from api_keys
      where organization_id = ${tx.organizationId} and id = ${key.keyId} for update) before
    where k.organization_id = ${tx.organizationId} and k.id = before.id and k.user_id = ${key.userId}
    returning k.id, k.name, k.scopes, k.created_at, k.expires_at, k.last_used_at, k.revoked_at, before.just_revoked`)
}

/** What a key proves. For the scope across schools: its school is not known before it is found. */
export function selectOptionalProof(db: Unscoped, keyId: string) {
  return db.optional<{
    organizationId: string
    userId: string
    hash: string
    scopes: Scope[]
    expiresAt: string | null
    live: boolean
  }>(sql`
    select organization_id, user_id, hash, scopes, expires_at,
      revoked_at is null and (expires_at is null or expires_at > clock_timestamp()) as live
    from api_keys where id = ${keyId}`)
}

/** Note that a key is in use, at most once a minute. */
export async function touchApiKey(db: Queryable, keyId: string): Promise<void> {
  await db.run(sql`update api_keys set last_used_at = clock_timestamp()
    where organization_id = ${db.organizationId}
      and id = ${keyId} and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')`)
}
