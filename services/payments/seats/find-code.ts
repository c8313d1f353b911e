import type { Visitor } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import { selectOptionalSchoolName } from '../schools/schools.store.ts'
import { countGuess } from './count-guess.ts'
import { hashOfCode } from './seat-code.ts'
import { type SeatKind, type SeatPool, selectOptionalPool } from './seat-pools.store.ts'
import {
  type CodeTarget,
  hasLost,
  type Seat,
  selectOptionalClaimed,
  selectOptionalSeat,
  selectOptionalTarget,
} from './seats.store.ts'

export type CodeTools = { db: Database; limiter: Limiter }

/** @throws AppError `seat_code_unknown`; `rate_limited` for who guesses. */
export async function findCode({ db, limiter }: CodeTools, by: Visitor, code: string): Promise<CodeTarget> {
  const takeBack = await countGuess(limiter, by)
  const target = await selectOptionalTarget(db.across, hashOfCode(code))
  if (!target) throw refusal('seat_code_unknown')
  await takeBack()
  return target
}

export type CodeState = 'open' | 'yours' | 'used' | 'over'

/** Whether seats of a pool can be taken at a moment. */
export const isOpen = ({ closedAt, endsAt }: SeatPool, now: number): boolean =>
  closedAt === null && (endsAt === null || Date.parse(endsAt) > now)

type Standing = {
  /** Of the invited person whose code it is; null for the code of a pool. */
  seat: Seat | null
  /** What the one who asks has in the course. */
  own: Seat | null
  /** Whether a seat of the pool was taken back from them: only an invitation gives them another. */
  lost: boolean
  now: number
}

/** How a code stands for somebody. */
export function stateOf(pool: SeatPool, { seat, own, lost, now }: Standing): CodeState {
  if (own?.poolId === pool.id) return 'yours'
  if (seat?.status === 'claimed') return 'used'
  if (seat?.status === 'withdrawn' || !isOpen(pool, now) || (!seat && lost)) return 'over'
  return !seat && pool.taken >= pool.seats ? 'used' : 'open'
}

/** What a code opens, for anyone who holds it. @throws AppError as `findCode` */
export async function lookUpCode(
  tools: CodeTools,
  by: Visitor,
  code: string,
): Promise<{ kind: SeatKind; courseId: string; courseTitle: string; school: string; state: CodeState }> {
  const { organizationId, poolId, seatId } = await findCode(tools, by, code)
  const school = tools.db.in(organizationId)
  const pool = await selectOptionalPool(school, poolId)
  if (!pool) throw new Error('The pool of a code vanished.')
  const { kind, courseId, courseTitle } = pool
  const seat = seatId && (await selectOptionalSeat(school, seatId))
  const userId = by.actor?.organizationId === organizationId ? by.actor.userId : null
  const own = userId && (await selectOptionalClaimed(school, { userId, courseId }))
  const lost = userId !== null && (await hasLost(school, { userId, poolId }))
  const state = stateOf(pool, { seat: seat || null, own: own || null, lost, now: Date.now() })
  return { kind, courseId, courseTitle, school: (await selectOptionalSchoolName(school)) ?? '', state }
}
