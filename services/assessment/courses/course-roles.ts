import type { AskingCaller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { type CourseRole, knownRole } from './course-rules.ts'
import { type Standing, selectOptionalStanding } from './courses.store.ts'
import { selectPlaces } from './places.store.ts'

type Tools = { db: Database }

/**
 * What the caller may do in a course. Our own copy answers nearly always; where it knows of no right, education is
 * asked, since its events may still be on their way: who has just enrolled can begin the quiz at once.
 *
 * @throws AppError `not_found` for a course that is not the caller's to see.
 */
export async function courseRole({ db }: Tools, by: AskingCaller, courseId: string): Promise<CourseRole> {
  const { organizationId, userId } = by.actor
  return roleOf(by, courseId, await selectOptionalStanding(db.in(organizationId), courseId, userId))
}

/** The same for who has read the caller's standing already. */
export async function roleOf(
  { actor, others }: Pick<AskingCaller, 'actor' | 'others'>,
  courseId: string,
  known: Standing | null,
): Promise<CourseRole> {
  const role = known && knownRole(actor, known)
  if (role) return role
  const { author, enrolled } = await others.education.getCourseAccess({ courseId })
  return { author, enrolled }
}

/**
 * Whether learners see a lesson with this quiz. Our own copy answers a yes; where it knows of none, education is asked,
 * since the lesson may have been published just now.
 */
export async function isOpenToLearners(
  { db }: Tools,
  { actor, others }: AskingCaller,
  quizId: string,
): Promise<boolean> {
  const places = await selectPlaces(db.in(actor.organizationId), quizId)
  if (places.some(place => place.open)) return true
  const { places: now } = await others.education.findQuizPlaces({ quizId })
  return now.some(place => place.open)
}

/** @throws AppError `forbidden` unless the caller authors the course. */
export async function requireAuthor(tools: Tools, by: AskingCaller, courseId: string): Promise<void> {
  if (!(await courseRole(tools, by, courseId)).author) throw new AppError('forbidden')
}
