import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { overlapped } from '@azora/kit/testing.ts'
import fc from 'fast-check'
import { createCoupon } from '../coupons/coupons.ts'
import { openCheckout } from '../orders/open-checkout.ts'
import { selectOptionalOrder } from '../orders/orders.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { setPrices } from '../prices/set-prices.ts'
import { refundOrder } from '../refunds/refund-order.ts'
import { createShop, type Shop } from '../testing.ts'
import { bundleFor } from './bundle-for.ts'
import { lockOptionalBundle } from './bundles.store.ts'
import { buyBundle, quoteBundle } from './buy-bundle.ts'
import { createBundle, saveBundle, setBundleStatus } from './save-bundle.ts'

/** Bundles of courses: their price over their courses, and the way of an order with several items. */

let shop: Shop
before(async () => {
  shop = await createShop()
})
after(() => shop?.dispose())

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: AppError) => failure.data?.reason ?? failure.code ?? failure.message,
  )

const offered = (price: number, alone: number[]) => shop.bundle(zar(price), alone)

/** Education, which says otherwise of some courses. */
function knowing(by: AskingCaller, told: Record<string, object | 'gone'>): AskingCaller {
  const { getCourseAccess } = by.others.education
  const said = async (asked: { courseId: string }) => {
    const one = told[asked.courseId]
    if (one === 'gone') throw new AppError('not_found')
    return { ...(await getCourseAccess(asked)), ...one }
  }
  return { ...by, others: { ...by.others, education: { getCourseAccess: said } } as never }
}

async function paidFor(wanted: Awaited<ReturnType<typeof offered>>, by = shop.caller()) {
  const tools = shop.paying()
  const { id } = await buyBundle(tools, by, wanted)
  await settleOrder(tools, shop.organizationId, id)
  const order = await selectOptionalOrder(shop.school, id)
  return { tools, by, order: order ?? assert.fail() }
}
const told = async (orderId: string, name: string) => {
  type Told = { items: { courseId: string }[]; courseIds: string[] }
  const rows = await shop.kit.db.infrastructure.rows<{ payload: Told }>(sql`
    select payload from outbox where name = ${name} and payload ->> 'orderId' = ${orderId}`)
  return rows.map(({ payload }) => payload)
}

test('An order of a bundle has an item for each course, by what they cost alone, and all open once it is paid.', async () => {
  const wanted = await offered(100_00, [10_00, 20_00, 30_00, 90_01])
  const { by, order } = await paidFor(wanted)
  assert.equal(order.status, 'paid')
  assert.deepEqual(order.bundle?.title, 'All about water')
  // 100.00 in proportion to 10, 20, 30 and 90.01 of 150.01.
  assert.deepEqual(
    order.items.map(({ courseId, amountMinor }) => [courseId, amountMinor]),
    [6_67, 13_33, 20_00, 60_00].map((amount, at) => [wanted.courseIds[at], amount]),
  )
  const [processed, ...more] = await told(order.id, 'payment.processed')
  assert.equal(more.length, 0)
  assert.deepEqual(
    processed?.items.map(({ courseId }) => courseId),
    wanted.courseIds,
  )
  const [purchased] = await told(order.id, 'course.purchased')
  assert.deepEqual(new Set(purchased?.courseIds), new Set(wanted.courseIds))
  const { owned } = await bundleFor(shop.kit.db, by, wanted.bundleId)
  assert.deepEqual(owned, wanted.courseIds)
})

test('Whatever the courses cost alone, the items are the price to the cent, with coupon and tax too.', async () => {
  await shop.registered({ pricesIncludeTax: false })
  await createCoupon(shop.kit.db, shop.officer, {
    ...{ code: 'WATER', off: { basisPoints: 1_333 }, courseIds: null },
    ...{ validFrom: null, validUntil: null, mostUses: null, mostPerPerson: null },
  })
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 50, max: 500_000 }),
        fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 2, maxLength: 8 }),
        async (price, alone) => {
          const wanted = await offered(price, alone)
          const by = shop.caller()
          const coupon = 'WATER'
          const quote = await quoteBundle(shop.kit.db, by, { ...wanted, currency: 'ZAR', coupon })
          const order = await buyBundle(shop.paying(), by, { ...wanted, total: quote.total, coupon })
          const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0)
          assert.equal(sum(order.items.map(({ amountMinor }) => amountMinor)), quote.total.amountMinor)
          const lines = order.pricing?.invoice.lines ?? []
          assert.equal(sum(lines.map(({ amount }) => amount.amountMinor)), price)
          assert.equal(sum(lines.map(({ discount }) => -discount.amountMinor)), quote.discount.amountMinor)
          assert.equal(quote.discount.amountMinor, Math.floor((price * 1_333 + 5_000) / 10_000))
          assert.equal(sum(lines.map(({ tax }) => tax.amountMinor)), quote.tax.amountMinor)
        },
      ),
      { numRuns: 15 },
    )
  } finally {
    await shop.tax({ registered: false })
  }
})

