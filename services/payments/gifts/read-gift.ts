import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { selectOptionalOrder } from '../orders/orders.store.ts'
import { isOpen } from '../seats/find-code.ts'
import { openCode } from '../seats/seat-code.ts'
import { type SeatPool, selectPoolsOfOrder } from '../seats/seat-pools.store.ts'
import { giftMailTask } from './gift-mail-task.ts'

/** A buyer may mistype an address, and a friend lose an email; more than that is not theirs to send. */
const mails = { points: 5, windowSeconds: 24 * 60 * 60 }

export type GiftState = 'open' | 'redeemed' | 'ended'

const stateOf = (pool: SeatPool): GiftState =>
  pool.taken > 0 ? 'redeemed' : isOpen(pool, Date.now()) ? 'open' : 'ended'

/** The gift of one's own order. @throws AppError `not_found`, also while it is not paid. */
async function requireGift(db: Database, by: Caller, orderId: string): Promise<SeatPool> {
  const school = db.in(by.actor.organizationId)
  const order = await selectOptionalOrder(school, orderId)
  const [pool] = order?.buyerId === by.actor.userId ? await selectPoolsOfOrder(school, orderId) : []
  if (!pool) throw new AppError('not_found')
  return pool
}

/** The code of a gift, for its buyer, and whether it was used. @throws AppError as `requireGift` */
export async function readGift(
  { db, sealing }: { db: Database; sealing: Sealing },
  by: Caller,
  orderId: string,
): Promise<{ courseId: string; courseTitle: string; code: string; state: GiftState }> {
  const pool = await requireGift(db, by, orderId)
  const { id, courseId, courseTitle, codeSealed } = pool
  if (codeSealed === null) throw new Error(`Gift ${id} has no code.`)
  return { courseId, courseTitle, code: openCode(sealing, id, codeSealed), state: stateOf(pool) }
}

/**
 * Send a gift by email, with a few words.
 * @throws AppError as `requireGift`; `seat_over` for one that was used or ended; `rate_limited`.
 */
export async function sendGift(
  { db, limiter }: { db: Database; limiter: Limiter },
  by: Caller,
  { orderId, email, message }: { orderId: string; email: string; message: string },
): Promise<void> {
  const pool = await requireGift(db, by, orderId)
  if (stateOf(pool) !== 'open') throw refusal('seat_over')
  const { allowed, resetSeconds } = await limiter(`gift-mail:${pool.id}`, mails)
  if (!allowed) throw new AppError('rate_limited', { retryAfterSeconds: Math.max(1, resetSeconds) })
  const { organizationId } = by.actor
  await db
    .in(organizationId)
    .transaction(tx => enqueue(tx, giftMailTask, { organizationId, poolId: pool.id, email, message }))
}
