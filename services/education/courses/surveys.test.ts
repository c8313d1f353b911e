import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { v7 as uuidv7 } from 'uuid'
import { education } from '../service.ts'
import { deleteCourseRow } from './authoring.store.ts'
import { upsertSurvey } from './surveys.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

const organizationId = uuidv7()
const known = (quizId: string) =>
  kit.db
    .in(organizationId)
    .rows<{ survey: boolean }>(sql`select survey from surveys where quiz_id = ${quizId}`)

test('The later word on whether a quiz is a survey counts, in whichever order they come and however often.', async () => {
  const school = kit.db.in(organizationId)
  for (const order of [
    [1, 2],
    [2, 1],
    [1, 2, 2, 1],
  ]) {
    const quiz = { organizationId, courseId: uuidv7(), quizId: uuidv7() }
    for (const revision of order) await upsertSurvey(school, { ...quiz, revision, survey: revision === 1 })
    assert.deepEqual(await known(quiz.quizId), [{ survey: false }], order.join())
  }
})

test('Which quizzes are surveys is forgotten with the course.', async () => {
  const school = kit.db.in(organizationId)
  const quiz = { organizationId, courseId: uuidv7(), quizId: uuidv7() }
  await upsertSurvey(school, { ...quiz, survey: true, revision: 1 })
  assert.equal((await known(quiz.quizId)).length, 1)
  await deleteCourseRow(school, quiz.courseId)
  assert.deepEqual(await known(quiz.quizId), [])
})
