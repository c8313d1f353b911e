import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '@azora/kit/sql.ts'
import { v5 as uuidv5 } from 'uuid'
import { payOnPage } from '../checkout.ts'
import { until } from '../system.ts'
import { openSellingSchool, type SellingSchool } from './selling-school.ts'

/** A bundle from its sale to its last refund: invoice, ledger, access, and what finance and teachers read of it. */

let school: SellingSchool
let finance: Awaited<ReturnType<SellingSchool['finance']>>
before(async () => {
  school = await openSellingSchool()
  finance = await school.finance()
  const { savedAt: _, ...settings } = await finance.payments.getTaxSettings({})
  await finance.payments.saveTaxSettings({
    ...settings,
    registered: true,
    entity: { ...settings.entity, name: 'North', address: ['1 Long Street'], taxNumber: '4000000000' },
  })
  const { mint } = school.as(await school.person('learner'), { offices: ['finance'] })
  const shares = { platform: 1_000, school: 2_000, instructor: 7_000 }
  await mint.createSplitRule({ name: 'course_sale', taxBasisPoints: 1_500, shares })
})
after(() => school?.close())

const zar = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })

/** A bundle of courses that cost so much each, bought and booked. */
async function bought(priceMinor: number, alone: number[], coupon?: string) {
  const courses = await Promise.all(alone.map(amount => school.soldBy(zar(amount))))
  const courseIds = courses.map(({ courseId }) => courseId)
  const prices = [zar(priceMinor)]
  const { id: bundleId } = await until('the courses are known', () =>
    finance.payments.createBundle({ title: 'All about water', prices, courseIds }).catch(() => null),
  )
  await finance.payments.setBundleStatus({ bundleId, status: 'offered' })
  const userId = await school.person('learner')
  const { payments } = school.as(userId)
  const wanted = { bundleId, version: 1, price: zar(priceMinor), ...(coupon ? { coupon } : {}) }
  const { total } = await payments.getBundleQuote({ bundleId, currency: 'ZAR', coupon })
  const { id: orderId, checkoutUrl } = await payments.startBundleCheckout({ ...wanted, total })
  await payOnPage(checkoutUrl ?? '')
  await school.settled(userId, orderId)
  await until('the sale is booked', async () =>
    (await inLedger(orderId, courseIds)).some(one => one.amount > 0),
  )
  return { courses, courseIds, userId, orderId, order: () => payments.getOrder({ orderId }), payments }
}

/** What the ledger has left of each course of an order, and what of that is tax. */
async function inLedger(orderId: string, courseIds: string[]) {
  const { id } = await school.paymentOf(orderId)
  const rows = await school
    .dbOf('mint')
    .in(school.organizationId)
    .rows<{ bookingId: string; kind: string; amount: number }>(sql`
      select s.booking_id, s.kind, (s.amount - coalesce(sum(b.amount), 0))::bigint as amount
      from transfers s left join transfers b on b.organization_id = s.organization_id and b.corrects_id = s.id
      where s.organization_id = ${school.organizationId} and s.reference_id = ${id}
        and s.kind in ('tax', 'platform', 'school', 'instructor')
      group by s.organization_id, s.id, s.booking_id, s.kind, s.amount`)
  return courseIds.map(courseId => {
    const of = rows.filter(({ bookingId }) => bookingId === uuidv5(courseId, id))
    const sum = (all: typeof of) => all.reduce((total, { amount }) => total + amount, 0)
    return { amount: sum(of), tax: sum(of.filter(({ kind }) => kind === 'tax')) }
  })
}

/** What is left of each line of its invoice once its credit notes are taken off. */
const onInvoice = (orderId: string) =>
  school
    .dbOf('payments')
    .in(school.organizationId)
    .rows<{ amount: number; tax: number }>(sql`
      select (sum(l.sign * (l.net_minor + l.tax_minor)))::bigint as amount, (sum(l.sign * l.tax_minor))::bigint as tax
      from (
        select coalesce(l.credited_position, l.position) as line, l.net_minor, l.tax_minor,
          case i.kind when 'credit_note' then -1 else 1 end as sign
        from invoices i join invoice_lines l on l.organization_id = i.organization_id and l.invoice_id = i.id
        where i.organization_id = ${school.organizationId} and i.about_id = ${orderId}
      ) l group by l.line order by l.line`)

