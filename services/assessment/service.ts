import { allSteps } from '@azora/kit/each-alone.ts'
import { defineTask, runs } from '@azora/kit/jobs.ts'
import { personalDataPart } from '@azora/kit/personal-data.ts'
import type { ServiceDefinition } from '@azora/kit/service.ts'
import { createPrograms } from './code/programs.ts'
import { deleteCourseQuizzes, endLearner, insertLearners, upsertCourse } from './courses/courses.store.ts'
import { deletePlaces, replacePlaces } from './courses/places.store.ts'
import { deleteGradebook } from './gradebook/gradebook.store.ts'
import {
  tellAllGrades,
  tellAllGradesTask,
  tellCourse,
  tellCourseTask,
  tellGrades,
  tellGradesTask,
} from './gradebook/tell-grades.ts'
import { askToTellGrades, deleteToldGrades } from './gradebook/told-grades.store.ts'
import { takeGroups } from './groups/take-groups.ts'
import { deleteOldEntries } from './integrity/integrity.store.ts'
import { deleteOldLeases } from './marking/open-answers.store.ts'
import { markPrograms, sweepPrograms } from './marking/programs/mark-programs.ts'
import { markProgramsTask, sweepProgramsTask } from './marking/programs/task.ts'
import { assessmentPersonalData } from './privacy/personal-data.ts'
import { deleteOldGuesses } from './quizzes/access-code.store.ts'
import { takeImportedQuiz } from './quizzes/take-imported-quiz.ts'
import { runRegrade, sweepRegrades } from './regrading/run-regrade.ts'
import { regradeTask, sweepRegradesTask } from './regrading/task.ts'
import { fileRoutes, routes } from './routes.ts'
import { printAttempt, printEssaysTask, sweepEssays, sweepEssaysTask } from './similarity/print-essays.ts'
import { deleteStandards } from './standards/standards.store.ts'
import { createAskedQuestions } from './submissions/asked-questions.ts'
import { sweepExpired } from './submissions/finish-attempt.ts'
import { sweepUploads, sweepUploadsTask } from './uploads/sweep-uploads.ts'

const sweepTask = defineTask('assessment.sweep_expired', { cron: '* * * * *' })

/** Quizzes, questions, attempts and their grading. */
export const assessment: ServiceDefinition = {
  name: 'assessment',
  migrations: new URL('./migrations/', import.meta.url),
  hears: [
    'course.saved',
    'course.deleted',
    'course.quizzes_placed',
    'course.groups_changed',
    'course.enrolled',
    'course.unenrolled',
    'quiz.imported',
    'user.export_requested',
    'user.deleted',
  ],
  wire(kit) {
    const tools = {
      ...kit,
      questionsOf: createAskedQuestions(),
      programs: createPrograms(kit.config.programs),
    }
    const personalData = personalDataPart(kit, assessmentPersonalData)
    return {
      handlers: routes(tools),
      fileHandlers: fileRoutes(tools),
      reactions: {
        'course.saved': (tx, course, { occurredAt }) => upsertCourse(tx, course, occurredAt),
        async 'course.deleted'(tx, { courseId }) {
          await deleteCourseQuizzes(tx, courseId)
          await deletePlaces(tx, courseId)
          await deleteGradebook(tx, courseId)
          await deleteStandards(tx, courseId)
          await deleteToldGrades(tx, courseId)
        },
        async 'course.quizzes_placed'(tx, event) {
          await replacePlaces(tx, event)
          askToTellGrades(tx, event.courseId)
        },
        'course.groups_changed': (tx, event) => takeGroups(tx, event),
        'course.enrolled': {
          async all(tx, events) {
            const learners = events.map(({ payload }) => payload)
            await insertLearners(tx, learners)
            for (const [courseId, theirs] of Map.groupBy(learners, learner => learner.courseId))
              askToTellGrades(
                tx,
                courseId,
                theirs.map(({ userId }) => userId),
              )
          },
        },
        'course.unenrolled': (tx, learner) => endLearner(tx, learner),
        'quiz.imported': (tx, event) => takeImportedQuiz(tx, event),
        ...personalData.reactions,
      },
      jobs: [
        runs(sweepTask, () =>
          allSteps([
            () => sweepExpired(tools),
            () => deleteOldGuesses(kit.db.across),
            () => deleteOldLeases(kit.db.across),
            () => deleteOldEntries(kit.db.across),
          ]),
        ),
        runs(tellCourseTask, course => tellCourse(kit, course)),
        runs(tellGradesTask, () => tellGrades(kit)),
        runs(tellAllGradesTask, () => tellAllGrades(kit)),
        runs(printEssaysTask, attempt => printAttempt(kit, attempt)),
        runs(sweepEssaysTask, () => sweepEssays(kit)),
        runs(markProgramsTask, (payload, run) => markPrograms(tools, payload, run)),
        runs(sweepUploadsTask, () => sweepUploads(kit)),
        runs(sweepProgramsTask, () => sweepPrograms(tools)),
        runs(regradeTask, (payload, run) => runRegrade(tools, payload, run)),
        runs(sweepRegradesTask, () => sweepRegrades(tools)),
        ...personalData.jobs,
      ],
    }
  },
}
