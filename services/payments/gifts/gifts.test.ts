import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { cleanSeatCode } from '@azora/contracts/payments/seat-code.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { inTurn } from '@azora/kit/testing.ts'
import { selectOptionalDocument } from '../invoices/invoices.store.ts'
import { openCheckout } from '../orders/open-checkout.ts'
import { selectOptionalOrder } from '../orders/orders.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { refundOrder } from '../refunds/refund-order.ts'
import { selectOptionalRefund } from '../refunds/refunds.store.ts'
import { takeRefund } from '../refunds/take-refund.ts'
import { redeemCode } from '../seats/redeem-code.ts'
import { createShop, type Shop } from '../testing.ts'
import { sendGiftMail } from './gift-mail.ts'
import { readGift, sendGift } from './read-gift.ts'

/** Courses that are bought for another person: what the buyer gets, who may learn, and what a refund ends. */

let shop: Shop
before(async () => {
  shop = await createShop()
})
after(() => shop?.dispose())

const price = { amountMinor: 45_000, currency: 'ZAR' }
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: AppError) => failure.data?.reason ?? failure.code ?? failure.message,
  )
const settled = (one: PromiseSettledResult<unknown>) =>
  one.status === 'fulfilled' ? 'done' : (one.reason.data?.reason ?? one.reason.message)

function learner(enrolled = false): AskingCaller {
  const by = shop.caller(randomUUID(), 'Nomvula Dlamini')
  const access = { title: 'Rivers', instructorId: randomUUID(), status: 'published', author: false, enrolled }
  return { ...by, others: { ...by.others, education: { getCourseAccess: async () => access } } as never }
}

/** A gift that was paid. */
async function given(by = learner(), courseId?: string) {
  const course = courseId ?? (await shop.sell(price))
  const tools = shop.paying()
  const order = await openCheckout(tools, by, { courseId: course, price, gift: true })
  await settleOrder(tools, shop.organizationId, order.id)
  const { code } = await readGift(shop.kit, by, order.id)
  return { by, code, courseId: course, orderId: order.id }
}

const redeem = (code: string, by = learner()) => redeemCode(shop.kit, by, code)
const refund = (orderId: string) =>
  refundOrder(shop.paying(), shop.officer as AskingCaller, { orderId, reason: 'other', note: '' })
const stateOf = async ({ by, orderId }: { by: AskingCaller; orderId: string }) =>
  (await readGift(shop.kit, by, orderId)).state
const told = async (courseId: string) =>
  (
    await shop.kit.db.across.rows<{ name: string; userId: string; source: string | null }>(sql`
      select name, payload ->> 'userId' as user_id, payload ->> 'source' as source from outbox
      where payload -> 'courseIds' ? ${courseId} order by id`)
  ).map(({ name, userId, source }) => [name, userId, source])

test('A gift that is paid opens the course to the one who uses its code, and not to its buyer.', async () => {
  const { code, courseId, ...gift } = await given()
  assert.deepEqual([await stateOf(gift), await told(courseId)], ['open', []])
  const friend = learner()
  await redeem(code, friend)
  assert.equal(await stateOf(gift), 'redeemed')
  assert.deepEqual(await told(courseId), [['course.purchased', friend.actor.userId, 'gift']])
  assert.equal(await reasonOf(redeem(code)), 'seats_out')
})

test('The sale is booked as any, and the invoice says that it is a gift.', async () => {
  const { orderId, by } = await given()
  const order = await selectOptionalOrder(shop.school, orderId)
  const document = await selectOptionalDocument(shop.school, order?.documents[0]?.id ?? '')
  assert.deepEqual(
    document?.lines.map(({ description }) => description),
    ['Rivers (gift)'],
  )
  const { userId, items } = await shop.kit.db.across.one<{ userId: string; items: { price: object }[] }>(sql`
    select payload ->> 'userId' as user_id, payload -> 'items' as items from outbox
    where name = 'payment.processed' and payload ->> 'orderId' = ${orderId}`)
  assert.deepEqual([userId, items.map(item => item.price)], [by.actor.userId, [price]])
})

test('Who has the course may give it, and give it twice; two tabs get one order.', async () => {
  const by = learner(true)
  const first = await given(by)
  const second = await given(by, first.courseId)
  assert.notEqual(second.code, first.code)
  const open = () => openCheckout(shop.paying(), by, { courseId: first.courseId, price, gift: true })
  const [one, two] = await Promise.all([open(), open()])
  assert.equal(one.id, two.id)
  assert.equal(
    await reasonOf(openCheckout(shop.paying(), by, { courseId: first.courseId, price })),
    'already_enrolled',
  )
})

