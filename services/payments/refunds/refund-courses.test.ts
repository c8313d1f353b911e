import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { EventPayload } from '@azora/contracts/events.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { overlapped } from '@azora/kit/testing.ts'
import fc from 'fast-check'
import { buyBundle } from '../bundles/buy-bundle.ts'
import { createCoupon } from '../coupons/coupons.ts'
import { selectOptionalOrder } from '../orders/orders.store.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { approveRefundRequest } from '../refund-requests/answer-request.ts'
import { requestRefund } from '../refund-requests/ask-for-refund.ts'
import { saveSettings } from '../settings/settings.ts'
import { createShop, type Shop } from '../testing.ts'
import { pursueRefund, refundOrder, setRefundAside } from './refund-order.ts'
import { selectOptionalRefund } from './refunds.store.ts'
import { takeRefund } from './take-refund.ts'

/** Refunds of single courses of a bundle: what goes back, what its credit note says, and what closes. */

let shop: Shop
before(async () => {
  shop = await createShop()
  await shop.registered()
  await saveSettings(shop.kit.db, shop.officer, { currencies: ['ZAR', 'JPY', 'KWD'] })
})
after(() => shop?.dispose())

const in_ = (currency: string) => (amountMinor: number) => ({ amountMinor, currency })
const zar = in_('ZAR')
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: AppError) => failure.data?.fields?.[0]?.reason ?? failure.data?.reason ?? failure.code,
  )

async function bought(price: Money, alone: number[], coupon: { code: string; total: Money } | null = null) {
  const wanted = await shop.bundle(price, alone)
  const by = shop.caller()
  const tools = shop.paying()
  const paid = coupon ? { total: coupon.total, coupon: coupon.code } : {}
  const { id: orderId } = await buyBundle(tools, by, { ...wanted, ...paid })
  await settleOrder(tools, shop.organizationId, orderId)
  const order = async () => (await selectOptionalOrder(shop.school, orderId)) ?? assert.fail()
  type Wish = { courseIds?: string[]; amount?: Money; keepAccess?: boolean }
  const wish = (said: Wish) => ({ orderId, reason: 'other', note: '', ...said })
  return {
    ...{ by, tools, orderId, courseIds: wanted.courseIds, order },
    refund: (said: Wish) => refundOrder(tools, shop.officer as never, wish(said)),
    setAside: (said: Wish) => shop.school.transaction(tx => setRefundAside(tx, shop.officer, wish(said))),
    setAsideIn: (tx: Parameters<typeof setRefundAside>[0], said: Wish) =>
      setRefundAside(tx, shop.officer, wish(said)),
    pursue: (refundId: string) => pursueRefund(tools, shop.organizationId, refundId),
    left: async () => (await order()).items.map(({ leftMinor }) => leftMinor),
    told: async <N extends 'refund.processed' | 'course.access_ended' | 'course.purchased'>(name: N) => {
      const rows = await shop.kit.db.infrastructure.rows<{ payload: EventPayload<N> }>(sql`
        select payload from outbox where name = ${name} and payload ->> 'userId' = ${by.actor.userId} order by id`)
      return rows.map(({ payload }) => payload)
    },
    /** What each credit note takes back: the line, its net and its tax. */
    notes: async () => {
      const rows = await shop.school.rows<{ line: number; net: number; tax: number; number: string }>(sql`
        select i.number, l.credited_position as line, l.net_minor as net, l.tax_minor as tax
        from invoices i join invoice_lines l on l.organization_id = i.organization_id and l.invoice_id = i.id
        where i.organization_id = ${shop.organizationId} and i.about_id = ${orderId} and i.kind = 'credit_note'
        order by i.id, l.position`)
      return [...Map.groupBy(rows, ({ number }) => number).values()].map(lines =>
        lines.map(({ line, net, tax }) => [line, net, tax]),
      )
    },
  }
}

test('A refund of courses gives back what was paid for them: its credit note has their lines with their tax, and they close alone.', async () => {
  const one = await bought(zar(100_00), [10_00, 20_00, 30_00, 90_01])
  const [first = '', , third = ''] = one.courseIds
  await one.refund({ courseIds: [third, first] })
  const { status, refunds, refundedMinor } = await one.order()
  assert.deepEqual([status, refundedMinor], ['paid', 26_67])
  assert.deepEqual(refunds[0]?.courseIds, [first, third])
  assert.deepEqual(await one.left(), [0, 13_33, 0, 60_00])
  // 15 of 115 of 6.67 and of 20.00.
  assert.deepEqual(await one.notes(), [
    [
      [0, 5_80, 87],
      [2, 17_39, 2_61],
    ],
  ])
  const [processed] = await one.told('refund.processed')
  assert.deepEqual([processed?.whole, processed?.tax], [false, zar(3_48)])
  assert.deepEqual(processed?.back, [
    { courseId: first, amount: zar(6_67), tax: zar(87) },
    { courseId: third, amount: zar(20_00), tax: zar(2_61) },
  ])
  assert.deepEqual(
    (await one.told('course.access_ended')).map(({ courseIds }) => new Set(courseIds)),
    [new Set([first, third])],
  )
})

