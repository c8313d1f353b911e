import { may } from '@azora/contracts/permissions.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { type Institution, selectOptionalInstitution } from './institutions.store.ts'
import { selectIsManager } from './managers.store.ts'

/** An institution, for who may order for it: its managers, and the finance office. @throws AppError `not_found` */
export async function requireOrderer(
  db: Queryable,
  { actor }: Caller,
  institutionId: string,
): Promise<Institution> {
  const institution = await selectOptionalInstitution(db, institutionId)
  const allowed = may(actor, 'office:finance') || (await selectIsManager(db, institutionId, actor.userId))
  if (!institution || !allowed) throw new AppError('not_found')
  return institution
}