test('The invoice has the bundle as its heading and the courses as lines that add up to its price.', async () => {
  const { order } = await paidFor(await offered(100_00, [10_00, 20_01]))
  const { document } = await shop.school.one<{
    document: { heading: string; lines: { gross: { amountMinor: number } }[] }
  }>(
    sql`select document from invoices where organization_id = ${shop.organizationId} and about_id = ${order.id}`,
  )
  assert.equal(document.heading, 'All about water')
  assert.deepEqual(
    document.lines.map(({ gross }) => gross.amountMinor),
    order.items.map(({ amountMinor }) => amountMinor),
  )
})

test('Two tabs at once get the same order, and a payment that is told of twice is booked once.', async () => {
  const wanted = await offered(100_00, [10_00, 20_00])
  const by = shop.caller()
  const tools = shop.paying()
  const tabs = await Promise.all([buyBundle(tools, by, wanted), buyBundle(tools, by, wanted)])
  assert.equal(tabs[0].id, tabs[1].id)
  const { id } = tabs[0]
  await Promise.all([
    settleOrder(tools, shop.organizationId, id),
    settleOrder(tools, shop.organizationId, id),
  ])
  assert.equal((await told(id, 'payment.processed')).length, 1)
  // Education has not heard of it yet: the same order is answered, and nothing more is to be paid.
  assert.equal((await buyBundle(tools, by, wanted)).id, id)
})

test('What is the buyer’s already is said; who has all of it is refused, and who has a part may buy the rest with it.', async () => {
  const wanted = await offered(100_00, [10_00, 20_00])
  const [one = '', other = ''] = wanted.courseIds
  const some = knowing(shop.caller(), { [one]: { enrolled: true } })
  assert.deepEqual((await bundleFor(shop.kit.db, some, wanted.bundleId)).owned, [one])
  assert.equal((await buyBundle(shop.paying(), some, wanted)).items.length, 2)
  const all = knowing(shop.caller(), { [one]: { enrolled: true }, [other]: { enrolled: true } })
  assert.equal(await reasonOf(buyBundle(shop.paying(), all, wanted)), 'bundle_owned')
})

test('A course that was bought alone is the buyer’s too, and stays when the bundle goes back.', async () => {
  const wanted = await offered(100_00, [10_00, 20_00])
  const [one = '', other = ''] = wanted.courseIds
  const by = shop.caller()
  const tools = shop.paying()
  const single = await openCheckout(tools, by, { courseId: one, price: zar(10_00) })
  await settleOrder(tools, shop.organizationId, single.id)
  assert.deepEqual((await bundleFor(shop.kit.db, by, wanted.bundleId)).owned, [one])
  const { order } = await paidFor(wanted, by)
  await refundOrder(tools, shop.officer as never, { orderId: order.id, reason: 'other', note: '' })
  assert.equal((await selectOptionalOrder(shop.school, order.id))?.status, 'refunded')
  assert.deepEqual((await bundleFor(shop.kit.db, by, wanted.bundleId)).owned, [one])
  const ended = await shop.kit.db.infrastructure.rows<{ courseIds: string[] }>(sql`
    select payload -> 'courseIds' as course_ids from outbox
    where name = 'course.access_ended' and payload ->> 'userId' = ${by.actor.userId}`)
  assert.deepEqual(ended, [{ courseIds: [other] }])
})

test('What changed between the page and the payment is refused, and nothing is made.', async () => {
  const wanted = await offered(100_00, [10_00, 20_00])
  const { bundleId, courseIds } = wanted
  const by = shop.caller()
  const buy = (changed: object = {}, as = by) =>
    reasonOf(buyBundle(shop.paying(), as, { ...wanted, ...changed }))
  assert.equal(await buy({ price: zar(90_00) }), 'price_changed')
  assert.equal(await buy({ total: zar(90_00) }), 'price_changed')
  for (const told of [{ status: 'archived' }, 'gone'] as const)
    assert.equal(await buy({}, knowing(by, { [courseIds[1] ?? '']: told })), 'bundle_incomplete')
  const terms = { title: 'All about water', description: '', prices: [zar(100_00)] }
  const added = [...courseIds, await shop.sell(zar(5_00))]
  await saveBundle(shop.kit.db, shop.officer, { bundleId, version: 1, ...terms, courseIds: added })
  assert.equal(await buy(), 'bundle_changed')
  await setBundleStatus(shop.kit.db, shop.officer, { bundleId, status: 'retired' })
  assert.equal(await buy({ version: 2 }), 'not_found')
  const { count } = await shop.school.one<{ count: number }>(sql`
    select count(*)::int from orders where organization_id = ${shop.organizationId} and bundle_id = ${bundleId}`)
  assert.equal(count, 0)
})

