import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { addDays } from '@azora/billing/calendar/day.ts'
import type { Money } from '@azora/contracts/money.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { inTurn } from '@azora/kit/testing.ts'
import { selectOptionalDocument } from '../invoices/invoices.store.ts'
import { openCheckout } from '../orders/open-checkout.ts'
import { quoteCourse } from '../orders/quote-order.ts'
import { settleOrder } from '../orders/settle-order.ts'
import { today } from '../tax/tax-rates.ts'
import { createShop, type Shop } from '../testing.ts'
import {
  type CouponTerms,
  createCoupon,
  createCourseCoupon,
  endCoupon,
  listCoupons,
  listCourseCoupons,
} from './coupons.ts'

/** What lowers a price, and how often. */

let shop: Shop
before(async () => {
  shop = await createShop()
  await shop.registered()
})
after(() => shop?.dispose())

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
const reasonOf = (failure: AppError) => failure.data?.reason ?? failure.code
const refused = (reason: string) => (failure: AppError) => reasonOf(failure) === reason
const now = () => today({ timeZone: 'Africa/Johannesburg' })

let codes = 0
const make = (terms: Partial<CouponTerms> & { courseIds?: string[] | null } = {}) =>
  createCoupon(shop.kit.db, shop.officer, {
    code: `CODE-${++codes}`,
    off: { basisPoints: 1_000 },
    validFrom: null,
    validUntil: null,
    mostUses: null,
    mostPerPerson: null,
    courseIds: null,
    ...terms,
  })

type Wish = { courseId: string; coupon: string; total: Money; by?: ReturnType<Shop['caller']> }
const price = zar(11_500)
const buy = ({ courseId, coupon, total, by = shop.caller() }: Wish) =>
  openCheckout(shop.paying(), by, { courseId, price, total, coupon })

test('A coupon lowers the price before the tax in it, to the cent that was quoted, and is on the invoice.', async () => {
  const courseId = await shop.sell(price)
  const { code } = await make()
  const by = shop.caller()
  const quote = await quoteCourse(shop.kit.db, by, { courseId, currency: 'ZAR', coupon: code })
  assert.deepEqual([quote.discount, quote.tax, quote.total], [zar(1_150), zar(1_350), zar(10_350)])
  const order = await buy({ courseId, coupon: code, total: quote.total, by })
  assert.deepEqual([order.totalMinor, order.items[0]?.amountMinor, order.couponCode], [10_350, 10_350, code])
})

test('The invoice names the coupon and what it took off.', async () => {
  const courseId = await shop.sell(price)
  const { code } = await make()
  const tools = shop.paying()
  const total = zar(10_350)
  const { id } = await openCheckout(tools, shop.caller(), { courseId, price, total, coupon: code })
  const { documents } = await settleOrder(tools, shop.organizationId, id)
  const document = await selectOptionalDocument(shop.school, documents[0]?.id ?? '')
  assert.deepEqual(document?.lines[0]?.discounts, [{ coupon: code, amount: zar(-1_150) }])
  assert.deepEqual(document?.total, total)
})

test('Of two who use a coupon for the last time at once, one is told that it is used up.', async () => {
  const { id, code } = await make({ mostUses: 1 })
  // Of two courses, since those of one wait for its row.
  const [rivers, seas] = [await shop.sell(price), await shop.sell(price)]
  const once = (courseId: string) => () => buy({ courseId, coupon: code, total: zar(10_350) })
  const hold = sql`select from coupons where organization_id = ${shop.organizationId} and id = ${id} for update`
  const [first, second] = await inTurn(shop.kit.db, hold, once(rivers), once(seas))
  assert.equal(first.status, 'fulfilled')
  assert.ok(second.status === 'rejected' && reasonOf(second.reason) === 'coupon_used_up')
})

