import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import type { Blobs } from '@azora/kit/blobs.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, type TestKit, testRun } from '@azora/kit/testing.ts'
import { onePage, zipOf } from '../cartridges/cartridge-fixture.ts'
import { education } from '../service.ts'
import { cartridgeBlobKey, runImport } from './import-cartridge.ts'
import { insertImport } from './imports.store.ts'

/** Two imports that each have room alone, but not together. */

let kit: TestKit
before(async () => {
  kit = await createTestKit(education)
})
after(() => kit.dispose())

const pictureBytes = 60_000
const quota = { schoolBytes: 100_000, personBytes: 100_000 }

/** Blobs that remember what is in them and tell when a file of a course was stored. */
function watched(blobs: Blobs) {
  const keys = new Set<string>()
  let onStored = async () => {}
  const wrapped: Blobs = {
    ...blobs,
    async put(key, content, mediaType) {
      const size = await blobs.put(key, content, mediaType)
      keys.add(key)
      if (key.startsWith('files/')) await onStored()
      return size
    },
    async delete(key) {
      await blobs.delete(key)
      keys.delete(key)
    },
  }
  return { wrapped, keys, whenStored: (act: () => Promise<void>) => (onStored = act) }
}

test('An import that loses the race for the last of the storage leaves none of its files behind.', async () => {
  const [organizationId, createdBy] = [randomUUID(), randomUUID()]
  const school = kit.db.in(organizationId)
  const { wrapped, keys, whenStored } = watched(kit.blobs)
  const tools = { ...kit, blobs: wrapped, config: { ...kit.config, storageQuota: quota } }
  const cartridge = await zipOf(
    onePage('<p>Look: <img src="../picture.png" alt=""></p>', { 'picture.png': randomBytes(pictureBytes) }),
  )
  const jobs = []
  for (const fileName of ['first.imscc', 'second.imscc']) {
    const importId = randomUUID()
    await wrapped.put(cartridgeBlobKey(importId), Readable.from([cartridge]), 'application/zip')
    await insertImport(school, { id: importId, organizationId, createdBy, fileName })
    jobs.push({ importId, organizationId, createdBy })
  }
  const [loser, winner] = jobs as [(typeof jobs)[number], (typeof jobs)[number]]
  // The other comes and goes while the files of this one are stored, and its course is not made yet.
  whenStored(async () => {
    whenStored(async () => {})
    await runImport(tools, winner, { ...testRun, lastAttempt: true })
  })
  await runImport(tools, loser, testRun)

  const ends = await school.rows<{ id: string; status: string; code: string | null }>(
    sql`select id, status, error ->> 'code' as code from imports order by file_name`,
  )
  assert.deepEqual(ends, [
    { id: loser.importId, status: 'failed', code: 'storage_quota_reached' },
    { id: winner.importId, status: 'done', code: null },
  ])
  const known = await school.rows<{ blobKey: string }>(sql`select blob_key from files order by 1`)
  assert.equal(known.length, 1)
  assert.deepEqual(
    [...keys].sort(),
    known.map(row => row.blobKey),
  )
})
