import { type Holder, may } from '../permissions.ts'

/**
 * Whether someone authors a course: its instructor, while they may author at all, and who manages all courses of the
 * school. Education owns the courses and assessment keeps a copy; both ask here, so that they never differ.
 */
export function authorsCourse(actor: Holder & { userId: string }, course: { instructorId: string }): boolean {
  if (may(actor, 'course.manage_all')) return true
  return may(actor, 'course.author') && course.instructorId === actor.userId
}
