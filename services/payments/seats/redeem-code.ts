import { recordAudit } from '@azora/kit/audit.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import { countAccess, selectOpenSources } from '../access/access.store.ts'
import { type CodeTools, findCode, stateOf } from './find-code.ts'
import { openSeat } from './seat-access.ts'
import { countTaken, lockOptionalPool, type SeatPool, selectOptionalPool } from './seat-pools.store.ts'
import {
  hasLost,
  insertClaimed,
  type OwnSeat,
  type Seat,
  selectOptionalClaimed,
  selectOptionalSeat,
  updateClaimed,
} from './seats.store.ts'

/**
 * Use a code: one of its seats is the caller's from now on, and the course opens. Anyone who holds the code may use it, also
 * one that was mailed to somebody else; its giver sees who did. Repeating it, or doing it in two tabs, takes one seat.
 *
 * @throws AppError `seat_code_unknown`, `rate_limited`; `seat_of_other_school`; `seat_over`, `seats_out`;
 * `seat_yours_already` and `already_enrolled` where the code would be wasted; `not_found` for a course that is not in the
 * catalogue.
 */
export async function redeemCode(tools: CodeTools, by: AskingCaller, code: string): Promise<OwnSeat> {
  const { organizationId, poolId, seatId } = await findCode(tools, by, code)
  if (organizationId !== by.actor.organizationId) throw refusal('seat_of_other_school')
  const school = tools.db.in(organizationId)
  const { courseId } = required(await selectOptionalPool(school, poolId))
  const { name } = await by.others.auth.me()
  const { enrolled } = await by.others.education.getCourseAccess({ courseId })
  return school.transaction(async tx => {
    const pool = required(await lockOptionalPool(tx, poolId))
    const invited = seatId === null ? null : await selectOptionalSeat(tx, seatId)
    return claim(tx, by, { pool, invited, holder: { name, enrolled } })
  })
}

function required(pool: SeatPool | null): SeatPool {
  if (!pool) throw new Error('The pool of a code vanished.')
  return pool
}

type Wanted = {
  /** Held. */
  pool: SeatPool
  /** The seat that was kept for the code; null for the code of a pool. */
  invited: Seat | null
  holder: { name: string; enrolled: boolean }
}

async function claim(tx: Transaction, by: AskingCaller, { pool, invited, holder }: Wanted): Promise<OwnSeat> {
  const { userId } = by.actor
  const { kind, courseId, courseTitle } = pool
  // Held until this ends: of two seats of one course at once, by two codes, the second sees the first.
  await countAccess(tx, userId)
  const own = await selectOptionalClaimed(tx, { userId, courseId })
  const at = new Date().toISOString()
  const lost = await hasLost(tx, { userId, poolId: pool.id })
  const state = stateOf(pool, { seat: invited, own, lost, now: Date.parse(at) })
  if (own && state === 'yours')
    return { id: own.id, kind, courseId, courseTitle, claimedAt: own.claimedAt ?? at }
  if (state === 'over') throw refusal('seat_over')
  if (state === 'used') throw refusal('seats_out')
  if (own) throw refusal('seat_yours_already')
  const sources = await selectOpenSources(tx, userId, courseId)
  // What a subscription opens ends with it, so a seat is worth something to who has one.
  const onlySubscribed = sources.length > 0 && sources.every(source => source === 'subscription')
  if (!onlySubscribed && (holder.enrolled || sources.length > 0)) throw refusal('already_enrolled')
  const held = { userId, name: holder.name, at }
  const seatId = invited?.id ?? (await insertClaimed(tx, pool, held))
  if (invited) await updateClaimed(tx, invited.id, held)
  else await countTaken(tx, pool.id, 1)
  await openSeat(tx, { pool, seatId, userId }, at)
  await recordAudit(tx, 'payments', by, {
    action: 'seat.claimed',
    subject: { kind: 'course', id: courseId, name: courseTitle },
    details: { kind, seatId },
  })
  return { id: seatId, kind, courseId, courseTitle, claimedAt: at }
}
