import type { Database } from '@azora/kit/db.ts'
import { deleteExpiredCeremonies } from './ceremonies.store.ts'
import { deleteExpiredChallenges } from './challenge.store.ts'

/** Remove what was begun and not finished in time. */
export async function purgeUnfinished(db: Database): Promise<void> {
  await deleteExpiredCeremonies(db.across)
  await deleteExpiredChallenges(db.across)
}
