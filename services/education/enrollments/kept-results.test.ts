import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { EventPayload } from '@azora/contracts/events.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit, testContext } from '@azora/kit/testing.ts'
import { createCourse } from '../courses/author-course.ts'
import { insertModule } from '../courses/authoring.store.ts'
import { insertLesson } from '../lessons/lessons.store.ts'
import { education } from '../service.ts'
import { insertEnrollment, selectOptionalProgress, upsertProgress } from './enrollments.store.ts'
import { takeQuizOutcome } from './quiz-outcome.ts'

/** What a learner has reached is never taken back by what comes later. */

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())
const school = () => kit.db.in(organizationId)

/** A learner in a course of one lesson, which is a quiz. */
async function learnerAtQuiz({ requireQuizzes }: { requireQuizzes: boolean }) {
  const author = {
    userId: randomUUID(),
    organizationId,
    sessionId: randomUUID(),
    roles: ['instructor' as const],
  }
  const { id: courseId } = await createCourse(kit.db, testContext(author), {
    title: 'Tides',
    summary: '',
    description: '',
    category: 'Any',
    level: 'beginner',
    language: 'en',
    completionRule: { requireQuizzes },
  })
  const [moduleId, lessonId, quizId, userId, enrollmentId] = [0, 1, 2, 3, 4].map(() => randomUUID()) as [
    string,
    string,
    string,
    string,
    string,
  ]
  await insertModule(school(), { id: moduleId, organizationId, courseId, title: 'One' })
  await insertLesson(school(), {
    id: lessonId,
    organizationId,
    courseId,
    moduleId,
    title: 'Quiz',
    kind: 'quiz',
    status: 'published',
    contentId: null,
    media: false,
    words: '',
    durationMinutes: 5,
    required: true,
    fileId: null,
    linkUrl: null,
    quizId,
    attachmentIds: [],
  })
  await insertEnrollment(school(), {
    id: enrollmentId,
    organizationId,
    userId,
    courseId,
    enrolledAt: new Date().toISOString(),
  })
  let attemptNumber = 0
  const graded = (scorePercent: number, passed: boolean) => {
    attemptNumber += 1
    const outcome: EventPayload<'assessment.completed'> = {
      submissionId: randomUUID(),
      quizId,
      courseId,
      userId,
      organizationId,
      scorePercent,
      passed,
      attemptNumber,
      completedAt: new Date().toISOString(),
    }
    return school().transaction(tx => takeQuizOutcome(tx, outcome))
  }
  const book = () =>
    school().one<{ bestPercent: number; passed: boolean; attempts: number }>(
      sql`select best_percent, passed, attempts from quiz_results where enrollment_id = ${enrollmentId}`,
    )
  const isDone = async () =>
    (await selectOptionalProgress(school(), enrollmentId, lessonId))?.completed ?? false
  return { graded, book, isDone, enrollmentId, lessonId }
}

test('The gradebook keeps the best result and the pass, whatever comes after, and counts the attempts.', async () => {
  const { graded, book } = await learnerAtQuiz({ requireQuizzes: true })
  await graded(40, false)
  await graded(90, true)
  await graded(10, false)
  assert.deepEqual(await book(), { bestPercent: 90, passed: true, attempts: 3 })
})

test('A failed quiz leaves its lesson open where quizzes must be passed, and a later failure does not open it again.', async () => {
  const { graded, isDone } = await learnerAtQuiz({ requireQuizzes: true })
  await graded(40, false)
  assert.equal(await isDone(), false)
  await graded(90, true)
  assert.equal(await isDone(), true)
  await graded(10, false)
  assert.equal(await isDone(), true)
})

test('Where taking a quiz is enough, a failed one completes its lesson.', async () => {
  const { graded, isDone } = await learnerAtQuiz({ requireQuizzes: false })
  await graded(0, false)
  assert.equal(await isDone(), true)
})

test('A lesson that was done stays done when it is read again from its beginning.', async () => {
  const { enrollmentId, lessonId, isDone } = await learnerAtQuiz({ requireQuizzes: true })
  const at = { organizationId, enrollmentId, lessonId, positionSeconds: 0 }
  await upsertProgress(school(), { ...at, positionPercent: 100, completed: true })
  await upsertProgress(school(), { ...at, positionPercent: 5, completed: false })
  assert.equal(await isDone(), true)
  assert.equal((await selectOptionalProgress(school(), enrollmentId, lessonId))?.positionPercent, 5)
})
