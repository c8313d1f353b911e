import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  appoint,
  clientFor,
  emailsTo,
  openAuthDatabase,
  type Person,
  refusal,
  signUp,
  systemUnderTest,
} from '../api.ts'
import { payOnPage } from '../checkout.ts'
import { makeSoldCourse } from '../courses.ts'
import { until } from '../system.ts'

/** Seats that a teacher gives, through the public API. */

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

const price = { amountMinor: 45_000, currency: 'ZAR' }

const soldCourse = () => makeSoldCourse(url, instructor, price)

/** A course that is sold, and seats of it that are free. */
async function pooled(seats: number) {
  const courseId = await soldCourse()
  const pool = await instructor.api.payments.createSeatPool({
    courseId,
    name: 'Class 9b',
    seats,
    endsAt: null,
  })
  return { courseId, poolId: pool.id }
}

const enrolled = async (learner: Person, courseId: string) =>
  (await learner.api.education.getCourseAccess({ courseId })).enrolled

test('A free seat opens a course that is sold, and closes it when it is withdrawn.', async () => {
  const { courseId, poolId } = await pooled(1)
  const { code } = await instructor.api.payments.shareSeatPool({ poolId })
  const looked = await clientFor(url, null).payments.lookUpSeatCode({ code: code ?? '' })
  assert.deepEqual([looked.courseId, looked.state], [courseId, 'open'])
  const learner = await signUp(url)
  const seat = await learner.api.payments.redeemSeatCode({ code: code ?? '' })
  await until('the learner is enrolled', () => enrolled(learner, courseId))
  assert.equal(
    await refusal((await signUp(url)).api.payments.redeemSeatCode({ code: code ?? '' })),
    'conflict',
  )
  assert.deepEqual(
    (await learner.api.payments.listOwnSeats({})).items.map(({ id }) => id),
    [seat.id],
  )
  await instructor.api.payments.withdrawSeat({ poolId, seatId: seat.id })
  await until('the learner is not enrolled any more', async () => !(await enrolled(learner, courseId)))
})

test('Who is invited gets a code by email, which another person may not use after them.', async () => {
  const { courseId, poolId } = await pooled(2)
  const learner = await signUp(url)
  const { invited, pool } = await instructor.api.payments.inviteToSeats({
    poolId,
    emails: [learner.email, learner.email.toUpperCase()],
  })
  assert.deepEqual([invited, pool.taken], [1, 1])
  let code = ''
  await until('the email has come', async () => {
    const mail = (await emailsTo(url, learner.email)).find(({ subject }) => subject.includes('seat'))
    code = mail?.text.match(/\/redeem#code=(\S+)/)?.[1] ?? ''
    return code !== ''
  })
  await learner.api.payments.redeemSeatCode({ code })
  await until('the learner is enrolled', () => enrolled(learner, courseId))
  const other = await signUp(url)
  assert.equal(await refusal(other.api.payments.redeemSeatCode({ code })), 'conflict')
  const { items } = await instructor.api.payments.listSeats({ poolId })
  assert.deepEqual(
    items.map(({ status, holder }) => [status, holder?.id]),
    [['claimed', learner.userId]],
  )
})

test('A gift opens its course for who uses its code, and closes it when its buyer gets the money back.', async () => {
  const courseId = await soldCourse()
  const learnerHere = () => appoint(url, authDb, { role: 'learner' })
  const [buyer, friend] = [await learnerHere(), await learnerHere()]
  const { id: orderId, checkoutUrl } = await buyer.api.payments.startCheckout({
    courseId,
    price,
    gift: true,
  })
  await payOnPage(checkoutUrl ?? '')
  await until('the gift is paid', async () => {
    const { status } = await buyer.api.payments.checkOrder({ orderId })
    return status === 'paid'
  })
  const { code } = await buyer.api.payments.getGift({ orderId })
  assert.equal(await refusal(friend.api.payments.getGift({ orderId })), 'not_found')
  assert.equal(await enrolled(buyer, courseId), false)
  await friend.api.payments.redeemSeatCode({ code })
  await until('the friend is enrolled', () => enrolled(friend, courseId))
  assert.equal((await buyer.api.payments.getGift({ orderId })).state, 'redeemed')
  await finance.api.payments.refundOrder({ orderId, reason: 'requested_by_buyer' })
  await until('the friend is not enrolled any more', async () => !(await enrolled(friend, courseId)))
  assert.equal((await buyer.api.payments.getGift({ orderId })).state, 'ended')
})
