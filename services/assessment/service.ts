import type { ServiceDefinition } from '@azora/kit/service.ts'
import { deleteCourseQuizzes, insertLearner, upsertCourse } from './courses/courses.store.ts'
import { takeImportedQuiz } from './quizzes/author-quiz.ts'
import { routes } from './routes.ts'
import { sweepExpired } from './submissions/attempt.ts'

/** Quizzes, questions, attempts and their grading. */
export const assessment: ServiceDefinition = {
  name: 'assessment',
  migrations: new URL('./migrations/', import.meta.url),
  hears: ['course.saved', 'course.deleted', 'course.enrolled', 'quiz.imported'],
  wire: kit => ({
    handlers: routes(kit),
    reactions: {
      'course.saved': (tx, course) => upsertCourse(tx, course),
      'course.deleted': (tx, { courseId }) => deleteCourseQuizzes(tx, courseId),
      'course.enrolled': (tx, enrollment) => insertLearner(tx, enrollment),
      'quiz.imported': (tx, event) => takeImportedQuiz(tx, event),
    },
    jobs: {
      'assessment.sweep_expired': async () => {
        await sweepExpired(kit)
      },
    },
    schedules: [{ task: 'assessment.sweep_expired', cron: '* * * * *' }],
  }),
}