test('Of a change and a purchase at once, the one that is second sees the first.', async () => {
  const first = await offered(100_00, [10_00, 20_00])
  const { bundleId, courseIds } = first
  const terms = { title: 'Water', description: '', prices: [zar(120_00)], courseIds }
  const save = () => saveBundle(shop.kit.db, shop.officer, { bundleId, version: 1, ...terms })
  // Who sells waits for who saves, and is refused.
  let bought: Promise<string> | undefined
  await overlapped(
    shop.kit.db,
    shop.organizationId,
    async tx => {
      await lockOptionalBundle(tx, bundleId, 'save')
      await tx.run(
        sql`update bundles set status = 'retired' where organization_id = ${shop.organizationId} and id = ${bundleId}`,
      )
    },
    () => (bought = reasonOf(buyBundle(shop.paying(), shop.caller(), first))),
  )
  assert.equal(await bought, 'not_found')
  await setBundleStatus(shop.kit.db, shop.officer, { bundleId, status: 'offered' })
  // Who saves waits for who sells.
  await overlapped(shop.kit.db, shop.organizationId, tx => lockOptionalBundle(tx, bundleId, 'sell'), save)
  assert.equal(await reasonOf(buyBundle(shop.paying(), shop.caller(), first)), 'price_changed')
})

test('An open order keeps the shares that it was made with, though a course costs something else by then.', async () => {
  const wanted = await offered(100_00, [10_00, 30_00])
  const by = shop.caller()
  const tools = shop.paying()
  const { id } = await buyBundle(tools, by, wanted)
  await setPrices(shop.kit.db, by, wanted.courseIds[0] ?? '', [zar(90_00)])
  assert.equal((await buyBundle(tools, by, wanted)).id, id)
  await settleOrder(tools, shop.organizationId, id)
  const order = await selectOptionalOrder(shop.school, id)
  assert.deepEqual(
    order?.items.map(({ amountMinor }) => amountMinor),
    [25_00, 75_00],
  )
})

test('A coupon of one course takes off that course’s part, and of another course nothing.', async () => {
  const wanted = await offered(100_00, [10_00, 30_00])
  const coupon = (code: string, courseId: string) =>
    createCoupon(shop.kit.db, shop.officer, {
      ...{ code, off: { basisPoints: 10_000 }, courseIds: [courseId] },
      ...{ validFrom: null, validUntil: null, mostUses: null, mostPerPerson: null },
    })
  await coupon('ONE', wanted.courseIds[0] ?? '')
  await coupon('NONE', randomUUID())
  const by = shop.caller()
  const quote = await quoteBundle(shop.kit.db, by, { ...wanted, currency: 'ZAR', coupon: 'ONE' })
  assert.deepEqual([quote.discount, quote.total], [zar(25_00), zar(75_00)])
  const none = quoteBundle(shop.kit.db, by, { ...wanted, currency: 'ZAR', coupon: 'NONE' })
  assert.equal(await reasonOf(none), 'coupon_for_other_items')
  const tools = shop.paying()
  const { id } = await buyBundle(tools, by, { ...wanted, total: quote.total, coupon: 'ONE' })
  await settleOrder(tools, shop.organizationId, id)
  // Of what nothing was paid for nothing is booked, and it opens like the rest.
  const [processed] = await told(id, 'payment.processed')
  assert.equal(processed?.items.length, 1)
  const [purchased] = await told(id, 'course.purchased')
  assert.equal(purchased?.courseIds.length, 2)
})

test('A bundle is of courses of the school, each once, and is saved on top of what was changed.', async () => {
  const { bundleId, courseIds } = await offered(100_00, [10_00, 20_00])
  const terms = { title: 'Water', description: '', prices: [zar(90_00)] }
  const make = (ids: string[]) =>
    reasonOf(createBundle(shop.kit.db, shop.officer, { ...terms, courseIds: ids }))
  assert.equal(await make([courseIds[0] ?? '', randomUUID()]), 'invalid_input')
  assert.equal(await make([courseIds[0] ?? '', courseIds[0] ?? '']), 'invalid_input')
  const save = (version: number) =>
    reasonOf(saveBundle(shop.kit.db, shop.officer, { bundleId, version, ...terms, courseIds }))
  assert.deepEqual(await Promise.all([save(1), save(1)]).then(all => all.sort()), ['conflict', 'done'])
  assert.equal(await save(2), 'done')
  const change = sql`update bundle_versions set title = 'x' where organization_id = ${shop.organizationId}`
  await assert.rejects(shop.school.run(change), /never changed/)
})
