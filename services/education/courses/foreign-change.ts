import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import type { CourseRow } from './course-access.ts'

/**
 * Note that someone changed a course that another teaches. What instructors do in their own courses while they write
 * them is nobody else's concern, and would drown the rest.
 */
export async function recordForeignChange(
  tx: Transaction,
  by: Caller,
  course: CourseRow,
  part: { kind: 'course' | 'module' | 'lesson' | 'file'; id: string },
): Promise<void> {
  if (course.instructorId === by.actor.userId) return
  const details = { part: part.kind, partId: part.id, instructorId: course.instructorId }
  await recordAudit(tx, 'education', by, {
    action: 'course.changed',
    subject: { kind: 'course', id: course.id, name: course.title },
    details,
  })
}
