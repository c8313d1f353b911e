import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { receive, startInbox } from '@azora/kit/inbox.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, statementsOf, type TestKit } from '@azora/kit/testing.ts'
import { insertCourse } from '../courses/authoring.store.ts'
import { reactions } from '../reactions.ts'
import { education } from '../service.ts'
import { insertEnrollment, selectEnrollment } from './enrollments.store.ts'

/** How many statements it takes that attempts were graded: they are what it costs. */

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

test('Twenty graded attempts that have come together are reacted to with at most nine statements.', async () => {
  const [organizationId, courseId, quizId] = [randomUUID(), randomUUID(), randomUUID()]
  const school = kit.db.in(organizationId)
  await insertCourse(school, {
    id: courseId,
    organizationId,
    slug: courseId,
    title: 'Tides',
    summary: '',
    description: '',
    instructorId: randomUUID(),
    category: 'Any',
    level: 'beginner',
    language: 'en',
    requireQuizzes: true,
  })
  const learners = Array.from({ length: 20 }, () => ({ id: randomUUID(), userId: randomUUID() }))
  for (const learner of learners)
    await insertEnrollment(school, {
      ...learner,
      organizationId,
      courseId,
      enrolledAt: new Date().toISOString(),
    })
  await receive(
    kit.db,
    learners.map(({ userId }) => ({
      id: randomUUID(),
      name: 'assessment.completed',
      version: 1,
      organizationId,
      payload: {
        submissionId: randomUUID(),
        quizId,
        courseId,
        userId,
        organizationId,
        scorePercent: 80,
        passed: true,
        attemptNumber: 1,
        completedAt: new Date().toISOString(),
      },
      correlationId: 'test',
      occurredAt: new Date().toISOString(),
    })),
  )
  const asked = await statementsOf(kit.db, async () => {
    const inbox = startInbox({ db: kit.db, reactions: reactions(kit), log: kit.log, metrics: kit.metrics })
    const waits = sql`select from inbox where processed_at is null`
    while ((await kit.db.infrastructure.run(waits)) > 0) await new Promise(resolve => setImmediate(resolve))
    await inbox.stop()
  })
  // Less what this test asks itself.
  const theirs = asked.filter(
    text => !text.startsWith('select from inbox where processed_at is null') || text.includes('limit 1'),
  )
  assert.ok(theirs.length <= 9, `${theirs.length} statements:\n${theirs.join('\n')}`)
  assert.equal((await selectEnrollment(school, learners[0]?.id ?? '')).progressPercent, 0)
  const results = sql`select from quiz_results where organization_id = ${organizationId} and best_percent = 80`
  assert.equal(await school.run(results), 20)
})
