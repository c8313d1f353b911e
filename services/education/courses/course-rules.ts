import { authorsCourse } from '@azora/contracts/education/author-rule.ts'
import { may } from '@azora/contracts/permissions.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { CourseRow } from './course-access.ts'

/** Who sees which course. Whether someone authors it says `authorsCourse`, which assessment asks as well. */

type Person = Pick<Actor, 'userId' | 'roles' | 'offices'>
type Course = Pick<CourseRow, 'instructorId' | 'status'>

/** Whether the page of a course is there: a published one for anyone, any other for its author and those in it. */
export const mayView = (reader: Person | null, course: Course, enrolled: boolean): boolean =>
  course.status === 'published' || enrolled || (reader !== null && authorsCourse(reader, course))

/** Whether a member may ask what they may do in a course; only a draft is nobody else's concern. */
export const mayAskAccess = (actor: Person, course: Course, enrolled: boolean): boolean =>
  course.status !== 'draft' || enrolled || authorsCourse(actor, course)

/** Whose courses someone sees among those that are taught; null for all of the school's. */
export const taughtBy = (person: Person): string | null =>
  may(person, 'course.manage_all') ? null : person.userId
