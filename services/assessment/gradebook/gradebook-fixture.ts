import type { SchoolRole } from '@azora/contracts/permissions.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { insertLearners, upsertCourse } from '../courses/courses.store.ts'
import { replacePlaces } from '../courses/places.store.ts'
import { allOrNothing } from '../questions/score.ts'
import { plainSettings } from '../quizzes/quiz-fixture.ts'
import { insertQuestions, insertQuiz, type QuizSettings } from '../quizzes/quizzes.store.ts'
import { gradeSubmission, insertSubmission } from '../submissions/submissions.store.ts'
import type { Setup } from './gradebook.store.ts'

/** A course with a teacher and learners, for tests of its gradebook. */
export async function createGradebookFixture(kit: TestKit) {
  const [organizationId, courseId, instructorId] = [uuidv7(), uuidv7(), uuidv7()]
  const school = kit.db.in(organizationId)
  const course = { courseId, organizationId, instructorId, title: 'Rivers', status: 'published' }
  await upsertCourse(school, course, new Date().toISOString())

  // Education knows of no one whom our own copy does not know.
  const others = {
    education: {
      getCourseAccess: async () => {
        throw new AppError('forbidden')
      },
    },
  } as never
  const callerOf = (userId: string, roles: SchoolRole[]): AskingCaller => ({
    actor: { userId, organizationId, sessionId: uuidv7(), roles, authenticatedAt: 0 },
    ip: '127.0.0.1',
    userAgent: 'test',
    others,
  })
  const places: string[] = []
  let revision = 0

  return {
    organizationId,
    courseId,
    school,
    teacher: callerOf(instructorId, ['instructor']),

    async learner(): Promise<AskingCaller & { userId: string }> {
      const userId = uuidv7()
      await insertLearners(school, [{ courseId, userId }])
      return { ...callerOf(userId, ['learner']), userId }
    },

    /** A quiz of one question with so many points; in a lesson that learners see unless it is a `draft`. */
    async quiz({
      points = 10,
      draft = false,
      ...settings
    }: Partial<QuizSettings> & { points?: number; draft?: boolean } = {}) {
      const [id, questionId] = [uuidv7(), uuidv7()]
      await insertQuiz(school, {
        ...plainSettings,
        ...settings,
        id,
        organizationId,
        courseId,
        bank: false,
        createdBy: instructorId,
      })
      await insertQuestions(school, organizationId, id, [
        {
          id: questionId,
          version: 1,
          type: 'single_choice',
          content: 'Which?',
          points,
          options: ['a', 'b'].map(option => ({ id: option, content: option, feedback: null })),
          correctAnswer: ['a'],
          body: null,
          scoring: allOrNothing,
          feedback: { general: null, correct: null, incorrect: null },
        },
      ])
      if (!draft) places.push(id)
      revision += 1
      await school.transaction(tx =>
        replacePlaces(tx, {
          courseId,
          organizationId,
          revision,
          places: places.map(quizId => ({ quizId, lessonId: uuidv7(), lessonTitle: 'A lesson', open: true })),
        }),
      )
      return id
    },

    /** A graded attempt. */
    async attempt(userId: string, quizId: string, score: number, maxScore: number, attemptNumber = 1) {
      const id = uuidv7()
      await insertSubmission(school, {
        id,
        organizationId,
        quizId,
        userId,
        attemptNumber,
        questions: [],
        boundByClosing: false,
      })
      const grading = {
        ...{ score, maxScore, scorePercent: 0, passed: false, late: null },
        ...{ awarded: {}, marks: {}, hints: {}, comments: {}, annotations: {}, awaiting: [] },
      }
      const submittedAt = new Date().toISOString()
      await school.transaction(async tx => gradeSubmission(tx, id, { answers: {}, grading, submittedAt }))
    },
  }
}

export const category = (name: string, more: Partial<Setup['categories'][number]> = {}) => ({
  id: uuidv7(),
  name,
  weight: 50,
  dropLowest: 0,
  dropHighest: 0,
  extraCredit: false,
  ...more,
})

export const item = (
  categoryId: string,
  more: Partial<Setup['items'][number]> = {},
): Setup['items'][number] => ({
  id: uuidv7(),
  quizId: null,
  title: 'River journal',
  categoryId,
  points: 20,
  extraCredit: false,
  hidden: false,
  ...more,
})

export const setupOf = (more: Partial<Setup>): Setup => ({
  calculation: 'weights',
  missing: 'skip',
  decimals: 1,
  courseGradeShown: true,
  scale: [
    { letter: 'A', from: 80 },
    { letter: 'B', from: 50 },
  ],
  categories: [],
  items: [],
  ...more,
})
