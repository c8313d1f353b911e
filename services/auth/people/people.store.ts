import type { Role } from '@azora/contracts/permissions.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { none, sql } from '@azora/kit/sql.ts'

export type Person = {
  id: string
  email: string
  name: string
  roles: Role[]
  createdAt: string
  lastSeenAt: string | null
}

const personColumns = sql`
  u.id, u.email, u.name, m.roles, m.created_at, u.last_seen_at
  from memberships m join users u on u.id = m.user_id`

export function selectPeople(
  db: Queryable,
  query: {
    organizationId: string
    pattern: string | null
    role: Role | null
    before: { createdAt: string; id: string } | null
    limit: number
  },
): Promise<Person[]> {
  const { pattern, role, before } = query
  return db.rows<Person>(sql`
    select ${personColumns} where m.organization_id = ${query.organizationId}
    ${pattern === null ? none : sql`and (u.name ilike ${pattern} or u.email ilike ${pattern})`}
    ${role === null ? none : sql`and ${role} = any(m.roles)`}
    ${before === null ? none : sql`and (m.created_at, m.user_id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)`}
    order by m.created_at desc, m.user_id desc limit ${query.limit}`)
}

type MemberKey = { organizationId: string; userId: string }

export function selectPerson(db: Queryable, key: MemberKey): Promise<Person> {
  return db.one<Person>(sql`
    select ${personColumns} where m.organization_id = ${key.organizationId} and m.user_id = ${key.userId}`)
}

/** The school's administrators and the named member, locked in one order until the transaction ends. */
export function lockAdminsAndMember(tx: Queryable, key: MemberKey) {
  return tx.rows<{ userId: string; roles: Role[] }>(sql`
    select user_id, roles from memberships
    where organization_id = ${key.organizationId} and ('admin' = any(roles) or user_id = ${key.userId})
    order by user_id for update`)
}

export async function updateRoles(tx: Queryable, key: MemberKey & { roles: Role[] }): Promise<void> {
  await tx.run(sql`update memberships set roles = ${key.roles}::text[]
    where organization_id = ${key.organizationId} and user_id = ${key.userId}`)
}