test('An amount closes nothing; a course then gives back its rest, and the last of them all that was paid.', async () => {
  const one = await bought(zar(100_00), [10_00, 30_00])
  const [first = '', second = ''] = one.courseIds
  await one.refund({ amount: zar(10_01) })
  assert.deepEqual(await one.left(), [22_50, 67_49])
  assert.deepEqual(await one.told('course.access_ended'), [])
  await one.refund({ courseIds: [first] })
  assert.equal(await reasonOf(one.refund({ amount: zar(67_50) })), 'refund_too_large')
  assert.equal(await reasonOf(one.refund({ courseIds: [first] })), 'course_refunded')
  await one.refund({ courseIds: [second] })
  const { status, refundedMinor } = await one.order()
  assert.deepEqual([status, refundedMinor], ['refunded', 100_00])
  const ended = (await one.told('course.access_ended')).map(({ courseIds }) => courseIds)
  assert.deepEqual(ended, [[first], [second]])
  const lines = (await one.notes()).flat()
  const sum = (at: number) => lines.reduce((all, line) => all + (line[at] ?? 0), 0)
  assert.deepEqual([sum(1), sum(2)], [86_96, 13_04])
})

test('With a coupon what was paid goes back; a course that cost nothing with it has nothing to give back.', async () => {
  const terms = { validFrom: null, validUntil: null, mostUses: null, mostPerPerson: null }
  const code = 'LESS-20'
  await createCoupon(shop.kit.db, shop.officer, {
    ...terms,
    code,
    off: { basisPoints: 2_000 },
    courseIds: null,
  })
  const one = await bought(zar(100_00), [10_00, 30_00], { code, total: zar(80_00) })
  await one.refund({ courseIds: [one.courseIds[1] ?? ''] })
  assert.deepEqual([(await one.order()).refundedMinor, await one.left()], [60_00, [20_00, 0]])
  const wanted = await shop.bundle(zar(100_00), [10_00, 30_00])
  const [free = ''] = wanted.courseIds
  await createCoupon(shop.kit.db, shop.officer, {
    ...{ ...terms, code: 'ONE-FREE', off: { basisPoints: 10_000 }, courseIds: [free] },
  })
  const total = zar(75_00)
  const order = await buyBundle(one.tools, one.by, { ...wanted, total, coupon: 'ONE-FREE' })
  await settleOrder(one.tools, shop.organizationId, order.id)
  const wish = { orderId: order.id, reason: 'other', note: '', courseIds: [free] }
  assert.equal(await reasonOf(refundOrder(one.tools, shop.officer as never, wish)), 'course_refunded')
})

test('Yen go back to the yen.', async () => {
  const one = await bought(in_('JPY')(1_000), [1, 1, 1])
  await one.refund({ courseIds: [one.courseIds[0] ?? ''] })
  // 334 with 15 of 115 as tax.
  assert.deepEqual([await one.left(), await one.notes()], [[0, 333, 333], [[[0, 290, 44]]]])
})

test('Dinars are charged in steps: a course gives back whole steps, and the last one what that left of the others.', async () => {
  const one = await bought(in_('KWD')(10_000), [10, 10, 10])
  const [first = '', second = '', third = ''] = one.courseIds
  assert.deepEqual(await one.left(), [3_334, 3_333, 3_333])
  await one.refund({ courseIds: [first] })
  assert.deepEqual([(await one.order()).refundedMinor, await one.left()], [3_330, [4, 3_333, 3_333]])
  assert.equal(await reasonOf(one.refund({ courseIds: [first] })), 'course_refunded')
  await one.refund({ courseIds: [second] })
  await one.refund({ courseIds: [third] })
  const { status, refundedMinor } = await one.order()
  assert.deepEqual([status, refundedMinor, await one.left()], ['refunded', 10_000, [0, 0, 0]])
})

test('Of two refunds of a course at once one is refused, whichever comes first; so is the second of a course and too large an amount.', async () => {
  for (const second of [['same'], ['amount']] as const)
    for (const courseFirst of [true, false]) {
      const one = await bought(zar(100_00), [50_00, 50_00])
      const course = { courseIds: one.courseIds.slice(0, 1) }
      const other = second[0] === 'same' ? course : { amount: zar(60_00) }
      const [before, after] = courseFirst ? [course, other] : [other, course]
      let refused: string | undefined
      await overlapped(
        shop.kit.db,
        shop.organizationId,
        tx => one.setAsideIn(tx, before),
        () =>
          one.refund(after).catch((failure: AppError) => (refused = failure.data?.reason ?? failure.code)),
      )
      const { refundedMinor, refunds } = await one.order()
      if (second[0] === 'same') assert.deepEqual([refused, refunds.length], ['course_refunded', 1])
      assert.ok(refundedMinor <= 100_00)
    }
})

test('What is set aside for a course is kept for it, whatever goes back before the processor has sent it.', async () => {
  const one = await bought(zar(100_00), [50_00, 50_00])
  const pending = await one.setAside({ courseIds: one.courseIds.slice(0, 1) })
  await one.refund({ amount: zar(40_00) })
  assert.deepEqual(await one.left(), [0, 10_00])
  await one.pursue(pending)
  assert.deepEqual(
    (await one.notes()).map(lines => lines.map(([line, net = 0, tax = 0]) => [line, net + tax])),
    [[[1, 40_00]], [[0, 50_00]]],
  )
})

