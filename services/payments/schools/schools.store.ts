import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** @param asOf when the school was called so, as ISO 8601: what is known from later stays. */
export async function upsertSchoolName(db: Queryable, name: string, asOf: string): Promise<void> {
  await db.run(sql`
    insert into schools (organization_id, school_name, as_of) values (${db.organizationId}, ${name}, ${asOf})
    on conflict (organization_id) do update set school_name = excluded.school_name, as_of = excluded.as_of
    where schools.as_of <= excluded.as_of`)
}

export async function selectOptionalSchoolName(db: Queryable): Promise<string | null> {
  const row = await db.optional<{ schoolName: string }>(
    sql`select school_name from schools where organization_id = ${db.organizationId}`,
  )
  return row?.schoolName ?? null
}
