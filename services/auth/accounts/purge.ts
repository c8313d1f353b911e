import type { Database } from '@azora/kit/db.ts'
import { allSteps } from '@azora/kit/each-alone.ts'
import { deleteExpiredEmailChanges } from './email-changes.store.ts'
import { deleteOldPasswordResets } from './password-resets.store.ts'
import { deleteExpiredRegistrations } from './registrations.store.ts'

/** Remove what was asked for by email and not proved in time. */
export async function purgeUnproved(db: Database): Promise<void> {
  await allSteps([
    () => deleteExpiredRegistrations(db.across),
    () => deleteOldPasswordResets(db.across),
    () => deleteExpiredEmailChanges(db.across),
  ])
}
