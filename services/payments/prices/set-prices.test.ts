import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Price } from '@azora/contracts/money.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { countPriceChange, deleteCourse, upsertCourse } from '../courses/courses.store.ts'
import { saveSettings } from '../settings/settings.ts'
import { readPrices, setPrices } from './set-prices.ts'

/** What courses cost, on a real database; what education says of a course is given. */

let kit: TestKit
const organizationId = randomUUID()
const instructorId = randomUUID()
before(async () => {
  kit = await createTestKit({ name: 'payments', migrations: new URL('../migrations/', import.meta.url) })
})
after(() => kit.dispose())

function caller({ author = true, userId = instructorId } = {}): AskingCaller {
  const getCourseAccess = async ({ courseId }: { courseId: string }) => ({
    courseId,
    title: 'Rivers',
    instructorId,
    status: 'published',
    author,
    enrolled: false,
  })
  return {
    actor: { userId, organizationId, sessionId: randomUUID(), roles: ['instructor'], authenticatedAt: 0 },
    ip: '127.0.0.1',
    userAgent: 'test',
    others: { education: { getCourseAccess } } as never,
  }
}

const rand = (amountMinor: number): Price => ({ amountMinor, currency: 'ZAR' })
const fault = (reason: string) => (failure: AppError) => failure.data.fields?.[0]?.reason === reason

const told = (courseId: string) =>
  kit.db.across.rows<{ payload: { revision: number; prices: Price[] } }>(sql`
    select payload from outbox where name = 'course.priced' and payload->>'courseId' = ${courseId} order by id`)

test('A price that changes ends and another begins; one that stays goes on, and is told of no second time.', async () => {
  const courseId = randomUUID()
  await setPrices(kit.db, caller(), courseId, [rand(45_000)])
  await setPrices(kit.db, caller(), courseId, [rand(45_000)])
  const { prices, history } = await setPrices(kit.db, caller(), courseId, [rand(50_000)])
  assert.deepEqual(prices, [rand(50_000)])
  assert.deepEqual(
    history.map(({ price, until }) => [price.amountMinor, until === null]),
    [
      [50_000, true],
      [45_000, false],
    ],
  )
  const events = await told(courseId)
  assert.deepEqual(
    events.map(({ payload }) => payload.prices),
    [[rand(45_000)], [rand(50_000)]],
  )
  const [first, second] = events.map(({ payload }) => payload.revision) as [number, number]
  assert.ok(second > first)
})

test('Without a price the course is free, and the list of what it cost stays.', async () => {
  const courseId = randomUUID()
  await setPrices(kit.db, caller(), courseId, [rand(45_000)])
  const { prices, history } = await setPrices(kit.db, caller(), courseId, [])
  assert.deepEqual(prices, [])
  assert.equal(history.length, 1)
  assert.deepEqual((await told(courseId)).at(-1)?.payload.prices, [])
})

test('Only its authors see and set what a course costs.', async () => {
  const colleague = caller({ author: false, userId: randomUUID() })
  const forbidden = (failure: AppError) => failure.code === 'forbidden'
  await assert.rejects(setPrices(kit.db, colleague, randomUUID(), [rand(1)]), forbidden)
  await assert.rejects(readPrices(kit.db, colleague, randomUUID()), forbidden)
})

test('A currency in which the school does not sell, one that is there twice and one that cannot be charged are refused.', async () => {
  const courseId = randomUUID()
  const set = (prices: Price[]) => setPrices(kit.db, caller(), courseId, prices)
  await assert.rejects(set([{ amountMinor: 100, currency: 'USD' }]), fault('currency_not_taken'))
  await assert.rejects(set([rand(100), rand(200)]), fault('currency_twice'))
  await saveSettings(kit.db, caller(), { currencies: ['ZAR', 'KWD', 'CLF'] })
  await assert.rejects(set([{ amountMinor: 1001, currency: 'KWD' }]), fault('amount_not_charged'))
  await assert.rejects(set([{ amountMinor: 1000, currency: 'CLF' }]), fault('currency_not_charged'))
  const { prices } = await set([rand(100), { amountMinor: 1000, currency: 'KWD' }])
  assert.equal(prices.length, 2)
  assert.deepEqual((await told(courseId)).length, 1, 'what was refused left nothing')
  // What is sold in a currency that was given up may stay, and may go.
  await saveSettings(kit.db, caller(), { currencies: ['ZAR'] })
  await set([rand(200), { amountMinor: 1000, currency: 'KWD' }])
  await assert.rejects(set([rand(200), { amountMinor: 2000, currency: 'KWD' }]), fault('currency_not_taken'))
  await set([rand(200)])
})

test('Of two who set prices at once the second finds what the first has set, in either order.', async () => {
  for (const amounts of [
    [100, 200],
    [200, 100],
  ] as const) {
    const courseId = randomUUID()
    await setPrices(kit.db, caller(), courseId, [rand(50)])
    const second = await overlapped(
      kit.db,
      organizationId,
      async tx => {
        await countPriceChange(tx, courseId)
        await tx.run(sql`
          update course_prices set amount_minor = ${amounts[0]}
          where organization_id = ${organizationId} and course_id = ${courseId} and ended_at is null`)
      },
      () => setPrices(kit.db, caller(), courseId, [rand(amounts[1])]),
    )
    assert.deepEqual(second.prices, [rand(amounts[1])])
    assert.deepEqual(
      second.history.map(({ price }) => price.amountMinor),
      [amounts[1], amounts[0]],
    )
  }
})

test('Prices go with a course that is deleted, and older news of a course changes nothing.', async () => {
  const courseId = randomUUID()
  const school = kit.db.in(organizationId)
  await setPrices(kit.db, caller(), courseId, [rand(45_000)])
  await upsertCourse(school, { id: courseId, instructorId, title: 'Old name' }, '2020-01-01T00:00:00Z')
  const { title } = await school.one<{ title: string }>(
    sql`select title from courses where organization_id = ${organizationId} and id = ${courseId}`,
  )
  assert.equal(title, 'Rivers')
  await deleteCourse(school, courseId)
  assert.deepEqual((await readPrices(kit.db, caller(), courseId)).history, [])
})

test('A price that the processor cannot charge is refused when it is set, not when a learner pays it.', async () => {
  const courseId = randomUUID()
  const faultOf = async (amountMinor: number, currency = 'ZAR') =>
    setPrices(kit.db, caller(), courseId, [{ amountMinor, currency }]).then(
      () => null,
      (refused: AppError) => refused.data?.fields?.[0],
    )
  assert.equal(await faultOf(99_999_999), null)
  const found = await faultOf(100_000_000)
  assert.deepEqual([found?.path, found?.reason], ['prices.0.amountMinor', 'amount_too_large'])
})
