import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import { assessment } from '../service.ts'
import { endLearner, insertLearners, selectOptionalStanding, upsertCourse } from './courses.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(assessment)
})
after(() => kit.dispose())

test('A course that changed hands stays in the new ones, though an older event comes late.', async () => {
  const [organizationId, courseId, first, second, learner] = Array.from({ length: 5 }, () =>
    randomUUID(),
  ) as [string, string, string, string, string]
  const school = kit.db.in(organizationId)
  const course = { courseId, organizationId, title: 'Tides', status: 'draft' }
  const teacher = async () => (await selectOptionalStanding(school, courseId, learner))?.instructorId
  await upsertCourse(school, { ...course, instructorId: first }, '2026-03-01T10:00:00.000Z')
  await upsertCourse(school, { ...course, instructorId: second }, '2026-03-01T10:00:02.000Z')
  await upsertCourse(school, { ...course, instructorId: first }, '2026-03-01T10:00:01.000Z')
  assert.equal(await teacher(), second)
  await upsertCourse(school, { ...course, instructorId: first }, '2026-03-01T10:00:02.000Z')
  assert.equal(await teacher(), first, 'what came in the same moment is taken in the order it comes')
})

test('Those who enrol together are all known, and one who was known or is told of twice is known once.', async () => {
  const [organizationId, courseId, instructorId, one, two, third] = Array.from({ length: 6 }, () =>
    randomUUID(),
  ) as [string, string, string, string, string, string]
  const school = kit.db.in(organizationId)
  await upsertCourse(
    school,
    { courseId, organizationId, instructorId, title: 'Tides', status: 'draft' },
    new Date().toISOString(),
  )
  const learner = (userId: string) => ({ courseId, userId })
  await insertLearners(school, [learner(one)])
  await insertLearners(school, [learner(two), learner(one), learner(two)])
  const known = async (userId: string) =>
    (await selectOptionalStanding(school, courseId, userId))?.enrolled ?? false
  assert.deepEqual(await Promise.all([one, two, third].map(known)), [true, true, false])
})

test('Of the beginnings and ends of an enrolment the latest holds, in whichever order they are told.', async () => {
  const [organizationId, courseId, instructorId, userId] = Array.from({ length: 4 }, () => randomUUID()) as [
    string,
    string,
    string,
    string,
  ]
  const school = kit.db.in(organizationId)
  const course = { courseId, organizationId, instructorId, title: 'Tides', status: 'draft' }
  await upsertCourse(school, course, new Date().toISOString())
  const enrolled = async () => (await selectOptionalStanding(school, courseId, userId))?.enrolled
  await endLearner(school, { courseId, userId, revision: 2 })
  await insertLearners(school, [{ courseId, userId, revision: 1 }])
  assert.equal(await enrolled(), false, 'the beginning was before the end')
  await insertLearners(school, [{ courseId, userId, revision: 3 }])
  await endLearner(school, { courseId, userId, revision: 2 })
  assert.equal(await enrolled(), true, 'and began again after it')
})
