import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit } from '@azora/kit/testing.ts'
import fc from 'fast-check'
import { insertCourse, insertModule } from '../courses/authoring.store.ts'
import { updatePartStatus } from '../courses/part-status.store.ts'
import { deleteLessonRow, insertLesson } from '../lessons/lessons.store.ts'
import { education } from '../service.ts'
import { insertEnrollment, resumeAt, selectEnrollment, upsertProgress } from './enrollments.store.ts'
import { recomputeProgress } from './progress.ts'

let kit: TestKit
const organizationId = randomUUID()

before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

type Lesson = { required: boolean; done: boolean }

/** A learner in a course with these lessons, done or not. */
async function enrolment(lessons: Lesson[]) {
  const school = kit.db.in(organizationId)
  const [courseId, moduleId, enrollmentId] = [randomUUID(), randomUUID(), randomUUID()]
  const lessonIds = lessons.map(() => randomUUID())
  await school.transaction(async tx => {
    await insertCourse(tx, {
      id: courseId,
      organizationId,
      slug: `c-${courseId}`,
      title: 'Course',
      summary: '',
      description: '',
      instructorId: randomUUID(),
      category: 'Any',
      level: 'beginner',
      language: 'en',
      requireQuizzes: true,
    })
    await insertModule(tx, { id: moduleId, organizationId, courseId, title: 'Module' })
    const fields = {
      contentId: null,
      media: false,
      words: '',
      status: 'published' as const,
      durationMinutes: 5,
      fileId: null,
      linkUrl: null,
      quizId: null,
      attachmentIds: [],
    }
    for (const [at, { required }] of lessons.entries()) {
      const id = lessonIds[at] as string
      await insertLesson(tx, {
        ...fields,
        id,
        organizationId,
        courseId,
        moduleId,
        kind: 'page',
        title: 'L',
        required,
      })
    }
    const userId = randomUUID()
    await insertEnrollment(tx, {
      id: enrollmentId,
      organizationId,
      userId,
      courseId,
      enrolledAt: new Date().toISOString(),
    })
  })
  const complete = async (lessonId: string) => {
    await school.transaction(async tx => {
      await upsertProgress(tx, {
        organizationId,
        enrollmentId,
        lessonId,
        positionPercent: 100,
        positionSeconds: 0,
        completed: true,
      })
      await recomputeProgress(tx, { enrollmentIds: [enrollmentId] })
    })
  }
  for (const [at, { done }] of lessons.entries()) if (done) await complete(lessonIds[at] as string)
  await school.transaction(tx => recomputeProgress(tx, { courseId }))
  return {
    courseId,
    enrollmentId,
    lessonIds,
    complete,
    state: () => selectEnrollment(school, enrollmentId),
    recompute: () => school.transaction(tx => recomputeProgress(tx, { courseId })),
    remove: (lessonId: string) => school.transaction(tx => deleteLessonRow(tx, lessonId)),
    completions: () =>
      school.run(
        sql`select from outbox where name = 'course.completed' and payload ->> 'courseId' = ${courseId}`,
      ),
  }
}

const lessons = fc.array(fc.record({ required: fc.boolean(), done: fc.boolean() }), { maxLength: 8 })

test('Progress is the share of required lessons that are done, rounded down; all of them complete the course, once.', async () => {
  await fc.assert(
    fc.asyncProperty(lessons, async given => {
      const required = given.filter(lesson => lesson.required)
      const done = required.filter(lesson => lesson.done)
      const all = required.length > 0 && done.length === required.length
      const learner = await enrolment(given)
      const { progressPercent, completedAt } = await learner.state()
      assert.equal(
        progressPercent,
        required.length === 0 ? 0 : Math.floor((100 * done.length) / required.length),
      )
      assert.equal(completedAt !== null, all)
      await learner.recompute()
      assert.equal(await learner.completions(), all ? 1 : 0)
    }),
    { numRuns: 40 },
  )
})

test('What is done again changes nothing.', async () => {
  const learner = await enrolment([
    { required: true, done: true },
    { required: true, done: false },
  ])
  const before = await learner.state()
  await learner.complete(learner.lessonIds[0] as string)
  assert.deepEqual(await learner.state(), before)
})

