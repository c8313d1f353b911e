import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { overlapped } from '@azora/kit/testing.ts'
import { buyBundle } from '../bundles/buy-bundle.ts'
import { selectDifferences } from '../reconciliation/differences.store.ts'
import { tellPaidTwice } from '../reconciliation/paid-twice.ts'
import { refundOrder } from '../refunds/refund-order.ts'
import { createShop, type Shop } from '../testing.ts'
import { openCheckout } from './open-checkout.ts'
import { selectOptionalOrder } from './orders.store.ts'
import { lockBuyer } from './overlaps.store.ts'
import { settleOrder } from './settle-order.ts'

/** Nobody pays for a course twice: of what has a course in common one order is open at a time. */

let shop: Shop
before(async () => {
  shop = await createShop()
})
after(() => shop?.dispose())

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: AppError) => failure.data?.reason ?? failure.code,
  )
const unpaid = { status: 'expired', payment_status: 'unpaid' }
const statusOf = async (orderId: string) => (await selectOptionalOrder(shop.school, orderId))?.status

/** A bundle and a course in it, and how one buyer buys either. */
async function goods(session: object | null = unpaid) {
  const bundle = await shop.bundle(zar(100_00), [50_00, 50_00])
  const by = shop.caller()
  const tools = shop.paying(session)
  const [courseId = ''] = bundle.courseIds
  return {
    ...{ by, tools, courseId },
    buyBundle: () => buyBundle(tools, by, bundle),
    buyCourse: () => openCheckout(tools, by, { courseId, price: zar(50_00) }),
    openOrders: async () => {
      const rows = await shop.school.rows<{ about: string }>(sql`
        select about from orders
        where organization_id = ${shop.organizationId} and buyer_id = ${by.actor.userId} and status = 'open'`)
      return rows.map(({ about }) => about.split(':')[0])
    },
  }
}

test('A bundle ends an open order of a course in it, and a course an open order of a bundle that it is in.', async () => {
  const { buyBundle, buyCourse, openOrders } = await goods()
  const course = await buyCourse()
  const bundle = await buyBundle()
  assert.deepEqual([await statusOf(course.id), await statusOf(bundle.id)], ['expired', 'open'])
  await buyCourse()
  assert.deepEqual([await statusOf(bundle.id), await openOrders()], ['expired', ['course']])
})

test('Another course, and the same course of another buyer, stay open.', async () => {
  const { tools, by, courseId, buyBundle } = await goods()
  const other = await openCheckout(tools, by, { courseId: await shop.sell(zar(10_00)), price: zar(10_00) })
  const theirs = await openCheckout(tools, shop.caller(), { courseId, price: zar(50_00) })
  await buyBundle()
  assert.deepEqual([await statusOf(other.id), await statusOf(theirs.id)], ['open', 'open'])
})

test('Two tabs at once leave one order open, whichever is first.', async () => {
  for (const bundleFirst of [true, false]) {
    const { by, buyBundle, buyCourse, openOrders } = await goods()
    const [first, second] = bundleFirst ? [buyBundle, buyCourse] : [buyCourse, buyBundle]
    let early: Promise<unknown> | undefined
    // Both wait for the same lock, in the order in which they came.
    await overlapped(
      shop.kit.db,
      shop.organizationId,
      tx => lockBuyer(tx, by.actor.userId),
      () => {
        early = first()
        return second()
      },
    )
    await early
    assert.equal((await openOrders()).length, 1)
  }
})

test('While a course is being paid, or once it was, its bundle is refused, and nothing is made.', async () => {
  const underWay = { status: 'complete', payment_status: 'unpaid', payment_intent: { status: 'processing' } }
  for (const session of [underWay, null]) {
    const { buyBundle, buyCourse, openOrders } = await goods(session)
    const { id } = await buyCourse()
    assert.equal(await reasonOf(buyBundle()), 'course_being_paid')
    assert.deepEqual(await openOrders(), session ? ['course'] : [])
    assert.equal(await statusOf(id), session ? 'open' : 'paid')
  }
})

test('Where both were paid all the same, the later one says so, and finance sees it until one of them goes back.', async () => {
  const { tools, by, courseId, buyBundle, buyCourse } = await goods(null)
  const course = await buyCourse()
  const status = (to: string) =>
    shop.school.run(sql`
      update orders set status = ${to} where organization_id = ${shop.organizationId} and id = ${course.id}`)
  // As if its page had not been closed at the processor.
  await status('expired')
  const bundle = await buyBundle()
  await status('open')
  for (const { id } of [bundle, course]) {
    await settleOrder(tools, shop.organizationId, id)
    await shop.school.run(sql`
      update orders set paid_at = clock_timestamp() where organization_id = ${shop.organizationId} and id = ${id}`)
  }
  const twice = async (orderId: string) =>
    (await selectOptionalOrder(shop.school, orderId))?.items.map(({ isPaidTwice }) => isPaidTwice)
  assert.deepEqual([await twice(course.id), await twice(bundle.id)], [[true], [false, false]])
  const listed = async () => {
    await tellPaidTwice(shop.school, { from: new Date(0).toISOString(), sandbox: false })
    const { items } = await selectDifferences(shop.school, { state: 'open', limit: 10 })
    return items.map(({ kind, orderId, expectedMinor }) => [kind, orderId, expectedMinor])
  }
  assert.deepEqual(await listed(), [['paid_twice', course.id, 50_00]])
  await refundOrder(tools, { ...shop.officer, others: by.others } as never, {
    ...{ orderId: bundle.id, reason: 'duplicate', note: '', courseIds: [courseId] },
  })
  assert.deepEqual(await twice(course.id), [false])
})

test('Who has bought a course and knows it may buy its bundle: that is not paid twice by mistake.', async () => {
  const { tools, buyBundle, buyCourse } = await goods(null)
  const course = await buyCourse()
  await settleOrder(tools, shop.organizationId, course.id)
  const bundle = await buyBundle()
  const { items } = await settleOrder(tools, shop.organizationId, bundle.id)
  assert.ok(items.every(({ isPaidTwice }) => !isPaidTwice))
  const { items: differences } = await selectDifferences(shop.school, { limit: 10 })
  assert.ok(differences.every(({ orderId }) => orderId !== bundle.id))
})
