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
import {
  insertEnrollment,
  selectEnrollment,
  selectOptionalProgress,
  upsertProgress,
} from './enrollments.store.ts'
import { takeQuizOutcomes } from './quiz-outcome.ts'

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
  const outcome = (scorePercent: number, passed: boolean): EventPayload<'assessment.completed'> => {
    attemptNumber += 1
    return {
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
  }
  const graded = (scorePercent: number, passed: boolean) =>
    school().transaction(tx => takeQuizOutcomes(tx, [outcome(scorePercent, passed)]))
  const book = () =>
    school().one<{ bestPercent: number; passed: boolean; attempts: number }>(
      sql`select best_percent, passed, attempts from quiz_results where enrollment_id = ${enrollmentId}`,
    )
  const isDone = async () =>
    (await selectOptionalProgress(school(), enrollmentId, lessonId))?.completed ?? false
  const take = (event: EventPayload<'assessment.completed'>) =>
    school().transaction(tx => takeQuizOutcomes(tx, [event]))
  return { graded, take, outcome, book, isDone, enrollmentId, lessonId }
}

test('The gradebook keeps the best result and the pass, whatever comes after, and counts the attempts.', async () => {
  const { graded, book } = await learnerAtQuiz({ requireQuizzes: true })
  await graded(40, false)
  await graded(90, true)
  await graded(10, false)
  assert.deepEqual(await book(), { bestPercent: 90, passed: true, attempts: 3 })
})

test('What an event says that counts is the result, the latest attempt speaks, and a lesson that was done stays done.', async () => {
  const { outcome, book, isDone } = await learnerAtQuiz({ requireQuizzes: true })
  const take = (...told: ReturnType<typeof outcome>[]) =>
    school().transaction(tx => takeQuizOutcomes(tx, told))
  const first = { ...outcome(90, true), counted: { scorePercent: 90, passed: true } }
  const second = { ...outcome(10, false), counted: { scorePercent: 50, passed: false } }
  await take(second)
  assert.deepEqual([await book(), await isDone()], [{ bestPercent: 50, passed: false, attempts: 2 }, false])
  await take(first)
  assert.deepEqual([await book(), await isDone()], [{ bestPercent: 50, passed: false, attempts: 2 }, true])
  const third = { ...outcome(100, true), counted: { scorePercent: 66.67, passed: false } }
  await take(second, third)
  assert.deepEqual([await book(), await isDone()], [{ bestPercent: 66.67, passed: false, attempts: 3 }, true])
})

test('An attempt that was marked after a later one is taken with what counts of both.', async () => {
  const { take, outcome, book } = await learnerAtQuiz({ requireQuizzes: true })
  const [first, second] = [outcome(90, true), outcome(40, false)]
  const counted = { scorePercent: 90, passed: true }
  await take({ ...second, counted: { scorePercent: 40, passed: false } })
  await take({ ...first, counted, countedThrough: 2 })
  assert.deepEqual(await book(), { bestPercent: 90, passed: true, attempts: 2 })
  // Both in one batch: what was told later knows of what was told before.
  const other = await learnerAtQuiz({ requireQuizzes: true })
  const [one, two] = [other.outcome(90, true), other.outcome(40, false)]
  await school().transaction(tx =>
    takeQuizOutcomes(tx, [
      { ...two, counted: { scorePercent: 40, passed: false } },
      { ...one, counted, countedThrough: 2 },
    ]),
  )
  assert.deepEqual(await other.book(), { bestPercent: 90, passed: true, attempts: 2 })
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

test('Outcomes that come together are kept as if they came one by one, each for its own learner.', async () => {
  const strict = await learnerAtQuiz({ requireQuizzes: true })
  const other = await learnerAtQuiz({ requireQuizzes: true })
  const lax = await learnerAtQuiz({ requireQuizzes: false })
  const outcomes = [
    strict.outcome(40, false),
    lax.outcome(10, false),
    strict.outcome(90, true),
    other.outcome(30, false),
    strict.outcome(20, false),
    // Of someone who is not enrolled.
    { ...lax.outcome(100, true), userId: randomUUID() },
  ]
  await school().transaction(tx => takeQuizOutcomes(tx, outcomes))
  assert.deepEqual(await strict.book(), { bestPercent: 90, passed: true, attempts: 3 })
  assert.deepEqual(await other.book(), { bestPercent: 30, passed: false, attempts: 1 })
  assert.deepEqual(await lax.book(), { bestPercent: 10, passed: false, attempts: 1 })
  const done = [await strict.isDone(), await other.isDone(), await lax.isDone()]
  assert.deepEqual(done, [true, false, true])
  assert.equal((await selectEnrollment(school(), strict.enrollmentId)).progressPercent, 100)
  assert.equal((await selectEnrollment(school(), other.enrollmentId)).progressPercent, 0)
})
