import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type Organization = { id: string; slug: string; name: string }

export function selectOptionalOrganizationBySlug(db: Queryable, slug: string) {
  return db.optional<Organization>(sql`select id, slug, name from organizations where slug = ${slug}`)
}

export function selectOptionalDefaultOrganization(db: Queryable) {
  return db.optional<Organization>(sql`select id, slug, name from organizations where is_default`)
}

/** False when the slug is taken. */
export async function insertOrganization(
  tx: Queryable,
  row: { id: string; slug: string; name: string; isDefault: boolean },
): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into organizations (id, slug, name, is_default)
    values (${row.id}, ${row.slug}, ${row.name}, ${row.isDefault})
    on conflict (slug) do nothing`)
  return inserted === 1
}