test('A person uses it as often as they may; two tabs of theirs get one order.', async () => {
  const { id, code } = await make({ mostPerPerson: 1 })
  const courseId = await shop.sell(price)
  const by = shop.caller()
  const once = () => buy({ courseId, coupon: code, total: zar(10_350), by })
  const hold = sql`select from coupons where organization_id = ${shop.organizationId} and id = ${id} for update`
  const [first, second] = await inTurn(shop.kit.db, hold, once, once)
  assert.ok(first.status === 'fulfilled' && second.status === 'fulfilled')
  assert.equal(first.value.id, second.value.id)
  const other = await shop.sell(price)
  await assert.rejects(
    buy({ courseId: other, coupon: code, total: zar(10_350), by }),
    refused('coupon_used_by_you'),
  )
  assert.equal((await buy({ courseId, coupon: code, total: zar(10_350) })).totalMinor, 10_350)
})

test('An order that expires lets go of what it used.', async () => {
  const courseId = await shop.sell(price)
  const { code } = await make({ mostUses: 1 })
  const waiting = shop.paying({ status: 'expired' })
  const total = zar(10_350)
  const { id } = await openCheckout(waiting, shop.caller(), { courseId, price, total, coupon: code })
  await assert.rejects(buy({ courseId, coupon: code, total }), refused('coupon_used_up'))
  assert.equal((await settleOrder(waiting, shop.organizationId, id)).status, 'expired')
  assert.equal((await buy({ courseId, coupon: code, total })).couponCode, code)
})

test('Who changes their mind about a coupon gets another order, and the first is let go of.', async () => {
  const courseId = await shop.sell(price)
  const { code } = await make({ mostUses: 1 })
  const by = shop.caller()
  const tools = shop.paying({ status: 'expired' })
  const first = await openCheckout(tools, by, { courseId, price, total: zar(10_350), coupon: code })
  const second = await openCheckout(tools, by, { courseId, price })
  assert.notEqual(second.id, first.id)
  assert.deepEqual([second.totalMinor, second.couponCode], [11_500, null])
  assert.equal((await buy({ courseId, coupon: code, total: zar(10_350) })).couponCode, code)
})

test('What a coupon takes off whole is settled without a processor, with an invoice, and opens the course.', async () => {
  const courseId = await shop.sell(price)
  const { code } = await make({ off: { basisPoints: 10_000 } })
  const stripe = { sandbox: false, open: () => Promise.reject(new Error('Stripe was asked.')) }
  const tools = { ...(shop.paying() as object), stripe } as never
  const by = shop.caller()
  const order = await openCheckout(tools, by, { courseId, price, total: zar(0), coupon: code })
  assert.deepEqual([order.status, order.documents.map(({ totalMinor }) => totalMinor)], ['paid', [0]])
  const { events } = await shop.school.one<{ events: string }>(sql`
    select string_agg(name, ' ' order by id) as events from outbox
    where organization_id = ${shop.organizationId} and payload ->> 'orderId' = ${order.id}`)
  assert.equal(events, 'course.purchased')
  assert.equal((await openCheckout(tools, by, { courseId, price, total: zar(0), coupon: code })).id, order.id)
})

test('A coupon that cannot be used says why.', async () => {
  const courseId = await shop.sell(price)
  const day = now()
  const quoted = (coupon: string) =>
    quoteCourse(shop.kit.db, shop.caller(), { courseId, currency: 'ZAR', coupon })
  await assert.rejects(quoted('NEVER-MADE'), refused('coupon_unknown'))
  const cases = {
    coupon_not_yet_valid: await make({ validFrom: addDays(day, 1) }),
    coupon_expired: await make({ validFrom: addDays(day, -9), validUntil: day }),
    coupon_for_other_items: await make({ courseIds: [randomUUID()] }),
    coupon_in_another_currency: await make({ off: { amount: zar(1) } }),
  }
  await shop.school.run(sql`
    update coupons set currency = 'USD'
    where organization_id = ${shop.organizationId} and id = ${cases.coupon_in_another_currency.id}`)
  for (const [reason, { code }] of Object.entries(cases)) await assert.rejects(quoted(code), refused(reason))
  const ended = await make()
  await endCoupon(shop.kit.db, shop.officer, { couponId: ended.id })
  await assert.rejects(quoted(ended.code), refused('coupon_unknown'))
  // Its code is free for another.
  await make({ code: ended.code })
  await quoted(ended.code)
})

