import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { runs } from '@azora/kit/jobs.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, startTestJobs, type TestKit, testContext } from '@azora/kit/testing.ts'
import { deleteCourse } from '../courses/author-course.ts'
import { insertFiles } from '../files/files.store.ts'
import { type BlobsToRemove, removeBlobs, removeBlobsTask } from './remove-blobs.ts'

/** The space of a deleted course's files comes free. */

const [school, teacher] = [randomUUID(), randomUUID()]
let kit: TestKit

before(async () => {
  kit = await createTestKit({ name: 'education', migrations: new URL('../migrations/', import.meta.url) })
  await kit.db.across.run(
    sql`insert into organizations (id, slug, name, is_default) values (${school}, 'north', 'North', true)`,
  )
})
after(() => kit.dispose())

const isThere = async (key: string) => {
  const content = await kit.blobs.get(key)
  content?.destroy()
  return content !== null
}

async function courseWithFiles(keys: string[]): Promise<string> {
  const courseId = randomUUID()
  await kit.db.in(school).transaction(async tx => {
    await tx.run(sql`
      insert into courses (id, organization_id, slug, title, instructor_id, category, level)
      values (${courseId}, ${school}, ${`c-${courseId}`}, 'Rivers', ${teacher}, 'Geography', 'beginner')`)
    const file = { organizationId: school, courseId, name: 'f', mediaType: 'text/plain', size: 1, sha256: '' }
    await insertFiles(
      tx,
      keys.map(blobKey => ({ ...file, id: randomUUID(), blobKey, attachment: false, createdBy: teacher })),
    )
  })
  for (const key of keys) await kit.blobs.put(key, Readable.from([Buffer.from('x')]), 'text/plain')
  return courseId
}

test('Deleting a course frees the bytes of its files, and of no other; running the job again changes nothing.', async () => {
  const [gone, kept] = [['files/a/1', 'files/a/2'], ['files/b/1']]
  const courseId = await courseWithFiles(gone)
  await courseWithFiles(kept)
  const actor = {
    userId: teacher,
    organizationId: school,
    roles: ['instructor' as const],
    sessionId: randomUUID(),
  }
  await deleteCourse(kit.db, testContext(actor), courseId)
  // The bytes go after the transaction: one that is taken back must find them.
  for (const key of [...gone, ...kept]) assert.equal(await isThere(key), true, key)

  const done: BlobsToRemove[] = []
  const twice = runs(removeBlobsTask, async job => {
    await removeBlobs(kit, job)
    await removeBlobs(kit, job)
    done.push(job)
  })
  const jobs = await startTestJobs({ adminUrl: kit.adminUrl, service: 'education', tasks: [twice] })
  try {
    for (const deadline = Date.now() + 20_000; done.length === 0; ) {
      assert.ok(Date.now() < deadline, 'the job did not run')
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  } finally {
    await jobs.stop()
  }
  assert.deepEqual(
    done.map(({ keys }) => keys.toSorted()),
    [gone],
  )
  for (const key of gone) assert.equal(await isThere(key), false, key)
  for (const key of kept) assert.equal(await isThere(key), true, key)
})

test('A file that cannot be removed keeps no other, and the job is tried again.', async () => {
  const keys = ['files/c/1', 'files/c/2']
  for (const key of keys) await kit.blobs.put(key, Readable.from([Buffer.from('x')]), 'text/plain')
  const blobs = {
    ...kit.blobs,
    async delete(key: string) {
      if (key === keys[0]) throw new Error('not this one')
      await kit.blobs.delete(key)
    },
  }
  await assert.rejects(removeBlobs({ blobs }, { keys }), { name: 'AggregateError', message: /not this one/ })
  assert.deepEqual([await isThere('files/c/1'), await isThere('files/c/2')], [true, false])
})
