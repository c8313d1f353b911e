import { authorsCourse } from '@azora/contracts/education/author-rule.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { LessonRow } from './lessons.store.ts'

/**
 * Why a lesson is not someone's to read, or null. Its author reads it all; to anyone else a draft or hidden lesson is
 * not there, even where an old link leads to it. Whom enrolling would help is told so.
 */
export function refusalToRead(
  actor: Pick<Actor, 'userId' | 'roles' | 'offices'>,
  lesson: Pick<LessonRow, 'instructorId' | 'visible' | 'courseStatus'>,
  enrolled: boolean,
): 'not_found' | 'not_enrolled' | null {
  if (authorsCourse(actor, lesson)) return null
  if (!lesson.visible) return 'not_found'
  if (enrolled) return null
  return lesson.courseStatus === 'published' ? 'not_enrolled' : 'not_found'
}
