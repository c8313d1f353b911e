import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { onePage, zipOf } from '@azora/service-education/cartridges/cartridge-fixture.ts'
import {
  appoint,
  openAuthDatabase,
  openDatabaseOf,
  openSchool,
  type Person,
  systemUnderTest,
} from '../api.ts'
import { importCartridge, makeCourse, uploadFile } from '../courses.ts'

/** What files may take: refused beyond it by every way in, given back, and shown to whom it concerns. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
const educationDb = openDatabaseOf('education', system)

let organizationId: string
let instructor: Person
let admin: Person
before(async () => {
  organizationId = await openSchool(url, authDb)
  instructor = await appoint(url, authDb, { role: 'instructor', organizationId, name: 'Zodwa Khumalo' })
  admin = await appoint(url, authDb, { role: 'admin', organizationId })
})
after(async () => {
  await authDb.close()
  await educationDb.close()
})

type Refused = { code: string; data: { storage?: { of: string; usedBytes: number; limitBytes: number } } }

/** As if so many bytes of files were there already, of the person and so of the school. */
async function fill(bytes: number): Promise<void> {
  await educationDb.in(organizationId).run(sql`
    insert into storage_use as s (organization_id, user_id, bytes)
    values (${organizationId}, null, ${bytes}), (${organizationId}, ${instructor.userId}, ${bytes})
    on conflict (organization_id, user_id) do update set bytes = excluded.bytes`)
}

test('Files are taken up to the last byte of a quota and refused beyond it, and deleting one makes room again.', async () => {
  const { getStorageUse, deleteFile } = instructor.api.education
  const { courseId, fileId } = await makeCourse(url, instructor, { publish: false })
  const used = (await getStorageUse({})).own
  assert.ok(used.usedBytes > 0 && used.limitBytes > used.usedBytes)
  await fill(used.limitBytes - 1000)
  assert.equal((await uploadFile(url, instructor, courseId, 'a.txt', 'x'.repeat(600))).status, 201)
  const beyond = await uploadFile(url, instructor, courseId, 'b.txt', 'x'.repeat(401))
  assert.equal(beyond.status, 409)
  assert.deepEqual((beyond.body as Refused).data.storage, {
    of: 'person',
    usedBytes: used.limitBytes - 400,
    limitBytes: used.limitBytes,
  })
  const last = await uploadFile(url, instructor, courseId, 'c.txt', 'x'.repeat(400))
  assert.equal(last.status, 201)
  assert.equal((await getStorageUse({})).own.usedBytes, used.limitBytes)
  await deleteFile({ fileId: (last.body as { id: string }).id })
  assert.equal((await getStorageUse({})).own.usedBytes, used.limitBytes - 400)
  // A larger content counts by what it is larger.
  const path = `/api/v1/education/files/${fileId}/content?name=rivers.txt`
  const replace = async (bytes: number) =>
    (
      await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${instructor.token}` },
        body: 'y'.repeat(bytes),
      })
    ).status
  assert.equal(await replace(5000), 409)
  assert.equal(await replace(100), 200)
  await fill(0)
})

test('An import beyond the quota is refused when it arrives, or fails with the reason and leaves the counts as they were.', async () => {
  const { getStorageUse } = instructor.api.education
  const { limitBytes } = (await getStorageUse({})).own
  // Packs to little, so that it is received, and unpacks to more than is left.
  const cartridge = await zipOf(
    onePage('<p><img src="../picture.png" alt=""></p>', { 'picture.png': Buffer.alloc(300_000, 'x') }),
  )
  await fill(limitBytes - cartridge.length - 1000)
  const state = await importCartridge(url, instructor, cartridge)
  assert.deepEqual([state.status, state.error?.code], ['failed', 'storage_quota_reached'])
  assert.equal((await getStorageUse({})).own.usedBytes, limitBytes - cartridge.length - 1000)
  await fill(limitBytes)
  await assert.rejects(importCartridge(url, instructor, cartridge), /409/)
  await fill(0)
})

test('The school’s storage is shown to its administrators, with whose files take most; others see their own.', async () => {
  await fill(5_000_000)
  const own = await instructor.api.education.getStorageUse({})
  assert.deepEqual([own.own.usedBytes, own.school], [5_000_000, null])
  const { school, own: nothing } = await admin.api.education.getStorageUse({})
  assert.equal(nothing.usedBytes, 0)
  assert.equal(school?.usedBytes, 5_000_000)
  assert.ok((school?.limitBytes ?? 0) > own.own.limitBytes)
  assert.deepEqual(school?.people, [
    { userId: instructor.userId, name: 'Zodwa Khumalo', usedBytes: 5_000_000 },
  ])
  const elsewhere = await appoint(url, authDb, {
    role: 'admin',
    organizationId: await openSchool(url, authDb, 'Third School'),
  })
  assert.deepEqual((await elsewhere.api.education.getStorageUse({})).school?.people, [])
})