test('Taking away the last lesson that was missing completes the course for who had done the rest.', async () => {
  const learner = await enrolment([
    { required: true, done: true },
    { required: true, done: false },
  ])
  await learner.remove(learner.lessonIds[1] as string)
  await learner.recompute()
  const { progressPercent, completedAt } = await learner.state()
  assert.deepEqual([progressPercent, completedAt !== null, await learner.completions()], [100, true, 1])
})

test('Two lessons finished at the same time complete the course, and so does one finished while another is hidden.', async () => {
  const unfinished = { required: true, done: false }
  const two = await enrolment([unfinished, unfinished])
  await Promise.all(two.lessonIds.map(two.complete))
  assert.equal((await two.state()).progressPercent, 100)
  for (const order of ['learner first', 'author first']) {
    const learner = await enrolment([unfinished, unfinished])
    const [kept, hidden] = learner.lessonIds as [string, string]
    const gate = Promise.withResolvers<void>()
    const school = kit.db.in(organizationId)
    const parts = { lessonIds: [hidden], moduleIds: [] }
    const hide = (wait: Promise<void> | null) =>
      school.transaction(async tx => {
        await updatePartStatus(tx, learner.courseId, parts, 'hidden')
        await recomputeProgress(tx, { courseId: learner.courseId })
        await wait
      })
    const finish = (wait: Promise<void> | null) =>
      school.transaction(async tx => {
        await upsertProgress(tx, {
          organizationId,
          enrollmentId: learner.enrollmentId,
          lessonId: kept,
          positionPercent: 100,
          positionSeconds: 0,
          completed: true,
        })
        await recomputeProgress(tx, { enrollmentIds: [learner.enrollmentId] })
        await wait
      })
    const [held, waiting] = order === 'learner first' ? [finish, hide] : [hide, finish]
    const first = held(gate.promise)
    await untilLocked(learner.enrollmentId)
    const second = waiting(null)
    await untilWaiting()
    gate.resolve()
    await Promise.all([first, second])
    assert.equal((await learner.state()).progressPercent, 100, order)
    assert.equal(await learner.completions(), 1, order)
  }
})

/** Until someone holds the enrolment's row. */
async function untilLocked(enrollmentId: string): Promise<void> {
  for (;;) {
    const free = await kit.db
      .in(organizationId)
      .transaction(tx =>
        tx.rows(sql`select 1 from enrollments where id = ${enrollmentId} for no key update skip locked`),
      )
    if (free.length === 0) return
  }
}

/** Until a statement waits for the row that another holds. */
async function untilWaiting(): Promise<void> {
  for (;;) {
    const waiting = await kit.db.infrastructure.rows(sql`
      select 1 from pg_locks where not granted and pid in (
        select pid from pg_stat_activity where datname = current_database())`)
    if (waiting.length > 0) return
  }
}

describe('Where to go on', () => {
  const outline = fc.uniqueArray(fc.record({ id: fc.uuid(), completed: fc.boolean() }), {
    selector: lesson => lesson.id,
  })
  const at = fc.option(fc.nat(), { nil: null })
  const lastOf = (given: { id: string }[], pick: number | null) =>
    pick === null || given.length === 0 ? null : (given[pick % given.length]?.id ?? null)

  test('is a lesson that is not done, as long as there is one; the last one read, if that is not done.', () => {
    fc.assert(
      fc.property(outline, at, (given, pick) => {
        const last = lastOf(given, pick)
        const found = given.find(lesson => lesson.id === resumeAt(given, last))
        if (given.some(lesson => !lesson.completed)) assert.equal(found?.completed, false)
        if (given.find(lesson => lesson.id === last)?.completed === false) assert.equal(found?.id, last)
      }),
    )
  })
  test('is the beginning once all is done, and nowhere in a course without lessons.', () => {
    fc.assert(
      fc.property(outline, at, (given, pick) => {
        const all = given.map(lesson => ({ ...lesson, completed: true }))
        assert.equal(resumeAt(all, lastOf(all, pick)), all[0]?.id ?? null)
      }),
    )
  })
})
