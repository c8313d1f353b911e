import { authorsCourse } from '@azora/contracts/education/author-rule.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { sql } from '@azora/kit/sql.ts'

export type CourseRow = {
  id: string
  slug: string
  title: string
  instructorId: string
  status: 'draft' | 'published' | 'archived'
}

export async function selectOptionalCourse(db: Queryable, courseId: string): Promise<CourseRow | null> {
  return db.optional<CourseRow>(sql`
    select id, slug, title, instructor_id, status from courses
    where organization_id = ${db.organizationId} and id = ${courseId}`)
}

/** A course that stays as it is, and stays there, until the end of the transaction. */
export async function lockOptionalCourse(tx: Transaction, courseId: string): Promise<CourseRow | null> {
  return tx.optional<CourseRow>(sql`
    select id, slug, title, instructor_id, status from courses
    where organization_id = ${tx.organizationId} and id = ${courseId} for share`)
}

/**
 * A course for its author. Another school's course is not there at all; a colleague's is refused.
 * @throws AppError `not_found` or `forbidden`.
 */
export async function selectAuthoredCourse(
  db: Queryable,
  actor: Actor,
  courseId: string,
): Promise<CourseRow> {
  const course = await selectOptionalCourse(db, courseId)
  if (!course) throw new AppError('not_found')
  if (!authorsCourse(actor, course)) throw new AppError('forbidden')
  return course
}

/** Lock a course while its outline changes, so that two editors cannot interleave. */
export async function lockAuthoredCourse(db: Queryable, actor: Actor, courseId: string): Promise<CourseRow> {
  await db.run(
    sql`select from courses where organization_id = ${db.organizationId} and id = ${courseId} for update`,
  )
  return selectAuthoredCourse(db, actor, courseId)
}

export async function selectCourseOfModule(db: Queryable, moduleId: string): Promise<string> {
  const found = await db.optional<{ courseId: string }>(
    sql`select course_id from modules where organization_id = ${db.organizationId} and id = ${moduleId}`,
  )
  if (!found) throw new AppError('not_found')
  return found.courseId
}

export async function selectCourseOfLesson(db: Queryable, lessonId: string): Promise<string> {
  const found = await db.optional<{ courseId: string }>(
    sql`select course_id from lessons where organization_id = ${db.organizationId} and id = ${lessonId}`,
  )
  if (!found) throw new AppError('not_found')
  return found.courseId
}
