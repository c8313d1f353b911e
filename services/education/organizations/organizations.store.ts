import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'

export type School = { id: string; slug: string; name: string }

/** @param asOf when this was so, as ISO 8601: what is known from later stays. */
export async function upsertOrganization(
  db: Queryable,
  school: { organizationId: string; slug: string; name: string; isDefault: boolean },
  asOf: string,
): Promise<void> {
  await db.run(sql`
    insert into organizations (id, slug, name, is_default, as_of)
    values (${school.organizationId}, ${school.slug}, ${school.name}, ${school.isDefault}, ${asOf})
    on conflict (id) do update set
      slug = excluded.slug, name = excluded.name, is_default = excluded.is_default, as_of = excluded.as_of
    where organizations.as_of <= excluded.as_of`)
}

export async function updateOrganization(
  db: Queryable,
  school: { organizationId: string; slug: string; name: string },
  asOf: string,
): Promise<void> {
  await db.run(sql`
    update organizations set slug = ${school.slug}, name = ${school.name}, as_of = ${asOf}
    where id = ${school.organizationId} and as_of <= ${asOf}`)
}

/**
 * The school that a visitor looks at: the one named by its slug, else the installation's default.
 * @throws AppError `not_found` for a slug that names none.
 */
export async function selectVisitedSchool(db: Database, slug: string | null): Promise<School> {
  const found = await db.across.optional<School>(
    slug
      ? sql`select id, slug, name from organizations where slug = ${slug}`
      : sql`select id, slug, name from organizations order by is_default desc, id limit 1`,
  )
  if (!found) throw new AppError('not_found')
  return found
}
