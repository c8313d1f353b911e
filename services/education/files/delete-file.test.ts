import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit, testContext } from '@azora/kit/testing.ts'
import pg from 'pg'
import { createCourse } from '../courses/author-course.ts'
import { education } from '../service.ts'
import { insertFiles } from './files.store.ts'
import { deleteFile, holdFiles } from './manage-files.ts'

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())
const school = () => kit.db.in(organizationId)
const author = testContext({
  userId: randomUUID(),
  organizationId,
  sessionId: randomUUID(),
  roles: ['instructor'],
  authenticatedAt: 0,
})

type Use = { fileId: string; quizId: string; quizTitle: string }
/** The author, told by assessment where quizzes show a file. */
const asking = (inQuizzes: Use[] = []): AskingCaller => ({
  ...author,
  others: { assessment: { findFileUses: async () => ({ items: inQuizzes }) } } as never,
})

async function courseWithFile() {
  const { id: courseId } = await createCourse(kit.db, author, {
    title: 'Tides',
    summary: '',
    description: '',
    category: 'Any',
    level: 'beginner',
    language: 'en',
    completionRule: { requireQuizzes: true },
  })
  const id = randomUUID()
  const blobKey = `files/${courseId}/${id}`
  await insertFiles(school(), [
    {
      id,
      organizationId,
      courseId,
      name: 'map.png',
      mediaType: 'image/png',
      size: 10,
      sha256: 'x',
      blobKey,
      attachment: false,
      createdBy: author.actor.userId,
    },
  ])
  return { courseId, id, blobKey }
}

const isThere = async (id: string) => (await school().run(sql`select from files where id = ${id}`)) === 1

async function removalsOf(blobKey: string): Promise<number> {
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  const { rowCount } = await admin.query(
    'select from azora_jobs._private_jobs where payload::jsonb @> $1::jsonb',
    [JSON.stringify({ keys: [blobKey] })],
  )
  await admin.end()
  return rowCount ?? 0
}

test('A file that nothing shows is deleted, and its content after it.', async () => {
  const { id, blobKey } = await courseWithFile()
  assert.equal(await removalsOf(blobKey), 0)
  await deleteFile(kit.db, asking(), id)
  assert.deepEqual([await isThere(id), await removalsOf(blobKey)], [false, 1])
  await assert.rejects(deleteFile(kit.db, asking(), id), { code: 'not_found' })
})

test('A file that the course or a quiz shows stays, and the answer says where it is shown.', async () => {
  const { id, courseId } = await courseWithFile()
  const quizId = randomUUID()
  const shown = asking([{ fileId: id, quizId, quizTitle: 'Rivers' }])
  await assert.rejects(deleteFile(kit.db, shown, id), {
    code: 'file_in_use',
    data: { uses: [{ kind: 'quiz', id: quizId, title: 'Rivers' }] },
  })
  await school().run(sql`update courses set cover_file_id = ${id} where id = ${courseId}`)
  await assert.rejects(deleteFile(kit.db, asking(), id), { code: 'file_in_use' })
  assert.equal(await isThere(id), true)
})

test('A file that a quiz is taking up just now stays until the hold is over.', async () => {
  const { id, courseId } = await courseWithFile()
  assert.deepEqual(await holdFiles(kit.db, author.actor, { courseId, fileIds: [id] }), { missing: [] })
  await assert.rejects(deleteFile(kit.db, asking(), id), { code: 'file_in_use', data: { uses: [] } })
  await school().run(sql`update files set held_until = clock_timestamp() where id = ${id}`)
  await deleteFile(kit.db, asking(), id)
  assert.equal(await isThere(id), false)
})
