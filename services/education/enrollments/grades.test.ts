import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { EventPayload } from '@azora/contracts/events.ts'
import { createTestKit, type TestKit, testContext } from '@azora/kit/testing.ts'
import { createCourse } from '../courses/author-course.ts'
import { education } from '../service.ts'
import {
  insertEnrollment,
  selectMyCourses,
  selectOptionalCoursePage,
  selectRoster,
} from './enrollments.store.ts'
import { takeGrades } from './grades.store.ts'

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())
const school = () => kit.db.in(organizationId)

async function learner() {
  const [userId, id] = [randomUUID(), randomUUID()]
  const author = {
    ...{ userId: randomUUID(), organizationId, sessionId: randomUUID() },
    roles: ['instructor' as const],
  }
  const { id: courseId } = await createCourse(kit.db, testContext(author), {
    ...{ title: 'Tides', summary: '', description: '', category: 'Any', level: 'beginner', language: 'en' },
    completionRule: { requireQuizzes: true },
  })
  const enrolledAt = new Date().toISOString()
  await insertEnrollment(school(), { id, organizationId, userId, courseId, enrolledAt })
  const event = (
    revision: number,
    percent: number | null,
    told: number | null,
  ): EventPayload<'grade.changed'> => ({
    ...{ courseId, userId, organizationId, percent, revision },
    letter: percent === null ? null : 'B',
    told: { percent: told, letter: null },
  })
  /** As the learner's page of the course, the list of their courses and the teacher's list of learners have it. */
  const seen = async () => {
    const page = await selectOptionalCoursePage(school(), userId, courseId)
    const mine = await selectMyCourses(school(), userId, { limit: 5 })
    const roster = await selectRoster(school(), courseId, { limit: 5 })
    assert.deepEqual(mine.items[0]?.grade, page?.enrollment.grade)
    return [page?.enrollment.grade, roster.items[0]?.grade]
  }
  return { event, seen }
}

test('Learners are shown of a course grade what they may know of it, and teachers all of it.', async () => {
  const { event, seen } = await learner()
  assert.deepEqual(await seen(), [null, null])
  await takeGrades(school(), [event(1, 72.5, null)])
  assert.deepEqual(await seen(), [null, { percent: 72.5, letter: 'B' }])
  await takeGrades(school(), [event(2, 80, 64)])
  assert.deepEqual(await seen(), [
    { percent: 64, letter: null },
    { percent: 80, letter: 'B' },
  ])
  await takeGrades(school(), [event(3, null, null)])
  assert.deepEqual(await seen(), [null, null])
})

test('Of grades that come in any order, twice or at once, the latest stays; of one who is not enrolled none is kept.', async () => {
  const { event, seen } = await learner()
  const stranger = { ...event(9, 10, 10), userId: randomUUID() }
  await takeGrades(school(), [event(3, 30, 30), stranger, event(2, 20, 20)])
  await takeGrades(school(), [event(1, 10, 10)])
  await takeGrades(school(), [event(3, 30, 30)])
  assert.equal((await seen())[0]?.percent, 30)
  await Promise.all([5, 4, 7, 6].map(revision => takeGrades(school(), [event(revision, revision, revision)])))
  assert.equal((await seen())[0]?.percent, 7)
})
