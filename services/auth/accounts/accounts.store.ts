import { roles as knownRoles, type Role } from '@azora/contracts/permissions.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** A person as a member of one school. `roles` are those of the school and of the whole installation. */
export type Account = {
  id: string
  email: string
  name: string
  roles: Role[]
  mfaEnabled: boolean
  organization: { id: string; slug: string; name: string }
}

type AccountRow = Omit<Account, 'organization'> & {
  organizationId: string
  organizationSlug: string
  organizationName: string
  passwordHash: string
}

const accountColumns = sql`
  u.id, u.email, u.name, u.password_hash, u.mfa_enabled, u.roles || m.roles as roles,
  o.id as organization_id, o.slug as organization_slug, o.name as organization_name
  from users u join memberships m on m.user_id = u.id join organizations o on o.id = m.organization_id`

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    roles: knownRoles.filter(role => row.roles.includes(role)),
    mfaEnabled: row.mfaEnabled,
    organization: { id: row.organizationId, slug: row.organizationSlug, name: row.organizationName },
  }
}

export async function selectOptionalAccount(
  db: Queryable,
  key: { organizationId: string; userId: string },
): Promise<Account | null> {
  const row = await db.optional<AccountRow>(sql`
    select ${accountColumns} where m.organization_id = ${key.organizationId} and u.id = ${key.userId}`)
  return row && accountOf(row)
}

/**
 * Who signs in with this address: in the named school, or else in the default one, or else in the one joined
 * first. For the scope across schools.
 */
export async function selectOptionalSignIn(
  db: Queryable,
  key: { email: string; organizationId: string | null },
): Promise<{ account: Account; passwordHash: string } | null> {
  const row = await db.optional<AccountRow>(sql`
    select ${accountColumns}
    where u.email = ${key.email} and (${key.organizationId}::uuid is null or o.id = ${key.organizationId})
    order by o.is_default desc, m.created_at, o.id limit 1`)
  return row && { account: accountOf(row), passwordHash: row.passwordHash }
}

export function selectOptionalUserByEmail(db: Queryable, email: string) {
  return db.optional<{ id: string; name: string }>(sql`select id, name from users where email = ${email}`)
}

/** False when the address is taken. */
export async function insertUser(
  tx: Queryable,
  row: { id: string; email: string; name: string; passwordHash: string },
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into users (id, email, name, password_hash)
    values (${row.id}, ${row.email}, ${row.name}, ${row.passwordHash})
    on conflict (email) do nothing`)
  return inserted === 1
}

/** False when the person is a member already. */
export async function insertMembership(
  tx: Queryable,
  row: { organizationId: string; userId: string; roles: Role[] },
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into memberships (organization_id, user_id, roles)
    values (${row.organizationId}, ${row.userId}, ${row.roles}::text[])
    on conflict (organization_id, user_id) do nothing`)
  return inserted === 1
}

export async function updateLastSeen(db: Queryable, userId: string): Promise<void> {
  await db.run(sql`update users set last_seen_at = clock_timestamp() where id = ${userId}`)
}

/** Set a newer hash of the same password, unless the password was changed meanwhile. */
export async function updatePasswordHash(
  db: Queryable,
  key: { userId: string; from: string; to: string },
): Promise<void> {
  await db.run(sql`update users set password_hash = ${key.to}, updated_at = clock_timestamp()
    where id = ${key.userId} and password_hash = ${key.from}`)
}
