import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { invalidField } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import { v7 as uuidv7 } from 'uuid'
import { addInvitation } from '../invitations/invite.ts'
import { pageOf, patternOf, readCursor } from '../list-cursor.ts'
import {
  insertOrganization,
  type OrganizationRow,
  selectOrganizationRow,
  selectOrganizations,
} from './organizations.store.ts'

/** A page of the installation's schools, newest first. @throws AppError `invalid_input` for a cursor not of this list. */
export async function listSchools(
  db: Database,
  { q, cursor, limit }: { q?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const before = cursor === undefined ? null : readCursor(cursor)
  return pageOf(
    await selectOrganizations(db.across, { pattern: patternOf(q), before, limit: limit + 1 }),
    limit,
  )
}

/**
 * Create a school and invite its first administrator. The one who opens it does not belong to it.
 * @throws AppError `invalid_input` when the slug is taken.
 */
export async function openSchool(
  db: Database,
  by: Caller,
  { slug, name, adminEmail }: { slug: string; name: string; adminEmail: string },
): Promise<OrganizationRow> {
  const organizationId = uuidv7()
  return db.in(organizationId).transaction(async tx => {
    if (!(await insertOrganization(tx, { id: organizationId, slug, name, isDefault: false }))) {
      throw invalidField('slug', 'slug_taken')
    }
    await publish(tx, 'auth', 'organization.created', { organizationId, slug, name, isDefault: false })
    const subject = { kind: 'organization', id: organizationId }
    await recordAudit(tx, 'auth', by, { action: 'organization.created', subject })
    await addInvitation(tx, by, { email: adminEmail, roles: ['admin'] })
    return selectOrganizationRow(tx, organizationId)
  })
}
