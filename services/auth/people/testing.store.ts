import type { Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What was published of that name in a school, oldest first. For tests. */
export async function selectPublished<T>(
  db: Unscoped,
  { name, organizationId }: { name: string; organizationId: string },
): Promise<T[]> {
  const rows = await db.rows<{ payload: T }>(sql`
    select payload from outbox where name = ${name} and organization_id = ${organizationId} order by id`)
  return rows.map(row => row.payload)
}

export async function countActiveAdmins(db: Unscoped, organizationId: string): Promise<number> {
  const { count } = await db.one<{ count: number }>(sql`
    select count(*) from memberships m join users u on u.id = m.user_id
    where m.organization_id = ${organizationId} and 'admin' = any(m.roles)
      and m.suspended_at is null and u.deletes_at is null`)
  return count
}
