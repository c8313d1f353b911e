import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectOptionalAward } from '../certificates/certificates.store.ts'
import { deleteCourseRow, insertCourse } from '../courses/authoring.store.ts'
import { selectEnrollmentsOf } from '../privacy/privacy.store.ts'
import { education } from '../service.ts'
import { insertEnrollment } from './enrollments.store.ts'
import { takeQuizOutcomes, takeResultsShown, takeSurvey } from './quiz-outcome.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

const organizationId = uuidv7()
const school = () => kit.db.in(organizationId)

async function learnerInCourse() {
  const [courseId, enrollmentId, userId] = [uuidv7(), uuidv7(), uuidv7()]
  await insertCourse(school(), {
    id: courseId,
    organizationId,
    slug: `c-${courseId}`,
    title: 'Course',
    summary: '',
    description: '',
    instructorId: uuidv7(),
    category: 'Any',
    level: 'beginner',
    language: 'en',
    requireQuizzes: true,
  })
  const enrolledAt = new Date().toISOString()
  await insertEnrollment(school(), { id: enrollmentId, organizationId, userId, courseId, enrolledAt })
  const attempt = (quizId: string) => ({
    submissionId: uuidv7(),
    quizId,
    courseId,
    userId,
    organizationId,
    attemptNumber: 1,
    completedAt: enrolledAt,
  })
  const told = async () => {
    const [enrolled] = await selectEnrollmentsOf(school(), userId)
    const quizzes = (enrolled?.quizzes ?? []) as { bestPercent: number | null; passed: boolean | null }[]
    const award = await selectOptionalAward(school(), enrollmentId)
    return {
      download: quizzes.map(({ bestPercent, passed }) => [bestPercent, passed]),
      certificate: award?.bestQuizPercent,
    }
  }
  return { courseId, attempt, told }
}

test('A score that learners are not told is in no download and no certificate, until they are told again.', async () => {
  const { courseId, attempt, told } = await learnerInCourse()
  const quizId = uuidv7()
  await school().transaction(tx =>
    takeQuizOutcomes(tx, [{ ...attempt(quizId), scorePercent: 80, passed: true }]),
  )
  assert.deepEqual(await told(), { download: [[80, true]], certificate: 80 })
  const change = (revision: number, scoreShown: boolean) =>
    takeResultsShown(school(), { quizId, courseId, organizationId, scoreShown, revision })
  await change(1, false)
  await change(1, false)
  assert.deepEqual(await told(), { download: [[null, null]], certificate: null })
  await change(2, true)
  await change(2, true)
  assert.deepEqual(await told(), { download: [[80, true]], certificate: 80 })
  // One that comes late, after the change that followed it.
  await change(4, false)
  await change(3, true)
  assert.deepEqual(await told(), { download: [[null, null]], certificate: null })
  await change(5, true)
  await change(1, false)
  assert.deepEqual(await told(), { download: [[80, true]], certificate: 80 })
})

test('A survey leaves no result, however often its event comes.', async () => {
  const { attempt, told } = await learnerInCourse()
  const event = attempt(uuidv7())
  for (let time = 0; time < 2; time++) await school().transaction(tx => takeSurvey(tx, event))
  assert.deepEqual(await told(), { download: [], certificate: null })
})

test('Which scores are hidden is forgotten with the course.', async () => {
  const [courseId, quizId] = [uuidv7(), uuidv7()]
  await takeResultsShown(school(), { quizId, courseId, organizationId, scoreShown: false, revision: 1 })
  const known = () => school().rows(sql`select 1 from hidden_scores where quiz_id = ${quizId}`)
  assert.equal((await known()).length, 1)
  await deleteCourseRow(school(), courseId)
  assert.deepEqual(await known(), [])
})
