import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, inTurn, type TestKit, testContext } from '@azora/kit/testing.ts'
import type { Request } from 'express'
import pg from 'pg'
import { createCourse } from '../courses/author-course.ts'
import { education } from '../service.ts'
import { selectStorageUse } from '../storage/storage.store.ts'
import { addFile } from './add-file.ts'
import { selectOptionalFile } from './files.store.ts'
import { replaceFile } from './replace-file.ts'

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

const school = () => kit.db.in(organizationId)
const actor = {
  userId: randomUUID(),
  organizationId,
  sessionId: randomUUID(),
  roles: ['instructor' as const],
}
const author = testContext(actor)

/** The body of an upload. */
const upload = (content: string) =>
  Object.assign(Readable.from([Buffer.from(content)]), { headers: {}, complete: true }) as Request

async function removals(): Promise<string[]> {
  const admin = new pg.Client({ connectionString: kit.adminUrl })
  await admin.connect()
  const { rows } = await admin.query('select payload from azora_jobs._private_jobs')
  await admin.end()
  return rows.flatMap(({ payload }) => payload.keys ?? [])
}

test('Of two replacements of a file at once, in whichever order, the later one stays, and nothing of the others.', async () => {
  const { id: courseId } = await createCourse(kit.db, author, {
    title: 'Tides',
    summary: '',
    description: '',
    category: 'Any',
    level: 'beginner',
    language: 'en',
    completionRule: { requireQuizzes: true },
  })
  for (const contents of [
    ['short', 'a longer one'],
    ['a longer one', 'short'],
  ] as const) {
    const { id } = await addFile(kit, actor, courseId, 'map.txt', upload('first'))
    const original = (await selectOptionalFile(school(), id))?.blobKey ?? ''
    const replace = (content: string) => () => replaceFile(kit, author, id, 'map.txt', upload(content))
    const course = sql`select from courses where id = ${courseId} for update`
    const outcomes = await inTurn(kit.db, course, replace(contents[0]), replace(contents[1]))
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'fulfilled'],
    )
    const file = await selectOptionalFile(school(), id)
    const blob = await kit.blobs.get(file?.blobKey ?? '')
    assert.ok(file && blob)
    assert.equal(await text(blob), contents[1])
    assert.equal(file.size, contents[1].length)
    const gone = new Set(await removals())
    assert.ok(gone.has(original))
    assert.ok(!gone.has(file.blobKey))
    const ofIt = [...gone].filter(key => key.includes(id))
    assert.equal(ofIt.length, 2, 'the first content and the one in between')
    assert.equal((await selectStorageUse(school(), actor.userId)).personBytes, contents[1].length)
    await school().run(sql`delete from files where id = ${id}`)
  }
})
