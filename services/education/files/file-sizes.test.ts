import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit, testContext } from '@azora/kit/testing.ts'
import { createCourse } from '../courses/author-course.ts'
import { enroll } from '../enrollments/learn.ts'
import { education } from '../service.ts'
import { readFileSizes } from './file-sizes.ts'
import { insertFiles } from './files.store.ts'

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

const organizationId = randomUUID()
const person = (roles: 'instructor'[] = [], school = organizationId) =>
  testContext({
    userId: randomUUID(),
    organizationId: school,
    sessionId: randomUUID(),
    roles,
    authenticatedAt: 0,
  })

test('Who may read a file is told how large it is, and nobody else that it exists.', async () => {
  const author = person(['instructor'])
  const { id: courseId } = await createCourse(kit.db, author, {
    title: 'Tides',
    summary: '',
    description: '',
    category: 'Any',
    level: 'beginner',
    language: 'en',
    completionRule: { requireQuizzes: true },
  })
  const school = kit.db.in(organizationId)
  const id = randomUUID()
  await insertFiles(school, [
    {
      id,
      organizationId,
      courseId,
      name: 'map.png',
      mediaType: 'image/png',
      size: 240_000,
      sha256: 'x',
      blobKey: 'x',
      attachment: false,
      createdBy: author.actor.userId,
    },
  ])
  await school.run(sql`update courses set status = 'published' where id = ${courseId}`)
  const learner = person()
  await enroll(kit.db, learner.actor, courseId, kit.metrics)
  const told = async (by: typeof author) => readFileSizes(kit.db, by.actor, [id, randomUUID()])
  const size = [{ id, mediaType: 'image/png', size: 240_000 }]
  for (const reader of [author, learner]) assert.deepEqual(await told(reader), size)
  for (const other of [person(), person(['instructor']), person([], randomUUID())])
    assert.deepEqual(await told(other), [])
})
