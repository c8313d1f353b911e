import type { Office } from '@azora/contracts/offices.ts'
import type { SchoolRole } from '@azora/contracts/permissions.ts'
import type { Queryable, Unscoped } from '@azora/kit/db.ts'
import { none, sql } from '@azora/kit/sql.ts'
import type { Place } from '../list-cursor.ts'
import { heldOffices } from '../offices/offices.store.ts'

/** A member of a school. `createdAt` is when they joined it; `lastSeenAt` when they were last here at all. */
export type Person = {
  id: string
  email: string
  name: string
  roles: SchoolRole[]
  /** What they hold beside their roles, in no order. */
  offices: Office[]
  status: 'active' | 'suspended'
  mfaEnabled: boolean
  createdAt: string
  lastSeenAt: string | null
}

const personColumns = sql`
  u.id, u.email, u.name, m.roles, ${heldOffices} as offices, u.mfa_enabled, m.created_at, u.last_seen_at,
  case when m.suspended_at is null then 'active' else 'suspended' end as status
  from memberships m join users u on u.id = m.user_id`

export function selectPeople(
  db: Unscoped,
  query: {
    organizationId: string
    pattern: string | null
    role: SchoolRole | null
    office: Office | null
    status: Person['status'] | null
    before: Place | null
    limit: number
  },
): Promise<Person[]> {
  const { pattern, role, office, status, before } = query
  return db.rows<Person>(sql`
    select ${personColumns} where m.organization_id = ${query.organizationId}
    ${pattern === null ? none : sql`and (u.name ilike ${pattern} or u.email ilike ${pattern})`}
    ${role === null ? none : sql`and ${role} = any(m.roles)`}
    ${office === null ? none : sql`and ${office} = any(${heldOffices})`}
    ${status === null ? none : sql`and (m.suspended_at is not null) = ${status === 'suspended'}`}
    ${before === null ? none : sql`and (m.created_at, m.user_id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)`}
    order by m.created_at desc, m.user_id desc limit ${query.limit}`)
}

export type MemberKey = { organizationId: string; userId: string }

export function selectOptionalPerson(db: Unscoped, key: MemberKey): Promise<Person | null> {
  return db.optional<Person>(sql`
    select ${personColumns} where m.organization_id = ${key.organizationId} and m.user_id = ${key.userId}`)
}

/** Why a member is barred; null when they are not. */
export async function selectSuspendedReason(db: Unscoped, key: MemberKey): Promise<string | null> {
  const row = await db.one<{ reason: string | null }>(sql`
    select suspended_reason as reason from memberships
    where organization_id = ${key.organizationId} and user_id = ${key.userId}`)
  return row.reason
}

export async function selectHasPassword(db: Unscoped, userId: string): Promise<boolean> {
  const row = await db.one<{ has: boolean }>(
    sql`select password_hash is not null as has from users where id = ${userId}`,
  )
  return row.has
}

/**
 * The school's administrators and the named member, locked in one order until the transaction ends. `active` is
 * anyone who is neither suspended nor about to delete their account. Whether someone deletes their account is read as of
 * the statement's beginning, so the school must be held before.
 */
export function lockAdminsAndMember(tx: Unscoped, key: MemberKey) {
  return tx.rows<{ userId: string; roles: SchoolRole[]; suspended: boolean; active: boolean }>(sql`
    select m.user_id, m.roles, m.suspended_at is not null as suspended,
      m.suspended_at is null and u.deletes_at is null as active
    from memberships m join users u on u.id = m.user_id
    where m.organization_id = ${key.organizationId} and ('admin' = any(m.roles) or m.user_id = ${key.userId})
    order by m.user_id for update of m`)
}

export async function updateRoles(tx: Unscoped, key: MemberKey & { roles: SchoolRole[] }): Promise<void> {
  await tx.run(sql`update memberships set roles = ${key.roles}::text[]
    where organization_id = ${key.organizationId} and user_id = ${key.userId}`)
}

/** Bar a member for a reason, or with none let them in again. */
export async function updateSuspension(
  tx: Unscoped,
  key: MemberKey & { reason: string | null },
): Promise<void> {
  await tx.run(sql`
    update memberships set suspended_reason = ${key.reason},
      suspended_at = case when ${key.reason}::text is null then null else clock_timestamp() end
    where organization_id = ${key.organizationId} and user_id = ${key.userId}`)
}

export async function deleteMembership(tx: Unscoped, key: MemberKey): Promise<void> {
  await tx.run(sql`delete from memberships
    where organization_id = ${key.organizationId} and user_id = ${key.userId}`)
}

/** Whether someone runs the installation, or is more than a learner in another school: by role or by office. For the scope across schools. */
export async function selectStandsElsewhere(db: Unscoped, key: MemberKey): Promise<boolean> {
  const row = await db.one<{ stands: boolean }>(sql`
    select exists (select from users where id = ${key.userId} and roles <> '{}')
      or exists (select from memberships where user_id = ${key.userId}
        and organization_id <> ${key.organizationId} and roles <> '{learner}')
      or exists (select from offices_held where user_id = ${key.userId}
        and organization_id <> ${key.organizationId} and ended_at is null) as stands`)
  return row.stands
}

/** Who of the school may act in it and has this address. */
export function selectOptionalMember(
  db: Queryable,
  email: string,
): Promise<{ id: string; name: string } | null> {
  return db.optional<{ id: string; name: string }>(sql`
    select u.id, u.name from memberships m join users u on u.id = m.user_id
    where m.organization_id = ${db.organizationId} and u.email = ${email}
      and m.suspended_at is null and u.deletes_at is null`)
}
