import { may, type Role } from '../permissions.ts'

/**
 * Whether someone authors a course: its instructor, while they may author at all, and who manages all courses of the
 * school. Education owns the courses and assessment keeps a copy; both ask here, so that they never differ.
 */
export function authorsCourse(
  actor: { userId: string; roles: readonly Role[] },
  course: { instructorId: string },
): boolean {
  if (may(actor.roles, 'course.manage_all')) return true
  return may(actor.roles, 'course.author') && course.instructorId === actor.userId
}
