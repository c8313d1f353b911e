import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  appoint,
  emailsTo,
  openAuthDatabase,
  type Person,
  refusal,
  request,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { makeSoldCourse } from '../courses.ts'
import { until } from '../system.ts'

/** Institutions that buy on account, through the public API: payments and mint are one process here and two there. */

const system = systemUnderTest()
const { url } = system
const authDb = openAuthDatabase(system)
let instructor: Person
let finance: Person

before(async () => {
  instructor = await appoint(url, authDb, { role: 'instructor' })
  finance = await appoint(url, authDb, { role: 'learner', offices: ['finance'] })
})
after(() => authDb.close())

const rand = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })

const soldCourse = () => makeSoldCourse(url, instructor, rand(45_000))

const institution = (billingEmail = `${randomUUID()}@vaal.example`) =>
  finance.api.payments.createInstitution({
    name: 'Vaal Dairies',
    legalName: 'Vaal Dairies (Pty) Ltd',
    address: ['7 Mill Road', 'Parys 9585'],
    country: 'ZA',
    taxNumber: '4111111111',
    billingEmail,
    termsDays: 30,
    creditLimits: [],
    status: 'active',
  })
const enrolled = async (learner: Person, courseId: string) =>
  (await learner.api.education.getCourseAccess({ courseId })).enrolled
const today = new Date().toISOString().slice(0, 10)

test('A manager orders seats on account and invites a person, the invoice goes out, and its payment reaches the teacher.', async () => {
  const billingEmail = `${randomUUID()}@vaal.example`
  const { id: institutionId } = await institution(billingEmail)
  const manager = await signUp(url)
  await finance.api.payments.addInstitutionManager({ institutionId, email: manager.email })
  const courseId = await soldCourse()
  const wanted = { institutionId, courseId, seats: 2 }
  const { total } = await manager.api.payments.getSeatsQuote({ ...wanted, currency: 'ZAR' })
  const order = await manager.api.payments.orderSeats({ ...wanted, total })
  assert.deepEqual([order.total, order.open, order.status], [rand(90_000), rand(90_000), 'open'])

  const learner = await signUp(url)
  await manager.api.payments.inviteToSeats({ poolId: order.poolId, emails: [learner.email] })
  const code = await until('the invitation is there', async () => {
    const mails = await emailsTo(url, learner.email)
    return mails.map(({ text }) => /\/redeem#code=(\S+)/.exec(text)?.[1]).find(Boolean)
  })
  await learner.api.payments.redeemSeatCode({ code })
  await until('the learner is enrolled', () => enrolled(learner, courseId))

  await until('the invoice is mailed', async () => (await emailsTo(url, billingEmail)).length === 1)
  const path = `/payments/school-invoices/${order.invoice.id}/document.pdf`
  const pdf = await request(url, 'GET', path, { token: finance.token })
  assert.equal(pdf.headers.get('content-type'), 'application/pdf')

  const months = { from: today.slice(0, 7), to: today.slice(0, 7) }
  const sold = async () => (await instructor.api.mint.listCourseSales(months)).items
  assert.deepEqual(
    (await sold()).filter(one => one.courseId === courseId),
    [],
  )
  const paid = await finance.api.payments.recordInvoicePayment({
    invoiceId: order.invoice.id,
    amount: total,
    paidOn: today,
    reference: `FNB ${order.invoice.number}`,
  })
  assert.deepEqual([paid.status, paid.open], ['paid', rand(0)])
  await until('the teacher sees the sale', async () =>
    (await sold()).some(one => one.courseId === courseId && one.gross.amountMinor === 90_000),
  )
})

test('A cancelled order closes the course of who had a seat, and nothing is owed any more.', async () => {
  const { id: institutionId } = await institution()
  const courseId = await soldCourse()
  const order = await finance.api.payments.orderSeats({
    ...{ institutionId, courseId, seats: 1, total: rand(45_000) },
  })
  const { code } = await finance.api.payments.shareSeatPool({ poolId: order.poolId })
  const learner = await signUp(url)
  await learner.api.payments.redeemSeatCode({ code: code ?? '' })
  await until('the learner is enrolled', () => enrolled(learner, courseId))
  const { items } = await finance.api.payments.getReceivables()
  assert.ok(items.some(one => one.institution.id === institutionId && one.notDue.amountMinor === 45_000))
  await finance.api.payments.cancelAccountOrder({ orderId: order.id, note: 'Ordered twice' })
  await until('the course is closed', async () => !(await enrolled(learner, courseId)))
  assert.deepEqual((await finance.api.payments.getInstitution({ institutionId })).open, [])
})

test('A person who is no manager neither orders for an institution nor sees what it costs.', async () => {
  const { id: institutionId } = await institution()
  const courseId = await soldCourse()
  const { api } = await signUp(url)
  const wanted = { institutionId, courseId, seats: 1 }
  assert.equal(await refusal(api.payments.getSeatsQuote({ ...wanted, currency: 'ZAR' })), 'not_found')
  assert.equal(await refusal(api.payments.orderSeats({ ...wanted, total: rand(45_000) })), 'not_found')
})
