import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import type { AccessReason } from './access.store.ts'
import { endAccess, grantAccess } from './access.ts'

/** What opens courses and what closes them, on a real database. */

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit({ name: 'payments', migrations: new URL('../migrations/', import.meta.url) })
})
after(() => kit.dispose())

const at = '2027-01-15T10:00:00.000Z'
const later = '2027-02-15T10:00:00.000Z'
const reason = (userId: string, source: AccessReason['source'] = 'order'): AccessReason => ({
  userId,
  source,
  sourceId: randomUUID(),
})
const school = () => kit.db.in(organizationId)
const grant = (why: AccessReason, courseIds: string[]) =>
  school().transaction(tx => grantAccess(tx, why, courseIds, at))
const end = (why: AccessReason, courseIds: string[] | null = null) =>
  school().transaction(tx => endAccess(tx, why, later, courseIds))

type Told = { name: string; courseIds: string[]; revision: number }
const told = (userId: string) =>
  kit.db.across.rows<Told>(sql`
    select name, payload->'courseIds' as course_ids, (payload->>'revision')::int as revision from outbox
    where payload->>'userId' = ${userId} order by (payload->>'revision')::int`)
const names = async (userId: string) => (await told(userId)).map(({ name }) => name)

test('What opens courses is told once, however often it is done, and so is what closes them.', async () => {
  const [userId, courseId] = [randomUUID(), randomUUID()]
  const why = reason(userId)
  for (let round = 0; round < 2; round++) await grant(why, [courseId, courseId])
  for (let round = 0; round < 2; round++) await end(why)
  const [opened, closed, ...rest] = await told(userId)
  assert.deepEqual(rest, [])
  assert.deepEqual([opened?.name, opened?.courseIds], ['course.purchased', [courseId]])
  assert.deepEqual([closed?.name, closed?.courseIds], ['course.access_ended', [courseId]])
  assert.ok((closed?.revision ?? 0) > (opened?.revision ?? 0))
})

test('A course that something else opens stays open, and is not told of again.', async () => {
  const [userId, bought, other] = [randomUUID(), randomUUID(), randomUUID()]
  const [order, plan] = [reason(userId), reason(userId, 'subscription')]
  await grant(order, [bought])
  await grant(plan, [bought, other])
  await end(plan)
  assert.deepEqual(
    (await told(userId)).map(({ name, courseIds }) => [name, courseIds]),
    [
      ['course.purchased', [bought]],
      ['course.purchased', [other]],
      ['course.access_ended', [other]],
    ],
  )
  await end(order)
  assert.deepEqual((await told(userId)).at(-1)?.courseIds, [bought])
})

test('Some of the courses of a reason end alone.', async () => {
  const [userId, one, two] = [randomUUID(), randomUUID(), randomUUID()]
  const why = reason(userId, 'subscription')
  await grant(why, [one, two])
  await end(why, [one])
  assert.deepEqual((await told(userId)).at(-1)?.courseIds, [one])
})

test('A reason that ended opens its courses again when it comes back.', async () => {
  const [userId, courseId] = [randomUUID(), randomUUID()]
  const why = reason(userId, 'subscription')
  await grant(why, [courseId])
  await end(why)
  await grant(why, [courseId])
  assert.deepEqual(await names(userId), ['course.purchased', 'course.access_ended', 'course.purchased'])
})

test('Two reasons that end at once close the course once.', async () => {
  const [userId, courseId] = [randomUUID(), randomUUID()]
  const [order, plan] = [reason(userId), reason(userId, 'subscription')]
  await grant(order, [courseId])
  await grant(plan, [courseId])
  await overlapped(
    kit.db,
    organizationId,
    tx => endAccess(tx, order, later),
    () => end(plan),
  )
  assert.deepEqual(await names(userId), ['course.purchased', 'course.access_ended'])
})

test('One reason that begins while another ends leaves the course open, in either order.', async () => {
  for (const endFirst of [true, false]) {
    const [userId, courseId] = [randomUUID(), randomUUID()]
    const [order, plan] = [reason(userId), reason(userId, 'subscription')]
    await grant(order, [courseId])
    if (endFirst)
      await overlapped(
        kit.db,
        organizationId,
        tx => endAccess(tx, order, later),
        () => grant(plan, [courseId]),
      )
    else
      await overlapped(
        kit.db,
        organizationId,
        tx => grantAccess(tx, plan, [courseId], later),
        () => end(order),
      )
    const last = (await told(userId)).at(-1)
    assert.equal(last?.name, 'course.purchased', endFirst ? 'closed, then opened' : 'never closed')
  }
})
