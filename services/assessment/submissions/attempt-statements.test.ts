import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onPublished } from '@azora/kit/outbox.ts'
import { createTestKit, statementsOf, type TestKit } from '@azora/kit/testing.ts'
import { insertLearners, upsertCourse } from '../courses/courses.store.ts'
import { replacePlaces } from '../courses/places.store.ts'
import { selectOptionalQuiz } from '../quizzes/quizzes.store.ts'
import { assessment } from '../service.ts'
import { saveAnswers, submitAttempt } from './attempt.ts'
import { createAttemptFixture } from './attempt-fixture.ts'
import { startAttempt } from './start-attempt.ts'

/** How many statements an attempt takes, `begin` and `commit` among them: they are what it costs. */

let kit: TestKit
let fixture: ReturnType<typeof createAttemptFixture>
before(async () => {
  kit = await createTestKit(assessment)
  fixture = createAttemptFixture(kit)
  // As where a relay runs; nobody else is told then.
  onPublished('assessment', () => {})
})
after(() => kit.dispose())

/** A quiz in a lesson of a course, and one who learns there, as far as this service has heard of them. */
async function known() {
  const { organizationId, school } = fixture
  const [{ id, questionId }, learner] = [await fixture.quiz(), fixture.person()]
  const { courseId } = (await selectOptionalQuiz(school, id)) ?? assert.fail()
  const course = { courseId, organizationId, instructorId: id, title: 'Tides', status: 'published' }
  await upsertCourse(school, course, new Date().toISOString())
  await insertLearners(school, [{ courseId, userId: learner.actor.userId }])
  const places = [{ quizId: id, lessonId: id, lessonTitle: 'Tides', open: true }]
  await replacePlaces(school, { courseId, organizationId, revision: 1, places })
  return { id, learner, answers: { [questionId]: ['a'] } }
}

const most = (count: number, asked: string[]) =>
  assert.ok(asked.length <= count, `${asked.length} statements:\n${asked.join('\n')}`)

test('An attempt begins with at most seven statements, keeps answers with two each, and is submitted with six.', async () => {
  const { id, learner, answers } = await known()
  let submissionId = ''
  most(
    7,
    await statementsOf(kit.db, async () => {
      submissionId = (await startAttempt(fixture.tools, learner, id, undefined)).id
    }),
  )
  most(2, await statementsOf(kit.db, () => saveAnswers(fixture.tools, learner, submissionId, answers)))
  most(6, await statementsOf(kit.db, () => submitAttempt(fixture.tools, learner, submissionId, answers)))
  assert.equal((await fixture.results(submissionId)).length, 1)
})
