import type { Database } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import {
  insertOrganization,
  type Organization,
  selectOptionalDefaultOrganization,
  selectOptionalOrganizationBySlug,
} from './organizations.store.ts'

/** The school of that slug, or the default one. @throws AppError `not_found`. */
export async function findOrganization(db: Database, slug: string | null): Promise<Organization> {
  const found = slug
    ? await selectOptionalOrganizationBySlug(db.across, slug.toLowerCase())
    : await selectOptionalDefaultOrganization(db.across)
  if (!found) throw refusal('school_unknown')
  return found
}

/**
 * Create a school and tell the other services. A slug that exists already is left as it is.
 * @returns the school's id.
 */
export async function createOrganization(
  db: Database,
  wanted: { slug: string; name: string; isDefault: boolean },
): Promise<string> {
  const known = await selectOptionalOrganizationBySlug(db.across, wanted.slug)
  if (known) return known.id
  const id = uuidv7()
  const created = await db.across.transaction(async tx => {
    if (!(await insertOrganization(tx, { id, ...wanted }))) return false
    await publish(tx, 'auth', 'organization.created', { organizationId: id, ...wanted })
    return true
  })
  return created ? id : (await findOrganization(db, wanted.slug)).id
}
