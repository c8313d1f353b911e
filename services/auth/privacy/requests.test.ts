import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { startPeople } from '../people/testing.ts'

/** What compliance follows. */

let auth: Awaited<ReturnType<typeof startPeople>>
before(async () => {
  auth = await startPeople()
})
after(() => auth.stop())

async function schoolOfThree() {
  const school = await auth.addSchool()
  const officer = await auth.member(['learner'], school, ['compliance'])
  const asks = await auth.member(['learner'], school)
  const leaves = await auth.member(['learner'], school)
  const list = (limit = 10, cursor?: string) =>
    auth.handlers.listPrivacyRequests({ limit, ...(cursor ? { cursor } : {}) }, officer.context)
  return { school, officer, asks, leaves, list }
}

test('Requests to download and to delete are listed with how far they are, the latest first.', async () => {
  const { asks, leaves, list } = await schoolOfThree()
  assert.deepEqual((await list()).items, [])
  const { id } = await auth.handlers.requestExport({}, asks.context)
  const { deletesAt } = await auth.handlers.requestDeletion({}, leaves.context)
  // Each in its own minute, so that their order is known.
  await auth.db.across.run(sql`
    update data_exports set requested_at = requested_at - interval '1 minute' where id = ${id}`)
  const { items } = await list()
  assert.deepEqual(
    items.map(({ id, kind, person, status, endsAt }) => [id, kind, person.id, status, endsAt]),
    [
      [leaves.userId, 'deletion', leaves.userId, 'waiting', deletesAt],
      [id, 'export', asks.userId, 'gathering', null],
    ],
  )
  const [deletion, gathered] = items
  assert.equal(Date.parse(deletesAt) - Date.parse(deletion?.createdAt ?? ''), 7 * 86_400_000)
  assert.equal(gathered?.partsDone, 0)
  assert.ok((gathered?.partsTotal ?? 0) >= 3)
  const first = await list(1)
  const second = await list(1, first.nextCursor as string)
  assert.deepEqual([...first.items, ...second.items], items)
  assert.equal(second.nextCursor, null)
})

test('A deletion that is undone is off the list; another school sees nothing of either.', async () => {
  const { leaves, list } = await schoolOfThree()
  const elsewhere = await schoolOfThree()
  await auth.handlers.requestDeletion({}, leaves.context)
  assert.equal((await list()).items.length, 1)
  assert.deepEqual((await elsewhere.list()).items, [])
  await auth.db.across.run(sql`update users set deletes_at = null where id = ${leaves.userId}`)
  assert.deepEqual((await list()).items, [])
})
