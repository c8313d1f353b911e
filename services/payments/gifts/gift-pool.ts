import type { Transaction } from '@azora/kit/db.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { v7 as uuidv7 } from 'uuid'
import type { Order } from '../orders/orders.store.ts'
import { closePool, openPool, restoreSeat, sharePool, withdrawSeat } from '../seats/give-seats.ts'
import { lockOptionalPool, selectPoolsOfOrder, updatePoolReopened } from '../seats/seat-pools.store.ts'
import { selectLastSeat } from '../seats/seats.store.ts'

/** A gift is a pool of one seat with a code, made when its order is paid, in the transaction that holds the order. */
export async function openGift(
  tx: Transaction,
  { id: orderId, buyerId, buyerName, items }: Order,
  sealing: Sealing,
): Promise<void> {
  // Nobody could be shown the code of a buyer who was erased while they paid.
  if (buyerId === null) return
  for (const { courseId, title } of items) {
    const pool = await openPool(tx, 'system', {
      id: uuidv7(),
      kind: 'gift',
      courseId,
      courseTitle: title,
      name: title,
      seats: 1,
      givenBy: buyerId,
      giverName: buyerName,
      institutionId: null,
      orderId,
      endsAt: null,
    })
    await sharePool(tx, 'system', { poolId: pool.id, sealing })
  }
}

/** All that was paid for a gift went back: its code opens nothing any more, and closes what it has opened. */
export async function endGift(tx: Transaction, orderId: string): Promise<void> {
  for (const { id: poolId } of await selectPoolsOfOrder(tx, orderId)) {
    // Held before its seat is looked for, which somebody may just be taking.
    await lockOptionalPool(tx, poolId)
    const seat = await selectLastSeat(tx, poolId)
    if (seat?.status === 'claimed') await withdrawSeat(tx, 'system', { poolId, seatId: seat.id })
    await closePool(tx, 'system', poolId)
  }
}

/** The money did not get back to the buyer, so the gift stands as before. */
export async function reopenGift(tx: Transaction, orderId: string): Promise<void> {
  for (const { id: poolId } of await selectPoolsOfOrder(tx, orderId)) {
    if (!(await lockOptionalPool(tx, poolId))?.closedAt) continue
    await updatePoolReopened(tx, poolId)
    const seat = await selectLastSeat(tx, poolId)
    if (seat) await restoreSeat(tx, { poolId, seatId: seat.id })
  }
}
