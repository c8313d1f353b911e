import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Transaction } from '@azora/kit/db.ts'
import type { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { deleteCourse } from '../courses/author-course.ts'
import { browseCatalogue, renewCatalogue } from '../courses/browse.ts'
import { updatePrices } from '../courses/prices.store.ts'
import { education } from '../service.ts'
import { takePurchase } from './access.ts'
import { enroll } from './learn.ts'

/** Courses that are sold: who may enrol in them, and that what was bought is given once. */

let kit: TestKit
const organizationId = randomUUID()
const actor = (roles: Actor['roles'] = ['learner']): Actor => ({
  userId: randomUUID(),
  organizationId,
  sessionId: randomUUID(),
  roles,
  authenticatedAt: 0,
})
const teacher = actor(['instructor'])
const price = { amountMinor: 45_000, currency: 'ZAR' }

before(async () => {
  kit = await createTestKit(education)
  await kit.db.across.run(sql`
    insert into organizations (id, slug, name, is_default) values (${organizationId}, 'north', 'North', true)`)
})
after(() => kit.dispose())

const school = () => kit.db.in(organizationId)

async function course(prices: object[] = [price]): Promise<string> {
  const id = randomUUID()
  await school().run(sql`
    insert into courses (id, organization_id, slug, title, instructor_id, category, level, status, published_at, prices,
      price_revision)
    values (${id}, ${organizationId}, ${id}, 'Rivers', ${teacher.userId}, 'Water', 'beginner', 'published', now(),
      ${JSON.stringify(prices)}::jsonb, 1)`)
  return id
}

const learners = async (courseId: string) =>
  (
    await school().rows<{ userId: string }>(
      sql`select user_id from enrollments where organization_id = ${organizationId} and course_id = ${courseId}`,
    )
  ).map(({ userId }) => userId)

const told = async (courseId: string) =>
  (
    await kit.db.across.one<{ n: number }>(sql`
      select count(*) as n from outbox where name = 'course.enrolled' and payload->>'courseId' = ${courseId}`)
  ).n

test('Nobody enrols in a course that is sold but who teaches it; a free one is open to all.', async () => {
  const sold = await course()
  const refused = enroll(kit.db, actor(), sold, kit.metrics)
  await assert.rejects(refused, (failure: AppError) => failure.code === 'payment_required')
  const colleague = enroll(kit.db, actor(['instructor']), sold, kit.metrics)
  await assert.rejects(colleague, (failure: AppError) => failure.code === 'payment_required')
  await enroll(kit.db, teacher, sold, kit.metrics)
  assert.deepEqual(await learners(sold), [teacher.userId])
  const free = await course([])
  await enroll(kit.db, actor(), free, kit.metrics)
  assert.equal((await learners(free)).length, 1)
})

test('What was bought is given once, though it is told twice; a course that is gone is passed over.', async () => {
  const [one, two] = [await course(), await course()]
  const { userId } = actor()
  const purchase = { userId, courseIds: [one, randomUUID(), two], revision: 1 }
  for (let round = 0; round < 2; round++)
    await school().transaction(tx => takePurchase(tx, purchase, kit.metrics))
  for (const id of [one, two]) {
    assert.deepEqual(await learners(id), [userId])
    assert.equal(await told(id), 1)
  }
})

test('Who bought a course learns in it although it has left the catalogue since.', async () => {
  const id = await course()
  await school().run(
    sql`update courses set status = 'archived' where organization_id = ${organizationId} and id = ${id}`,
  )
  const { userId } = actor()
  await school().transaction(tx => takePurchase(tx, { userId, courseIds: [id], revision: 1 }, kit.metrics))
  assert.deepEqual(await learners(id), [userId])
})

test('A course that has had a price is not deleted: someone may be paying for it.', async () => {
  const id = await course([])
  const by = { actor: teacher, ip: '127.0.0.1', userAgent: 'test' }
  const refused = (failure: AppError) => failure.data.reason === 'course_was_sold'
  await assert.rejects(deleteCourse(kit.db, by, id), refused)
  await school().run(
    sql`update courses set price_revision = 0 where organization_id = ${organizationId} and id = ${id}`,
  )
  await deleteCourse(kit.db, by, id)
})

test('Two purchases of the same person at once, courses in either order, end in one enrolment of each.', async () => {
  const [one, two] = [await course(), await course()] as [string, string]
  const { userId } = actor()
  const take = (courseIds: string[], revision: number) => (tx: Transaction) =>
    takePurchase(tx, { userId, courseIds, revision }, kit.metrics)
  await overlapped(kit.db, organizationId, take([one, two], 1), () =>
    school().transaction(take([two, one], 2)),
  )
  for (const id of [one, two]) assert.deepEqual(await learners(id), [userId])
})

test('Of two prices the later revision stays, in whichever order they are told.', async () => {
  const id = await course()
  const dearer = { ...price, amountMinor: 50_000 }
  const take = (revision: number, prices: object[]) =>
    school().transaction(tx => updatePrices(tx, { courseId: id, revision, prices: prices as never }))
  assert.equal(await take(3, [dearer]), true)
  assert.equal(await take(2, []), false)
  assert.equal(await take(3, []), false)
  const { prices } = await school().one<{ prices: object[] }>(
    sql`select prices from courses where organization_id = ${organizationId} and id = ${id}`,
  )
  assert.deepEqual(prices, [dearer])
})

test('The catalogue says what a course costs, and of what is sold shows no words of its lessons.', async () => {
  const id = await course()
  const moduleId = randomUUID()
  await school().run(sql`
    insert into modules (id, organization_id, course_id, title, position, status)
    values (${moduleId}, ${organizationId}, ${id}, 'One', 0, 'published')`)
  await school().run(sql`
    insert into lessons (id, organization_id, course_id, module_id, title, kind, position, status, words)
    values (${randomUUID()}, ${organizationId}, ${id}, ${moduleId}, 'Secrets', 'page', 0, 'published',
      'the quagga drinks at dusk')`)
  const found = async () => {
    await renewCatalogue(kit.cache, organizationId)
    const page = await browseCatalogue(kit, { actor: actor(), school: null }, { q: 'quagga', limit: 5 })
    return page.items.find(item => item.id === id)
  }
  const sold = await found()
  assert.deepEqual(sold?.prices, [price])
  assert.deepEqual(
    sold?.foundLessons.map(({ snippet }) => snippet),
    [[]],
  )
  await school().run(
    sql`update courses set prices = '[]' where organization_id = ${organizationId} and id = ${id}`,
  )
  assert.notDeepEqual((await found())?.foundLessons[0]?.snippet, [])
})
