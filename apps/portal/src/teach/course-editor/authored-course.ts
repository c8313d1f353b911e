import type { OutputOf } from '../../lib/api.browser.ts'

/** A course as its author edits it, and what is chosen from the quizzes. */
export type AuthoredCourse = OutputOf<'education.editCourse'>
export type QuizEntry = OutputOf<'assessment.listQuizzes'>['items'][number]

/** What every part of the editor gets: the course, and how to replace it by what the API answered. */
export type CourseTabProps = {
  course: AuthoredCourse
  onCourse: (course: AuthoredCourse) => void
  /** Loads the course again after someone else changed it. */
  onConflict: () => Promise<void>
}
