import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export async function upsertPerson(
  db: Queryable,
  person: { organizationId: string; userId: string; name: string; email: string },
): Promise<void> {
  await db.run(sql`
    insert into people (organization_id, user_id, name, email)
    values (${person.organizationId}, ${person.userId}, ${person.name}, ${person.email})
    on conflict (organization_id, user_id) do update set name = excluded.name, email = excluded.email`)
}