test('A total that was not shown is not paid, with a coupon neither.', async () => {
  const courseId = await shop.sell(price)
  const { code } = await make()
  await assert.rejects(buy({ courseId, coupon: code, total: price }), refused('price_changed'))
})

test('Two coupons do not share a code, and days end after they begin.', async () => {
  const { code } = await make()
  await assert.rejects(make({ code }), refused('coupon_code_taken'))
  await assert.rejects(make({ validFrom: '2026-12-02', validUntil: '2026-12-01' }), refused('invalid_input'))
  await assert.rejects(
    make({ off: { amount: { amountMinor: 1, currency: 'USD' } } }),
    refused('invalid_input'),
  )
})

test('A teacher makes coupons for their own course alone, and ends no others.', async () => {
  const courseId = await shop.sell(price)
  const by = shop.caller()
  const terms = {
    code: 'TEACHER-1',
    off: { basisPoints: 5_000 },
    validFrom: null,
    validUntil: null,
    mostUses: null,
    mostPerPerson: null,
  }
  const own = await createCourseCoupon(shop.kit.db, by, { ...terms, courseId })
  assert.deepEqual(own.courseIds, [courseId])
  const { items } = await listCourseCoupons(shop.kit.db, by, { courseId, limit: 10 })
  assert.deepEqual(
    items.map(({ code }) => code),
    ['TEACHER-1'],
  )
  const ofSchool = await make()
  await assert.rejects(endCoupon(shop.kit.db, by, { couponId: ofSchool.id, courseId }), refused('not_found'))
  const stranger = {
    ...by,
    others: {
      ...by.others,
      education: { getCourseAccess: async () => ({ author: false }) },
    },
  } as never
  await assert.rejects(
    createCourseCoupon(shop.kit.db, stranger, { ...terms, courseId }),
    refused('forbidden'),
  )
})

test('The school sees of each coupon how it is today, for which courses it is, and what it took off of what was paid.', async () => {
  const courseId = await shop.sell(price)
  const { code, id } = await make({ courseIds: [courseId], code: 'LISTED-1' })
  const total = zar(10_350)
  const tools = shop.paying()
  const paid = await openCheckout(tools, shop.caller(), { courseId, price, total, coupon: code })
  await settleOrder(tools, shop.organizationId, paid.id)
  // One that is not paid has taken nothing off, and counts as a use.
  await buy({ courseId, coupon: code, total })
  const find = (wanted: Parameters<typeof listCoupons>[1]) => listCoupons(shop.school, wanted)
  const [found, ...more] = (await find({ q: 'listed', limit: 10 })).items
  assert.deepEqual(more, [])
  assert.deepEqual([found?.uses, found?.discounts, found?.state], [2, [zar(1_150)], 'active'])
  assert.deepEqual(found?.courses, [{ courseId, title: 'Rivers' }])
  await endCoupon(shop.kit.db, shop.officer, { couponId: id })
  assert.deepEqual((await find({ q: 'LISTED', state: 'active', limit: 10 })).items, [])
})

test('A coupon is upcoming, active, expired, used up or ended, by the day of the school.', async () => {
  const [yesterday, tomorrow] = [addDays(now(), -1), addDays(now(), 1)]
  const courseId = await shop.sell(price)
  const used = await make({ mostUses: 1, code: 'STATE-USED' })
  await buy({ courseId, coupon: used.code, total: zar(10_350) })
  await make({ validFrom: tomorrow, code: 'STATE-LATER' })
  await make({ validFrom: yesterday, validUntil: now(), code: 'STATE-OVER' })
  await make({ validFrom: now(), validUntil: tomorrow, code: 'STATE-NOW' })
  const { items } = await listCoupons(shop.school, { q: 'STATE-', limit: 10 })
  assert.deepEqual(
    items.map(({ code, state }) => [code, state]),
    [
      ['STATE-NOW', 'active'],
      ['STATE-OVER', 'expired'],
      ['STATE-LATER', 'upcoming'],
      ['STATE-USED', 'used_up'],
    ],
  )
  for (const state of ['active', 'expired', 'upcoming', 'used_up'] as const)
    assert.equal((await listCoupons(shop.school, { q: 'STATE-', state, limit: 10 })).items.length, 1)
})
