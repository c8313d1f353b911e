import type { Transaction } from '@azora/kit/db.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { AccessReason } from '../access/access.store.ts'
import { endAccess, grantAccess } from '../access/access.ts'
import type { SeatKind, SeatPool } from './seat-pools.store.ts'

/** A seat is a reason of its own to learn in a course: it ends alone, whatever else opens the course. */
const sourceOf: Record<SeatKind, AccessReason['source']> = {
  free: 'free_seat',
  account: 'seat',
  gift: 'gift',
}

type Held = { pool: SeatPool; seatId: string; userId: string }

const told = (tx: Transaction, { pool, seatId, userId }: Held) => ({
  seatId,
  userId,
  poolId: pool.id,
  organizationId: tx.organizationId,
  courseId: pool.courseId,
  kind: pool.kind,
})

export async function openSeat(tx: Transaction, held: Held, at: string): Promise<void> {
  const { pool, seatId, userId } = held
  await grantAccess(tx, { userId, source: sourceOf[pool.kind], sourceId: seatId }, [pool.courseId], at)
  await publish(tx, 'payments', 'seat.claimed', { ...told(tx, held), claimedAt: at })
}

/** @param userId null where the account of who had it is gone, and their access with it. */
export async function endSeat(
  tx: Transaction,
  { userId, ...held }: Omit<Held, 'userId'> & { userId: string | null },
  at: string,
): Promise<void> {
  const { pool, seatId } = held
  if (userId) await endAccess(tx, { userId, source: sourceOf[pool.kind], sourceId: seatId }, at)
  const event = { ...told(tx, { ...held, userId: userId ?? '' }), userId, withdrawnAt: at }
  await publish(tx, 'payments', 'seat.withdrawn', event)
}
