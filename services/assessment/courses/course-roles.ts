import { may } from '@azora/contracts/permissions.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { sql } from '@azora/kit/sql.ts'

export type CourseRole = { author: boolean; enrolled: boolean }

type Tools = Pick<ServiceKit, 'db' | 'others'>

/**
 * What the caller may do in a course. Our own copy answers nearly always; where it knows of no right, education is
 * asked, since its events may still be on their way: who has just enrolled can begin the quiz at once.
 *
 * @throws AppError `not_found` for a course that is not the caller's to see.
 */
export async function courseRole(
  { db, others }: Tools,
  context: RequestContext,
  courseId: string,
): Promise<CourseRole> {
  const actor = actorOf(context)
  const known = await db.in(actor.organizationId).optional<{ instructorId: string; enrolled: boolean }>(sql`
    select c.instructor_id, exists (
      select from course_learners l where l.course_id = c.id and l.user_id = ${actor.userId}) as enrolled
    from courses c where c.id = ${courseId}`)
  if (known) {
    const author =
      may(actor.roles, 'course.manage_all') ||
      (may(actor.roles, 'course.author') && known.instructorId === actor.userId)
    if (author || known.enrolled) return { author, enrolled: known.enrolled }
  }
  const { author, enrolled } = await others(context).education.getCourseAccess({ courseId })
  return { author, enrolled }
}

/** @throws AppError `forbidden` unless the caller authors the course. */
export async function requireAuthor(tools: Tools, context: RequestContext, courseId: string): Promise<void> {
  if (!(await courseRole(tools, context, courseId)).author) throw new AppError('forbidden')
}

/** @throws AppError `not_enrolled` unless the caller learns in the course or authors it. */
export async function requireParticipant(
  tools: Tools,
  context: RequestContext,
  courseId: string,
): Promise<CourseRole> {
  const role = await courseRole(tools, context, courseId)
  if (!role.author && !role.enrolled) throw new AppError('not_enrolled')
  return role
}
