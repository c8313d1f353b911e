import { authorsCourse } from '@azora/contracts/education/author-rule.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { type Standing, selectOptionalStanding } from './courses.store.ts'
import { selectPlaces } from './places.store.ts'

export type CourseRole = { author: boolean; enrolled: boolean }

type Tools = Pick<ServiceKit, 'db' | 'others'>

/**
 * What the caller may do in a course. Our own copy answers nearly always; where it knows of no right, education is
 * asked, since its events may still be on their way: who has just enrolled can begin the quiz at once.
 *
 * @throws AppError `not_found` for a course that is not the caller's to see.
 */
export async function courseRole(
  tools: Tools,
  context: RequestContext,
  courseId: string,
): Promise<CourseRole> {
  const actor = actorOf(context)
  const known = await selectOptionalStanding(tools.db.in(actor.organizationId), courseId, actor.userId)
  return roleOf(tools, context, courseId, known)
}

/** The same for who has read the caller's standing already. */
export async function roleOf(
  { others }: Pick<Tools, 'others'>,
  context: RequestContext,
  courseId: string,
  known: Standing | null,
): Promise<CourseRole> {
  const actor = actorOf(context)
  if (known) {
    const author = authorsCourse(actor, known)
    if (author || known.enrolled) return { author, enrolled: known.enrolled }
  }
  const { author, enrolled } = await others(context).education.getCourseAccess({ courseId })
  return { author, enrolled }
}

/**
 * Whether learners see a lesson with this quiz. Our own copy answers a yes; where it knows of none, education is asked,
 * since the lesson may have been published just now.
 */
export async function isOpenToLearners(
  { db, others }: Tools,
  context: RequestContext,
  quizId: string,
): Promise<boolean> {
  const places = await selectPlaces(db.in(actorOf(context).organizationId), quizId)
  if (places.some(place => place.open)) return true
  const { places: now } = await others(context).education.findQuizPlaces({ quizId })
  return now.some(place => place.open)
}

/** @throws AppError `forbidden` unless the caller authors the course. */
export async function requireAuthor(tools: Tools, context: RequestContext, courseId: string): Promise<void> {
  if (!(await courseRole(tools, context, courseId)).author) throw new AppError('forbidden')
}
