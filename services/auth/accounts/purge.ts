import type { Database } from '@azora/kit/db.ts'
import { deleteExpiredEmailChanges } from './email-changes.store.ts'
import { deleteOldPasswordResets } from './password-resets.store.ts'
import { deleteExpiredRegistrations } from './registrations.store.ts'

/** Remove what was asked for by email and not proved in time. */
export async function purgeUnproved(db: Database): Promise<void> {
  await deleteExpiredRegistrations(db.across)
  await deleteOldPasswordResets(db.across)
  await deleteExpiredEmailChanges(db.across)
}