test('Who buys a course and gives it away too has both orders open, and has not paid twice by mistake.', async () => {
  const by = learner()
  const courseId = await shop.sell(price)
  const tools = shop.paying()
  const orders: string[] = []
  for (const gift of [true, false, true])
    orders.push((await openCheckout(tools, by, { courseId, price, gift })).id)
  assert.deepEqual([new Set(orders).size, orders[2]], [2, orders[0]])
  // Stripe says when to the second, which is before the order that was made in it.
  await shop.school.run(sql`
    update orders set created_at = created_at - interval '1 minute'
    where organization_id = ${shop.organizationId} and buyer_id = ${by.actor.userId}`)
  for (const orderId of new Set(orders)) {
    const paid = await settleOrder(tools, shop.organizationId, orderId)
    assert.equal(paid.status, 'paid')
  }
  for (const orderId of orders)
    assert.equal((await selectOptionalOrder(shop.school, orderId))?.items[0]?.isPaidTwice, false)
})

test('The code is shown to its buyer alone, once it is paid.', async () => {
  const { orderId } = await given()
  assert.equal(await reasonOf(readGift(shop.kit, learner(), orderId)), 'not_found')
  const by = learner()
  const order = await openCheckout(shop.paying(), by, { courseId: await shop.sell(price), price, gift: true })
  assert.equal(await reasonOf(readGift(shop.kit, by, order.id)), 'not_found')
})

test('A refund ends a gift that nobody has used.', async () => {
  const { code, ...gift } = await given()
  await refund(gift.orderId)
  assert.deepEqual([await reasonOf(redeem(code)), await stateOf(gift)], ['seat_over', 'ended'])
})

test('A refund of a gift that was used closes the course to the one who used it, and opens it again where it failed.', async () => {
  const { code, courseId, ...gift } = await given()
  const friend = learner()
  const { userId } = friend.actor
  await redeem(code, friend)
  const { refunds } = await refund(gift.orderId)
  assert.deepEqual((await told(courseId)).at(-1), ['course.access_ended', userId, 'gift'])
  const made = await selectOptionalRefund(shop.school, refunds[0]?.id ?? '')
  assert.ok(made)
  for (let round = 0; round < 2; round++)
    await shop.school.transaction(tx => takeRefund(tx, made, { status: 'failed', stripeRefundId: 're_1' }))
  assert.deepEqual((await told(courseId)).at(-1), ['course.purchased', userId, 'gift'])
  assert.deepEqual([(await told(courseId)).length, await stateOf(gift)], [3, 'redeemed'])
})

test('Of a gift that is used while it is refunded, the course is closed in either order.', async () => {
  for (const usedFirst of [true, false]) {
    const { code, courseId, orderId } = await given()
    const hold = sql`select from seat_pools
      where organization_id = ${shop.organizationId} and order_id = ${orderId} for update`
    const [use, back] = [() => redeem(code) as Promise<unknown>, () => refund(orderId) as Promise<unknown>]
    const both = await inTurn(shop.kit.db, hold, usedFirst ? use : back, usedFirst ? back : use)
    assert.deepEqual(both.map(settled), usedFirst ? ['done', 'done'] : ['done', 'seat_over'])
    assert.equal((await told(courseId)).at(-1)?.[0], usedFirst ? 'course.access_ended' : undefined)
  }
})

test('A gift is sent by email with its code and a few words, a few times, and not once it was used.', async () => {
  const gift = await given()
  const to = `${randomUUID()}@example.org`
  const send = () =>
    sendGift(shop.kit, gift.by, { orderId: gift.orderId, email: to, message: 'Happy birthday' })
  for (let round = 0; round < 5; round++) await send()
  assert.equal(await reasonOf(send()), 'rate_limited')
  const [pool] = await shop.school.rows<{ id: string }>(sql`
    select id from seat_pools where organization_id = ${shop.organizationId} and order_id = ${gift.orderId}`)
  const job = {
    organizationId: shop.organizationId,
    poolId: pool?.id ?? '',
    email: to,
    message: 'Happy birthday',
  }
  await sendGiftMail(shop.kit, job)
  const mailed = async () => ((await shop.kit.mail.mailbox?.()) ?? []).filter(mail => mail.to === to)
  const [mail] = await mailed()
  assert.match(mail?.text ?? '', /“Happy birthday”/)
  assert.equal(cleanSeatCode(mail?.text.match(/#code=(\S+)/)?.[1] ?? ''), gift.code)
  await redeem(gift.code)
  assert.equal(await reasonOf(send()), 'seat_over')
  await sendGiftMail(shop.kit, job)
  assert.equal((await mailed()).length, 1)
})
