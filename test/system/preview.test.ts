import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  appoint,
  clientFor,
  openAuthDatabase,
  openSchool,
  type Person,
  refusal,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { makeCourse, takeQuiz, tick } from '../courses.ts'

/** A teacher looks at a course as its learners see it: all of it, and nothing is recorded. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let organizationId: string
let instructor: Person

before(async () => {
  organizationId = (await clientFor(url, null).auth.organization({})).id
  instructor = await appoint(url, authDb, { role: 'instructor', organizationId })
})
after(() => authDb.close())

test('A previewed quiz shows and grades what a learner would get, and leaves no attempt behind.', async () => {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const { assessment, education } = instructor.api
  const open = await assessment.previewQuiz({ quizId })
  assert.deepEqual([open.state, open.result, open.expiresAt], ['in_progress', null, null])
  assert.ok(open.questions.every(question => question.options.every(option => !('correct' in option))))

  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  for (const option of [tick, 'b']) {
    const answers = Object.fromEntries(open.questions.map(({ id }) => [id, [option]]))
    const preview = await assessment.previewQuiz({ quizId, answers })
    const real = await takeQuiz(learner, quizId, option)
    assert.equal(preview.state, 'graded')
    assert.deepEqual(preview.result, real.result)
    assert.deepEqual(preview.questions, real.questions)
  }
  const { items } = await assessment.listSubmissions({ quizId })
  assert.deepEqual(
    items.map(item => item.userId),
    [learner.userId, learner.userId],
  )
  assert.deepEqual((await assessment.getQuiz({ quizId })).attempts, [])
  assert.equal(await refusal(assessment.getSubmission({ submissionId: open.id })), 'not_found')
  assert.equal(await refusal(assessment.submit({ submissionId: open.id })), 'not_found')
  const enrolled = await education.getRoster({ courseId })
  assert.deepEqual(
    enrolled.items.map(entry => entry.userId),
    [learner.userId],
  )
})

test('What no attempt could hold is not graded in a preview either, and a quiz without questions has none.', async () => {
  const { courseId, quizId } = await makeCourse(url, instructor)
  const { assessment } = instructor.api
  const [first] = (await assessment.previewQuiz({ quizId })).questions
  const answers = { [first?.id ?? '']: ['elsewhere'], [courseId]: [tick] }
  const { result } = await assessment.previewQuiz({ quizId, answers })
  assert.deepEqual([result?.score, result?.questions.map(question => question.chosen)], [0, [[], []]])
  const empty = await assessment.createQuiz({ courseId, title: 'Not written yet' })
  assert.equal(await refusal(assessment.previewQuiz({ quizId: empty.id })), 'quiz_not_ready')
})

test('Only who teaches the course previews it: no learner, no colleague, no other school.', async () => {
  const { courseId, quizId, quizLessonId } = await makeCourse(url, instructor)
  const colleague = await appoint(url, authDb, { role: 'instructor', organizationId })
  const stranger = await appoint(url, authDb, {
    role: 'admin',
    organizationId: await openSchool(url, authDb),
  })
  const learner = await signUp(url)
  await learner.api.education.enroll({ courseId })
  for (const [{ api }, code] of [
    [learner, 'forbidden'],
    [colleague, 'forbidden'],
    [stranger, 'not_found'],
  ] as const) {
    assert.equal(await refusal(api.assessment.previewQuiz({ quizId })), code)
    assert.equal(await refusal(api.education.editCourse({ courseId })), code)
  }
  // What the pages of a preview are made of is no way round it.
  assert.equal(await refusal(colleague.api.education.getLesson({ lessonId: quizLessonId })), 'not_enrolled')
})
