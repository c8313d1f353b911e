import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Transaction } from '@azora/kit/db.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, overlapped, type TestKit, testContext } from '@azora/kit/testing.ts'
import { createCourse, deleteCourse } from '../courses/author-course.ts'
import { insertModule } from '../courses/authoring.store.ts'
import { lockOptionalCourse } from '../courses/course-access.ts'
import { deleteLessonRow, insertLesson, lockLesson } from '../lessons/lessons.store.ts'
import { education } from '../service.ts'
import { insertEnrollment } from './enrollments.store.ts'
import { enroll, saveProgress } from './learn.ts'

/** One who learns and one who authors at the same moment, in both orders. */

let kit: TestKit
const organizationId = randomUUID()
const person = (): Actor => ({
  userId: randomUUID(),
  organizationId,
  sessionId: randomUUID(),
  roles: ['instructor'],
  authenticatedAt: 0,
})
const author = person()

before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

const school = () => kit.db.in(organizationId)
const settings = {
  title: 'Tides',
  summary: '',
  description: '',
  category: 'Any',
  level: 'beginner' as const,
  language: 'en',
  completionRule: { requireQuizzes: true },
}
async function publishedCourse(): Promise<string> {
  const { id } = await createCourse(kit.db, testContext(author), settings)
  await school().run(sql`update courses set status = 'published' where id = ${id}`)
  return id
}

const enrolTo = (courseId: string) => async (tx: Transaction) => {
  await lockOptionalCourse(tx, courseId)
  await insertEnrollment(tx, {
    id: randomUUID(),
    organizationId,
    userId: randomUUID(),
    courseId,
    enrolledAt: new Date().toISOString(),
  })
}

test('Enrolling in a course that is being deleted finds no course.', async () => {
  const courseId = await publishedCourse()
  const late = overlapped(
    kit.db,
    organizationId,
    async tx => {
      await tx.run(sql`select from courses where id = ${courseId} for update`)
      await tx.run(sql`delete from courses where id = ${courseId}`)
    },
    () => enroll(kit.db, person(), courseId, kit.metrics),
  )
  await assert.rejects(late, { code: 'not_found' })
})

test('A course in which somebody is being enrolled is not deleted.', async () => {
  const courseId = await publishedCourse()
  const late = overlapped(kit.db, organizationId, enrolTo(courseId), () =>
    deleteCourse(kit.db, testContext(author), courseId),
  )
  await assert.rejects(late, { code: 'course_has_learners' })
})

test('Enrolling in a course that is being taken out of the catalogue is refused.', async () => {
  const courseId = await publishedCourse()
  const late = overlapped(
    kit.db,
    organizationId,
    tx => tx.run(sql`update courses set status = 'archived' where id = ${courseId}`),
    () => enroll(kit.db, person(), courseId, kit.metrics),
  )
  await assert.rejects(late, { code: 'not_found' })
})

/** A course of one lesson, and a learner in it. */
async function learning() {
  const courseId = await publishedCourse()
  const [moduleId, lessonId, learner] = [randomUUID(), randomUUID(), person()]
  await school().transaction(async tx => {
    await insertModule(tx, { id: moduleId, organizationId, courseId, title: 'Module' })
    await tx.run(sql`update modules set status = 'published' where id = ${moduleId}`)
    await insertLesson(tx, {
      id: lessonId,
      organizationId,
      courseId,
      moduleId,
      title: 'Springs',
      kind: 'page',
      status: 'published',
      contentId: null,
      media: false,
      words: '',
      durationMinutes: 5,
      required: true,
      fileId: null,
      linkUrl: null,
      quizId: null,
      attachmentIds: [],
    })
  })
  await enroll(kit.db, learner, courseId, kit.metrics)
  return { lessonId, learner }
}
const done = (lessonId: string) => ({ lessonId, completed: true, positionPercent: 100, positionSeconds: 0 })

test('Progress in a lesson that is being deleted finds no lesson.', async () => {
  const { lessonId, learner } = await learning()
  const late = overlapped(
    kit.db,
    organizationId,
    tx => deleteLessonRow(tx, lessonId),
    () => saveProgress(kit.db, learner, done(lessonId)),
  )
  await assert.rejects(late, { code: 'not_found' })
})

test('A lesson whose progress is being kept is deleted after it, with the progress.', async () => {
  const { lessonId, learner } = await learning()
  await overlapped(
    kit.db,
    organizationId,
    tx => lockLesson(tx, lessonId),
    () => school().transaction(tx => deleteLessonRow(tx, lessonId)),
  )
  await assert.rejects(saveProgress(kit.db, learner, done(lessonId)), { code: 'not_found' })
})

test('Twelve courses of one title that are made at once have twelve addresses.', async () => {
  const made = await Promise.all(
    Array.from({ length: 12 }, () =>
      createCourse(kit.db, testContext(author), { ...settings, title: 'Moons' }),
    ),
  )
  assert.equal(new Set(made.map(({ slug }) => slug)).size, 12)
})
