import { authorsCourse } from '@azora/contracts/education/author-rule.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Standing } from './courses.store.ts'

export type CourseRole = { author: boolean; enrolled: boolean }

/**
 * What someone may do in a course by our own copy of it; null where that gives them no right, which may be because news
 * of it is still on its way.
 */
export function knownRole(
  actor: Pick<Actor, 'userId' | 'roles'>,
  { instructorId, enrolled }: Standing,
): CourseRole | null {
  const author = authorsCourse(actor, { instructorId })
  return author || enrolled ? { author, enrolled } : null
}
