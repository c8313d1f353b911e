import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller, Caller } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { v7 as uuidv7 } from 'uuid'
import { countAccess } from '../access/access.store.ts'
import { isOpen } from './find-code.ts'
import { requireGiver } from './keepers.ts'
import { endSeat, openSeat } from './seat-access.ts'
import { hashOfCode, newSeatCode, sealCode } from './seat-code.ts'
import { seatMailTask } from './seat-mail-task.ts'
import {
  countTaken,
  insertPool,
  lockOptionalPool,
  type NewPool,
  type SeatPool,
  selectOptionalPool,
  updatePoolClosed,
  updatePoolCode,
} from './seat-pools.store.ts'
import {
  insertInvited,
  type Seat,
  selectOptionalClaimed,
  selectOptionalSeat,
  updateRestored,
  updateWithdrawn,
  withdrawInvited,
} from './seats.store.ts'

/**
 * What those do who give seats away. Who calls these has made sure of who may: a pool is its teacher's, its
 * institution's, or its buyer's (`keepers.ts`). Each holds the row of the pool, so its seats never run over.
 */

/** Make a pool, for anyone who gives or pays. */
export async function openPool(tx: Transaction, by: Caller | 'system', pool: NewPool): Promise<SeatPool> {
  await insertPool(tx, pool)
  await recordAudit(tx, 'payments', by, {
    action: 'seat_pool.created',
    subject: { kind: 'seat_pool', id: pool.id, name: pool.name },
    details: { kind: pool.kind, courseId: pool.courseId, seats: pool.seats },
  })
  return requirePool(tx, pool.id)
}

type FreeSeats = { courseId: string; name: string; seats: number; endsAt: string | null }

/** Give free seats of a course. @throws AppError as `requireGiver`; `invalid_input` for an end that is past. */
export async function giveFreeSeats(
  db: Database,
  by: AskingCaller,
  { courseId, name, seats, endsAt }: FreeSeats,
): Promise<SeatPool> {
  if (endsAt !== null && Date.parse(endsAt) <= Date.now()) throw invalidField('endsAt', 'ends_in_the_past')
  const course = await requireGiver(db, by, courseId)
  const me = await by.others.auth.me()
  return db.in(by.actor.organizationId).transaction(tx =>
    openPool(tx, by, {
      id: uuidv7(),
      kind: 'free',
      courseId,
      courseTitle: course.title,
      name,
      seats,
      givenBy: by.actor.userId,
      giverName: me.name,
      institutionId: null,
      orderId: null,
      endsAt,
    }),
  )
}

/**
 * Make the code of a pool, in place of the one that it has.
 * @throws AppError `not_found`; `seat_pool_over`
 */
export async function sharePool(
  tx: Transaction,
  by: Caller | 'system',
  { poolId, sealing }: { poolId: string; sealing: Sealing },
): Promise<SeatPool> {
  const pool = await lockOpenPool(tx, poolId)
  const code = newSeatCode()
  await updatePoolCode(tx, poolId, { hash: hashOfCode(code), sealed: sealCode(sealing, poolId, code) })
  await recordAudit(tx, 'payments', by, { action: 'seat_pool.shared', subject: subjectOf(pool) })
  return requirePool(tx, poolId)
}

/**
 * Keep a seat for each address and mail it a code of its own. Who is in the pool already is passed over.
 * @returns how many were invited.
 * @throws AppError `not_found`; `seat_pool_over`; `seats_too_few`, and then nobody was invited.
 */
export async function inviteToPool(
  tx: Transaction,
  by: Caller,
  { poolId, emails }: { poolId: string; emails: readonly string[] },
): Promise<number> {
  const pool = await lockOpenPool(tx, poolId)
  const seatIds = await insertInvited(tx, pool, [...new Set(emails)])
  if (pool.taken + seatIds.length > pool.seats) throw refusal('seats_too_few')
  if (seatIds.length === 0) return 0
  await countTaken(tx, poolId, seatIds.length)
  const { organizationId } = tx
  for (const seatId of seatIds)
    await enqueue(tx, seatMailTask, { organizationId, seatId }, { key: `payments.seat_mail:${seatId}` })
  await recordAudit(tx, 'payments', by, {
    action: 'seats.invited',
    subject: subjectOf(pool),
    details: { people: seatIds.length },
  })
  return seatIds.length
}

/**
 * Take a seat or an invitation back; twice does no harm. Its place is free for somebody else.
 * @throws AppError `not_found`
 */
export async function withdrawSeat(
  tx: Transaction,
  by: Caller | 'system',
  { poolId, seatId }: { poolId: string; seatId: string },
): Promise<Seat> {
  const pool = await lockOptionalPool(tx, poolId)
  const seat = await selectOptionalSeat(tx, seatId)
  if (!pool || seat?.poolId !== poolId) throw new AppError('not_found')
  if (seat.status === 'withdrawn') return seat
  const at = new Date().toISOString()
  await updateWithdrawn(tx, seatId, at)
  await countTaken(tx, poolId, -1)
  if (seat.status === 'claimed') await endSeat(tx, { pool, seatId, userId: seat.userId }, at)
  await recordAudit(tx, 'payments', by, {
    action: 'seat.withdrawn',
    subject: subjectOf(pool),
    details: { seatId, courseId: pool.courseId },
  })
  return { ...seat, status: 'withdrawn', email: null }
}

/**
 * Give a seat back to the person from whom it was taken, where it is still free and they have no other in the course. The
 * pool is to be held.
 */
export async function restoreSeat(
  tx: Transaction,
  { poolId, seatId }: { poolId: string; seatId: string },
): Promise<void> {
  const pool = await requirePool(tx, poolId)
  const seat = await selectOptionalSeat(tx, seatId)
  if (seat?.status !== 'withdrawn' || seat.userId === null || pool.taken >= pool.seats) return
  const { userId } = seat
  // Held until this ends, as when a seat is taken.
  await countAccess(tx, userId)
  if (await selectOptionalClaimed(tx, { userId, courseId: pool.courseId })) return
  await updateRestored(tx, seatId)
  await countTaken(tx, poolId, 1)
  await openSeat(tx, { pool, seatId, userId }, new Date().toISOString())
}

/**
 * Give no more seats of a pool; twice does no harm. Who has one keeps it, and invitations that wait end.
 * @throws AppError `not_found`
 */
export async function closePool(tx: Transaction, by: Caller | 'system', poolId: string): Promise<SeatPool> {
  const pool = await lockOptionalPool(tx, poolId)
  if (!pool) throw new AppError('not_found')
  if (pool.closedAt !== null) return pool
  await updatePoolClosed(tx, poolId)
  const ended = await withdrawInvited(tx, poolId, new Date().toISOString())
  await countTaken(tx, poolId, -ended)
  await recordAudit(tx, 'payments', by, { action: 'seat_pool.closed', subject: subjectOf(pool) })
  return requirePool(tx, poolId)
}

const subjectOf = ({ id, name }: SeatPool) => ({ kind: 'seat_pool', id, name })

async function lockOpenPool(tx: Transaction, poolId: string): Promise<SeatPool> {
  const pool = await lockOptionalPool(tx, poolId)
  if (!pool) throw new AppError('not_found')
  if (!isOpen(pool, Date.now())) throw refusal('seat_pool_over')
  return pool
}

async function requirePool(tx: Transaction, poolId: string): Promise<SeatPool> {
  const pool = await selectOptionalPool(tx, poolId)
  if (!pool) throw new Error('A pool of seats vanished.')
  return pool
}
