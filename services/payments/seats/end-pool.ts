import type { Caller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { closePool, withdrawSeat } from './give-seats.ts'
import { selectClaimedIds } from './seats.store.ts'

/** Give no more seats of a pool, and take back those that people have. Twice does no harm. @throws AppError `not_found` */
export async function endPool(tx: Transaction, by: Caller, poolId: string): Promise<void> {
  // It holds the pool, so nobody takes a seat from here on.
  await closePool(tx, by, poolId)
  for (const seatId of await selectClaimedIds(tx, poolId)) await withdrawSeat(tx, by, { poolId, seatId })
}
