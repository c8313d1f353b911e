import { offices as knownOffices, type Office } from '@azora/contracts/offices.ts'
import { roles as knownRoles, type Role, type SchoolRole } from '@azora/contracts/permissions.ts'
import type { Unscoped } from '@azora/kit/db.ts'
import type { Tier } from '@azora/kit/identity.ts'
import { sql } from '@azora/kit/sql.ts'
import { heldOffices } from '../offices/offices.store.ts'

/** A person as a member of one school. `roles` are those of the school and of the whole installation. */
export type Account = {
  id: string
  email: string
  name: string
  roles: Role[]
  /** What they hold in the school beside their roles. */
  offices: Office[]
  mfaEnabled: boolean
  organization: { id: string; slug: string; name: string; tier: Tier; requireMfa: RequireMfa }
}

/** Of whom the school asks a second factor. */
export type RequireMfa = 'nobody' | 'staff' | 'everyone'

type AccountRow = Omit<Account, 'organization'> & {
  tier: Tier
  requireMfa: RequireMfa
  barred: boolean
  organizationId: string
  organizationSlug: string
  organizationName: string
  passwordHash: string | null
}

const accountColumns = sql`
  u.id, u.email, u.name, u.password_hash, u.mfa_enabled, u.roles || m.roles as roles,
  ${heldOffices} as offices,
  o.id as organization_id, o.slug as organization_slug, o.name as organization_name,
  o.tier, o.require_mfa, m.suspended_at is not null as barred
  from users u join memberships m on m.user_id = u.id join organizations o on o.id = m.organization_id`

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    roles: knownRoles.filter(role => row.roles.includes(role)),
    offices: knownOffices.filter(office => row.offices.includes(office)),
    mfaEnabled: row.mfaEnabled,
    organization: {
      id: row.organizationId,
      slug: row.organizationSlug,
      name: row.organizationName,
      tier: row.tier,
      requireMfa: row.requireMfa,
    },
  }
}

/** Someone who may act in the school: null also for who is suspended there or is about to be deleted. */
export async function selectOptionalAccount(
  db: Unscoped,
  key: { organizationId: string; userId: string },
): Promise<Account | null> {
  const row = await db.optional<AccountRow>(sql`
    select ${accountColumns} where m.organization_id = ${key.organizationId} and u.id = ${key.userId}
      and m.suspended_at is null and u.deletes_at is null`)
  return row && accountOf(row)
}

/**
 * Who signs in with this address: in the named school, or else in the default one, or else in the one joined
 * first; a school in which the person is suspended comes last. For the scope across schools.
 */
export async function selectOptionalSignIn(
  db: Unscoped,
  key: { email: string; organizationId: string | null },
): Promise<{ account: Account; passwordHash: string | null; barred: boolean } | null> {
  const row = await db.optional<AccountRow>(sql`
    select ${accountColumns}
    where u.email = ${key.email} and u.deletes_at is null
      and (${key.organizationId}::uuid is null or o.id = ${key.organizationId})
    order by m.suspended_at is not null, o.is_default desc, m.created_at, o.id limit 1`)
  return row && { account: accountOf(row), passwordHash: row.passwordHash, barred: row.barred }
}

/** The same, of a person whose id is known by other means: a passkey, an account elsewhere. */
export async function selectOptionalSignInOf(
  db: Unscoped,
  key: { userId: string; organizationId: string | null },
): Promise<{ account: Account; barred: boolean } | null> {
  const row = await db.optional<AccountRow>(sql`
    select ${accountColumns}
    where u.id = ${key.userId} and u.deletes_at is null
      and (${key.organizationId}::uuid is null or o.id = ${key.organizationId})
    order by m.suspended_at is not null, o.is_default desc, m.created_at, o.id limit 1`)
  return row && { account: accountOf(row), barred: row.barred }
}

