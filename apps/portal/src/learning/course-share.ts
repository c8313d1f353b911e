/** A lesson as the share of a course counts it. */
export type CountedLesson = { id: string; required: boolean; completed: boolean }

/**
 * How much of a course is done, in percent: the share of its required lessons, rounded down, as the service counts it
 * (`services/education/enrollments/progress.ts`). `isDone` adds what this device knows and the page does not yet; the
 * share that the service told is never undercut.
 */
export function courseShare(
  lessons: CountedLesson[],
  told: number,
  isDone: (lessonId: string) => boolean,
): number {
  const required = lessons.filter(lesson => lesson.required)
  const done = required.filter(lesson => lesson.completed || isDone(lesson.id)).length
  return Math.max(told, required.length ? Math.floor((100 * done) / required.length) : 0)
}
