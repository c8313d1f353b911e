import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { selectOpenAmong } from '../access/access.store.ts'
import type { Course } from '../courses/courses.store.ts'
import { type Bundle, selectOptionalBundle } from './bundles.store.ts'

/** How the courses of a bundle stand for somebody, in their order; null for one that is not in the catalogue any more. */
export type Standing = { course: Course; enrolled: boolean } | null

/** Education knows who learns where and what is published, and it is asked each time. */
export function standingsOf({ others }: AskingCaller, courseIds: readonly string[]): Promise<Standing[]> {
  return Promise.all(
    courseIds.map(async (courseId): Promise<Standing> => {
      try {
        const { instructorId, title, status, enrolled } = await others.education.getCourseAccess({ courseId })
        return status === 'published' ? { course: { id: courseId, instructorId, title }, enrolled } : null
      } catch (failure) {
        if (failure instanceof AppError && failure.code === 'not_found') return null
        throw failure
      }
    }),
  )
}

/** Which courses are the buyer's already: those they learn in, and those that were paid for. */
export async function ownedOf(
  db: Queryable,
  userId: string,
  courseIds: readonly string[],
  standings: readonly Standing[],
): Promise<Set<string>> {
  const open = await selectOpenAmong(db, userId, courseIds)
  const learning = standings.flatMap(one => (one?.enrolled ? [one.course.id] : []))
  return new Set([...open, ...learning])
}

/** A bundle that is offered. @throws AppError `not_found` */
export async function requireOffered(db: Queryable, bundleId: string): Promise<Bundle> {
  const bundle = await selectOptionalBundle(db, bundleId)
  if (bundle?.status !== 'offered') throw new AppError('not_found')
  return bundle
}

/**
 * A bundle as somebody sees it who may buy it: whether all of it is sold now, and what of it they have.
 * @throws AppError `not_found` unless it is offered.
 */
export async function bundleFor(
  db: Database,
  by: AskingCaller,
  bundleId: string,
): Promise<Bundle & { available: boolean; owned: string[] }> {
  const { organizationId, userId } = by.actor
  const school = db.in(organizationId)
  const bundle = await requireOffered(school, bundleId)
  const { courseIds } = bundle
  const standings = await standingsOf(by, courseIds)
  const owned = await ownedOf(school, userId, courseIds, standings)
  return {
    ...bundle,
    available: standings.every(one => one !== null),
    owned: courseIds.filter(courseId => owned.has(courseId)),
  }
}