/** The schools someone may act in, by name. For the scope across schools. */
export async function selectMemberships(db: Unscoped, userId: string) {
  const rows = await db.rows<{ id: string; slug: string; name: string; roles: SchoolRole[] }>(sql`
    select o.id, o.slug, o.name, m.roles
    from memberships m join organizations o on o.id = m.organization_id
    where m.user_id = ${userId} and m.suspended_at is null order by o.name, o.id`)
  return rows.map(({ roles, ...organization }) => ({ organization, roles }))
}

export function selectOptionalUserByEmail(db: Unscoped, email: string) {
  return db.optional<{ id: string; name: string }>(sql`select id, name from users where email = ${email}`)
}

/** False when the address is taken. */
export async function insertUser(
  tx: Unscoped,
  row: { id: string; email: string; name: string; passwordHash: string | null },
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into users (id, email, name, password_hash)
    values (${row.id}, ${row.email}, ${row.name}, ${row.passwordHash})
    on conflict (email) do nothing`)
  return inserted === 1
}

/** False when the person is a member already. */
export async function insertMembership(
  tx: Unscoped,
  row: { organizationId: string; userId: string; roles: SchoolRole[] },
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into memberships (organization_id, user_id, roles)
    values (${row.organizationId}, ${row.userId}, ${row.roles}::text[])
    on conflict (organization_id, user_id) do nothing`)
  return inserted === 1
}

export async function updateLastSeen(db: Unscoped, userId: string): Promise<void> {
  await db.run(sql`update users set last_seen_at = clock_timestamp() where id = ${userId}`)
}

/** Set a newer hash of the same password, unless the password was changed meanwhile. */
export async function updatePasswordHash(
  db: Unscoped,
  key: { userId: string; from: string; to: string },
): Promise<void> {
  await db.run(sql`update users set password_hash = ${key.to}, updated_at = clock_timestamp()
    where id = ${key.userId} and password_hash = ${key.from}`)
}

/** What someone signs in with, and what their password must not be made of; null for one who is gone or is leaving. */
export function selectOptionalCredentials(db: Unscoped, userId: string) {
  return db.optional<{ email: string; name: string; passwordHash: string | null; schools: string[] }>(sql`
    select u.email, u.name, u.password_hash,
      array(select o.name from memberships m join organizations o on o.id = m.organization_id
        where m.user_id = u.id) as schools
    from users u where u.id = ${userId} and u.deletes_at is null`)
}

/** Set another password. False when it is no longer `from`: someone was faster. */
export async function updatePassword(
  tx: Unscoped,
  key: { userId: string; from: string | null; to: string },
): Promise<boolean> {
  const changed = await tx.run(sql`
    update users set password_hash = ${key.to}, updated_at = clock_timestamp()
    where id = ${key.userId} and password_hash is not distinct from ${key.from} and deletes_at is null`)
  return changed === 1
}

/** Set another name or address. @throws what PostgreSQL says when the address is taken. */
export async function updateProfile(
  tx: Unscoped,
  person: { userId: string; name?: string; email?: string },
): Promise<void> {
  await tx.run(sql`
    update users set name = coalesce(${person.name ?? null}, name),
      email = coalesce(${person.email ?? null}, email), updated_at = clock_timestamp()
    where id = ${person.userId}`)
}

/** Someone as all their schools know them, barred or not. For the scope across schools. */
export function selectProfiles(db: Unscoped, userId: string) {
  return db.rows<{ userId: string; organizationId: string; email: string; name: string }>(sql`
    select u.id as user_id, m.organization_id, u.email, u.name
    from users u join memberships m on m.user_id = u.id where u.id = ${userId} order by m.organization_id`)
}

export async function selectOptionalName(db: Unscoped, userId: string): Promise<string | null> {
  const row = await db.optional<{ name: string }>(sql`select name from users where id = ${userId}`)
  return row?.name ?? null
}

/** Let someone run the installation with all its schools. */
export async function makeOperator(db: Unscoped, userId: string): Promise<void> {
  await db.run(sql`update users set roles = array['operator'] where id = ${userId}`)
}