test('Course by course, the ledger and the invoice agree to the cent, whatever of a bundle goes back and in which order.', async () => {
  const terms = { validFrom: null, validUntil: null, mostUses: null, mostPerPerson: null, courseIds: null }
  await finance.payments.createCoupon({ ...terms, code: 'THIRD', off: { basisPoints: 3_333 } })
  const cases = [
    { price: 100_01, alone: [10_00, 20_00, 30_07], back: [2, 0, 1] },
    { price: 333_33, alone: [1_01, 99_99, 45_00, 3_33], back: [0, 3], coupon: 'THIRD' },
  ]
  for (const { price, alone, back, coupon } of cases) {
    const { orderId, courseIds, order } = await bought(price, alone, coupon)
    assert.deepEqual(await inLedger(orderId, courseIds), await onInvoice(orderId))
    for (const at of back) {
      const courseId = courseIds[at] ?? assert.fail()
      await finance.payments.refundOrder({ orderId, courseIds: [courseId], reason: 'other' })
      await until('the refund is booked', async () => (await inLedger(orderId, courseIds))[at]?.amount === 0)
      assert.deepEqual(await inLedger(orderId, courseIds), await onInvoice(orderId))
    }
    assert.equal((await order()).status, back.length === alone.length ? 'refunded' : 'paid')
  }
})

test('A learner leaves the courses whose money went back, and no others; their teachers alone give it back.', async () => {
  const { orderId, courses, courseIds, userId, payments } = await bought(100_00, [50_00, 50_00])
  const [first, second] = courses
  const isOpen = async (courseId = '') =>
    (await school.as(userId).education.getCourseAccess({ courseId })).enrolled
  for (const courseId of courseIds) await until('the course is open', () => isOpen(courseId))
  const { refundRequest } = await payments.requestRefund({
    ...{ orderId, text: 'One is enough.', courseIds: courseIds.slice(0, 1) },
  })
  const { items: asked } = await finance.payments.listRefundRequests({ status: 'open' })
  assert.deepEqual(asked[0]?.courseIds, courseIds.slice(0, 1))
  await finance.payments.approveRefundRequest({ requestId: refundRequest?.id ?? '' })
  await until('one course is closed', async () => !(await isOpen(courseIds[0])))
  assert.ok(await isOpen(courseIds[1]))
  const months = { from: '2026-01', to: '2099-12' }
  const salesOf = async (instructorId = '') => {
    const { mint } = school.as(instructorId, { roles: ['instructor'] })
    return (await mint.listCourseSales(months)).items.map(({ refunded }) => refunded)
  }
  await until(
    'the first teacher has given it back',
    async () => (await salesOf(first?.instructorId))[0]?.amountMinor === 50_00,
  )
  assert.deepEqual(await salesOf(second?.instructorId), [zar(0)])
})

test('A bundle, and a course of it that went back, differ in nothing from what the processor has.', async () => {
  const { orderId, courseIds } = await bought(100_01, [10_00, 20_00])
  await finance.payments.refundOrder({ orderId, courseIds: courseIds.slice(1), reason: 'other' })
  await until('the refund is booked', async () => (await inLedger(orderId, courseIds))[1]?.amount === 0)
  await school
    .dbOf('payments')
    .in(school.organizationId)
    .run(sql`
    update payments set processed_at = processed_at - interval '2 hours' where organization_id = ${school.organizationId}`)
  const { id } = await finance.payments.startReconciliation({})
  const ended = async () => (await finance.payments.listReconciliations({})).items.find(one => one.id === id)
  await until('the comparison ends', async () => (await ended())?.status !== 'running')
  assert.deepEqual((await finance.payments.listDifferences({ state: 'open' })).items, [])
})
