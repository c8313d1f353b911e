import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

type Named = { organizationId: string; userId: string; name: string; email: string }

/** @param asOf when this was so, as ISO 8601: what is known from later stays. */
export async function upsertPerson(db: Queryable, person: Named, asOf: string): Promise<void> {
  await db.run(sql`
    insert into people (organization_id, user_id, name, email, as_of)
    values (${person.organizationId}, ${person.userId}, ${person.name}, ${person.email}, ${asOf})
    on conflict (organization_id, user_id) do update set
      name = excluded.name, email = excluded.email, as_of = excluded.as_of
    where people.as_of <= excluded.as_of`)
}

/** Take on a new name and address; nothing happens when the person is not known here, or known from later. */
export async function updatePerson(db: Queryable, person: Named, asOf: string): Promise<void> {
  await db.run(sql`
    update people set name = ${person.name}, email = ${person.email}, as_of = ${asOf}
    where organization_id = ${person.organizationId} and user_id = ${person.userId} and as_of <= ${asOf}`)
}

/**
 * Forget who has left the school without having learned or taught in it. The others' names stay with what they did:
 * rosters and courses of the past are the school's records.
 */
export async function forgetVisitor(
  db: Queryable,
  person: { organizationId: string; userId: string },
): Promise<void> {
  await db.run(sql`
    delete from people
    where organization_id = ${person.organizationId} and user_id = ${person.userId}
      and not exists (select from enrollments where organization_id = ${person.organizationId} and user_id = ${person.userId})
      and not exists (select from courses where organization_id = ${person.organizationId} and instructor_id = ${person.userId})`)
}
