import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Transaction } from '@azora/kit/db.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { readAccess, viewCourse } from '../courses/browse.ts'
import { education } from '../service.ts'
import { takeAccessEnd, takePurchase } from './access.ts'
import { selectMyCourses, selectOptionalCoursePage } from './enrollments.store.ts'
import { enroll } from './learn.ts'

/** What becomes of an enrolment when what was paid for it ends, and when it begins again. */

let kit: TestKit
const organizationId = randomUUID()
const learner = (): Actor => ({
  userId: randomUUID(),
  organizationId,
  sessionId: randomUUID(),
  roles: ['learner'],
  authenticatedAt: 0,
})
const price = { amountMinor: 45_000, currency: 'ZAR' }
const endedAt = '2027-01-15T10:00:00.000Z'

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
    insert into courses (id, organization_id, slug, title, instructor_id, category, level, status, published_at, prices)
    values (${id}, ${organizationId}, ${id}, 'Rivers', ${randomUUID()}, 'Water', 'beginner', 'published', now(),
      ${JSON.stringify(prices)}::jsonb)`)
  return id
}

const opened = (userId: string, courseId: string, revision: number) => (tx: Transaction) =>
  takePurchase(tx, { userId, courseIds: [courseId], revision }, kit.metrics)
const closed = (userId: string, courseId: string, revision: number) => (tx: Transaction) =>
  takeAccessEnd(tx, {
    organizationId,
    userId,
    courseIds: [courseId],
    source: 'subscription',
    revision,
    endedAt,
  })
const enrolled = async (actor: Actor, courseId: string) =>
  (await readAccess(kit.db, actor, courseId)).enrolled

const told = (courseId: string) =>
  kit.db.across.rows<{ name: string; revision: number }>(sql`
    select name, (payload->>'revision')::int as revision from outbox
    where name in ('course.enrolled', 'course.unenrolled') and payload->>'courseId' = ${courseId} order by id`)

test('An enrolment that was bought ends with it, and goes on where it stopped when it is bought again.', async () => {
  const [id, actor] = [await course(), learner()]
  await school().transaction(opened(actor.userId, id, 1))
  await school().run(sql`
    update enrollments set progress_percent = 40 where organization_id = ${organizationId} and course_id = ${id}`)
  for (let round = 0; round < 2; round++) await school().transaction(closed(actor.userId, id, 2))
  assert.equal(await enrolled(actor, id), false)
  assert.equal(await selectOptionalCoursePage(school(), actor.userId, id), null)
  const { accessEnded } = await viewCourse(kit.db, { actor, school: null } as never, { course: id })
  assert.equal(accessEnded, true)
  const { items } = await selectMyCourses(school(), actor.userId, { limit: 5 })
  assert.deepEqual(
    items.map(({ accessEndedAt }) => accessEndedAt),
    [endedAt],
  )
  await school().transaction(opened(actor.userId, id, 3))
  assert.equal((await selectOptionalCoursePage(school(), actor.userId, id))?.enrollment.progressPercent, 40)
  assert.deepEqual(await told(id), [
    { name: 'course.enrolled', revision: 1 },
    { name: 'course.unenrolled', revision: 2 },
    { name: 'course.enrolled', revision: 3 },
  ])
})

test('Who enrolled by themselves stays when something that they also paid for ends.', async () => {
  const [id, actor] = [await course([]), learner()]
  await enroll(kit.db, actor, id, kit.metrics)
  await school().transaction(opened(actor.userId, id, 1))
  await school().transaction(closed(actor.userId, id, 2))
  assert.equal(await enrolled(actor, id), true)
})

test('Whose access has ended enrols by themselves once the course is free.', async () => {
  const [id, actor] = [await course(), learner()]
  await school().transaction(opened(actor.userId, id, 1))
  await school().transaction(closed(actor.userId, id, 2))
  await assert.rejects(enroll(kit.db, actor, id, kit.metrics), { code: 'payment_required' })
  await school().run(
    sql`update courses set prices = '[]' where organization_id = ${organizationId} and id = ${id}`,
  )
  await enroll(kit.db, actor, id, kit.metrics)
  assert.equal(await enrolled(actor, id), true)
})

test('An end that is told before its beginning leaves nobody enrolled.', async () => {
  const [id, actor] = [await course(), learner()]
  await school().transaction(closed(actor.userId, id, 2))
  await school().transaction(opened(actor.userId, id, 1))
  assert.equal(await enrolled(actor, id), false)
})

test('Of a beginning and an end that are taken at once the later one holds, whichever is first.', async () => {
  for (const endFirst of [true, false]) {
    const [id, actor] = [await course(), learner()]
    await school().transaction(opened(actor.userId, id, 1))
    const [end, begin] = [closed(actor.userId, id, 2), opened(actor.userId, id, 3)]
    const [first, second] = endFirst ? [end, begin] : [begin, end]
    await overlapped(kit.db, organizationId, first, () => school().transaction(second))
    assert.equal(await enrolled(actor, id), true)
  }
})
