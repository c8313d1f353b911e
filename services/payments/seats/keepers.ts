import { may } from '@azora/contracts/permissions.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { selectOptionalTitle } from '../courses/courses.store.ts'
import { selectIsManager } from '../institutions/managers.store.ts'
import { requireAuthor } from '../prices/set-prices.ts'
import { type SeatPool, selectOptionalPool } from './seat-pools.store.ts'

/** Who may give seats away: the teacher of the course, the managers of the institution that has paid for them, or the finance office. */

const isFinance = ({ actor }: AskingCaller) => may(actor, 'office:finance')

/**
 * Who may give free seats of a course.
 * @throws AppError `not_found` for a course that is not there for the caller, `forbidden` for a colleague's.
 */
export async function requireGiver(
  db: Database,
  by: AskingCaller,
  courseId: string,
): Promise<{ title: string }> {
  if (!isFinance(by)) return requireAuthor(by, courseId)
  const title = await selectOptionalTitle(db.in(by.actor.organizationId), courseId)
  if (title === null) throw new AppError('not_found')
  return { title }
}

/**
 * A pool, for who may give its seats away: free ones the teachers of the course, those on account the managers of the
 * institution, all of them the finance office.
 * @throws AppError `not_found` for anyone else's, `forbidden` for a colleague's.
 */
export async function requireKeeper(db: Database, by: AskingCaller, poolId: string): Promise<SeatPool> {
  const pool = await selectOptionalPool(db.in(by.actor.organizationId), poolId)
  if (!pool) throw new AppError('not_found')
  if (isFinance(by)) return pool
  if (pool.kind === 'account' && (await isManagerOf(db, by, pool))) return pool
  if (pool.kind !== 'free') throw new AppError('not_found')
  await requireAuthor(by, pool.courseId)
  return pool
}

async function isManagerOf(
  db: Database,
  { actor }: AskingCaller,
  { institutionId }: SeatPool,
): Promise<boolean> {
  const { organizationId, userId } = actor
  return institutionId !== null && selectIsManager(db.in(organizationId), institutionId, userId)
}
