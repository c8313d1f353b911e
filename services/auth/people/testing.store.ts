import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What was published of that name in a school, oldest first. For tests. */
export async function selectPublished<T>(
  db: Queryable,
  { name, organizationId }: { name: string; organizationId: string },
): Promise<T[]> {
  const rows = await db.rows<{ payload: T }>(sql`
    select payload from outbox where name = ${name} and organization_id = ${organizationId} order by id`)
  return rows.map(row => row.payload)
}
