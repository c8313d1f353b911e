import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { selectOptionalSignInOf } from '../accounts/accounts.store.ts'

/**
 * Where another service writes to someone about what they did in a school.
 * @throws AppError `not_found` for an account that is gone or about to go, and for one who left the school.
 */
export async function getAddress(db: Database, of: { userId: string; organizationId: string }) {
  const found = await selectOptionalSignInOf(db.across, of)
  if (!found) throw new AppError('not_found')
  const { name, email, organization } = found.account
  return { name, email, school: organization.name }
}
