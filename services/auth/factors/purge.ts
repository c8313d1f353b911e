import type { Database } from '@azora/kit/db.ts'
import { allSteps } from '@azora/kit/each-alone.ts'
import { deleteExpiredCeremonies } from './ceremonies.store.ts'
import { deleteExpiredChallenges } from './challenge.store.ts'

/** Remove what was begun and not finished in time. */
export async function purgeUnfinished(db: Database): Promise<void> {
  await allSteps([() => deleteExpiredCeremonies(db.across), () => deleteExpiredChallenges(db.across)])
}