test('A refund of a course that comes back from the bank opens the course again, and it can be given back once more.', async () => {
  const one = await bought(zar(100_00), [50_00, 50_00])
  const [first = ''] = one.courseIds
  const fail = async () => {
    const { refunds } = await one.order()
    const refund = (await selectOptionalRefund(shop.school, refunds.at(-1)?.id ?? '')) ?? assert.fail()
    await shop.school.transaction(tx => takeRefund(tx, refund, { status: 'failed', stripeRefundId: null }))
  }
  await one.refund({ courseIds: [first] })
  await fail()
  assert.deepEqual((await one.told('course.purchased')).at(-1)?.courseIds, [first])
  assert.deepEqual(await one.left(), [50_00, 50_00])
  await one.refund({ courseIds: [first] })
  assert.deepEqual((await one.told('course.access_ended')).length, 2)
  // The rest comes back later: the first course stays closed.
  await one.refund({})
  await fail()
  assert.deepEqual((await one.told('course.purchased')).at(-1)?.courseIds, one.courseIds.slice(1))
  assert.equal((await one.order()).status, 'paid')
})

test('Courses that are to stay open do, though their money goes back, and when the rest does too.', async () => {
  const one = await bought(zar(100_00), [50_00, 50_00])
  const [first = '', second = ''] = one.courseIds
  await one.refund({ courseIds: [first], keepAccess: true })
  assert.deepEqual(await one.told('course.access_ended'), [])
  await one.refund({})
  assert.deepEqual(
    (await one.told('course.access_ended')).map(({ courseIds }) => courseIds),
    [[second]],
  )
})

test('A buyer asks for the money of a course back and has it; then of another, and not of the same.', async () => {
  const one = await bought(zar(100_00), [50_00, 50_00])
  const [first = '', second = ''] = one.courseIds
  const ask = (courseIds?: string[]) =>
    requestRefund(shop.kit.db, one.by, { orderId: one.orderId, text: 'No time.', courseIds })
  const { refundRequest } = await ask([first])
  assert.deepEqual(refundRequest?.courseIds, [first])
  assert.equal(await reasonOf(ask([second])), 'refund_requested')
  const requestId = refundRequest?.id ?? ''
  const answered = await approveRefundRequest(one.tools, shop.officer, { requestId, answer: '' })
  assert.deepEqual([answered.status, answered.refunded], ['approved', zar(50_00)])
  assert.equal(await reasonOf(ask([first])), 'course_refunded')
  assert.equal(await reasonOf(ask([second])), 'done')
  // Given back in another way, which answers it.
  await one.refund({ courseIds: [second] })
  assert.equal((await one.order()).refundRequest?.status, 'approved')
})

test('Courses of another order, and courses with an amount, are refused, and nothing is made.', async () => {
  const one = await bought(zar(100_00), [50_00, 50_00])
  const other = await shop.sell(zar(10_00))
  assert.equal(await reasonOf(one.refund({ courseIds: [other] })), 'course_not_in_order')
  const both = { courseIds: one.courseIds, amount: zar(1_00) }
  assert.equal(await reasonOf(one.refund(both)), 'amount_or_courses')
  assert.deepEqual((await one.order()).refunds, [])
})

test('However amounts and courses go back, fail and go back again, no line is credited above what was paid for it.', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('course' as const), at: fc.nat({ max: 3 }) }),
    fc.record({ kind: fc.constant('amount' as const), percent: fc.integer({ min: 1, max: 100 }) }),
    fc.record({ kind: fc.constant('comes back' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 50, max: 90_000 }),
      fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 2, maxLength: 4 }),
      fc.array(step, { maxLength: 6 }),
      async (price, alone, steps) => {
        const one = await bought(zar(price), alone)
        for (const said of steps) {
          const { refundedMinor, refunds } = await one.order()
          if (said.kind === 'comes back') {
            const last = refunds.findLast(({ status }) => status === 'succeeded')
            const refund = last && (await selectOptionalRefund(shop.school, last.id))
            if (refund)
              await shop.school.transaction(tx =>
                takeRefund(tx, refund, { status: 'failed', stripeRefundId: null }),
              )
          } else if (said.kind === 'course')
            await reasonOf(one.refund({ courseIds: one.courseIds.slice(said.at, said.at + 1) }))
          else
            await reasonOf(
              one.refund({ amount: zar(Math.ceil(((price - refundedMinor) * said.percent) / 100) || 1) }),
            )
          const left = await one.left()
          assert.ok(left.every(minor => minor >= 0))
          const gone = (await one.order()).refundedMinor
          assert.equal(
            left.reduce((sum, minor) => sum + minor, 0),
            price - gone,
          )
        }
        await reasonOf(one.refund({}))
        assert.deepEqual([(await one.order()).status, new Set(await one.left())], ['refunded', new Set([0])])
      },
    ),
    { numRuns: 20 },
  )
})
