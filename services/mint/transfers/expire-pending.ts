import type { Database } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { v7 as uuidv7 } from 'uuid'
import { type Due, selectDue } from './expiries.store.ts'
import { postTransfers } from './post-transfers.ts'

const atOnce = 500

/**
 * Release what timed out. May run twice, and beside one that posts or voids: whichever is first resolves the transfer,
 * and the other is refused.
 */
export async function expirePending(db: Database): Promise<void> {
  for (;;) {
    const due = await selectDue(db.across, atOnce)
    await eachAlone(
      Map.groupBy(due, ({ organizationId }) => organizationId),
      expire,
      'schools were not swept',
    )
    if (due.length < atOnce) return
  }

  async function expire([organizationId, due]: [string, Due[]]): Promise<void> {
    const transfers = due.map(({ transferId }) => ({
      phase: 'expire' as const,
      id: uuidv7(),
      kind: 'expiry',
      pendingId: transferId,
    }))
    await db.in(organizationId).transaction(tx => postTransfers(tx, { transfers }))
  }
}
