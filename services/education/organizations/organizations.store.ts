import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'

export type School = { id: string; slug: string; name: string }

export async function upsertOrganization(
  db: Queryable,
  school: { organizationId: string; slug: string; name: string; isDefault: boolean },
): Promise<void> {
  await db.run(sql`
    insert into organizations (id, slug, name, is_default)
    values (${school.organizationId}, ${school.slug}, ${school.name}, ${school.isDefault})
    on conflict (id) do update set slug = excluded.slug, name = excluded.name, is_default = excluded.is_default`)
}

export async function updateOrganization(
  db: Queryable,
  school: { organizationId: string; slug: string; name: string },
): Promise<void> {
  await db.run(sql`
    update organizations set slug = ${school.slug}, name = ${school.name} where id = ${school.organizationId}`)
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
