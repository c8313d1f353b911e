import type { SchoolRole } from '@azora/contracts/permissions.ts'
import type { Scope } from '@azora/contracts/scopes.ts'
import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import type { Tier } from '@azora/kit/identity.ts'
import { sql } from '@azora/kit/sql.ts'

export type OauthClientRow = {
  id: string
  name: string
  scopes: Scope[]
  roles: SchoolRole[]
  createdBy: string | null
  createdAt: string
  lastUsedAt: string | null
  revokedAt: string | null
  /** Since when the secret no longer works, because the one who knew it lost their rights. */
  secretWithdrawnAt: string | null
}

const columns = sql`
  c.id, c.name, c.scopes, c.roles, (select u.name from users u where u.id = c.created_by) as created_by,
  c.created_at, c.last_used_at, c.revoked_at, c.secret_withdrawn_at`

export function insertOauthClient(
  tx: Unscoped,
  row: {
    id: string
    organizationId: string
    name: string
    hash: string
    scopes: Scope[]
    roles: SchoolRole[]
    createdBy: string
  },
): Promise<OauthClientRow> {
  return tx.one<OauthClientRow>(sql`
    insert into oauth_clients as c (id, organization_id, name, hash, scopes, roles, created_by, secret_held_by)
    values (${row.id}, ${row.organizationId}, ${row.name}, ${row.hash}, ${row.scopes}::text[],
      ${row.roles}::text[], ${row.createdBy}, ${row.createdBy})
    returning ${columns}`)
}

/** The clients of the school of the scope, newest first; one that ended long ago is left out. */
export function selectOauthClients(db: Queryable): Promise<OauthClientRow[]> {
  return db.rows<OauthClientRow>(sql`
    select ${columns} from oauth_clients c
    where c.organization_id = ${db.organizationId}
      and coalesce(c.revoked_at, 'infinity') > clock_timestamp() - interval '90 days'
    order by c.created_at desc, c.id desc limit 500`)
}

/** The new secret's hash, and who was shown it. Null when there is no such client that was not revoked. */
export function replaceHash(
  tx: Queryable,
  key: { clientId: string; hash: string; holder: string },
): Promise<OauthClientRow | null> {
  return tx.optional<OauthClientRow>(sql`
    update oauth_clients c set hash = ${key.hash}, secret_held_by = ${key.holder}, secret_withdrawn_at = null
    where c.organization_id = ${tx.organizationId} and c.id = ${key.clientId} and c.revoked_at is null
    returning ${columns}`)
}

/** The clients of a school whose secret someone knows, and which still work. */
export function selectClientsHeldBy(db: Unscoped, key: { organizationId: string; userId: string }) {
  return db.rows<{ id: string; roles: SchoolRole[] }>(sql`
    select id, roles from oauth_clients where organization_id = ${key.organizationId}
      and secret_held_by = ${key.userId} and revoked_at is null and secret_withdrawn_at is null`)
}

/** The secret stops working until there is a new one. */
export async function withdrawSecret(tx: Queryable, clientId: string): Promise<void> {
  await tx.run(sql`
    update oauth_clients set secret_withdrawn_at = clock_timestamp()
    where organization_id = ${tx.organizationId} and id = ${clientId}`)
}

/** Null when there is none; `justRevoked` tells whether it still worked. */
export function revokeOauthClient(
  tx: Queryable,
  clientId: string,
): Promise<(OauthClientRow & { justRevoked: boolean }) | null> {
  return tx.optional<OauthClientRow & { justRevoked: boolean }>(sql`
    update oauth_clients c set revoked_at = coalesce(c.revoked_at, clock_timestamp())
    from (
      select id, revoked_at is null as just_revoked from oauth_clients
      where organization_id = ${tx.organizationId} and id = ${clientId} for update) before
    where c.organization_id = ${tx.organizationId} and c.id = before.id
    returning ${columns}, before.just_revoked`)
}

/** What a client proves and may. For the scope across schools: its school is not known before it is found. */
export function selectOptionalClientProof(db: Unscoped, clientId: string) {
  return db.optional<{
    organizationId: string
    hash: string
    scopes: Scope[]
    roles: SchoolRole[]
    tier: Tier
    live: boolean
    withdrawn: boolean
  }>(sql`
    select c.organization_id, c.hash, c.scopes, c.roles, o.tier, c.revoked_at is null as live,
      c.secret_withdrawn_at is not null as withdrawn
    from oauth_clients c join organizations o on o.id = c.organization_id where c.id = ${clientId}`)
}

/** Note that a client is in use, at most once a minute. */
export async function touchOauthClient(db: Queryable, clientId: string): Promise<void> {
  await db.run(sql`update oauth_clients set last_used_at = clock_timestamp()
    where organization_id = ${db.organizationId}
      and id = ${clientId} and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')`)
}
