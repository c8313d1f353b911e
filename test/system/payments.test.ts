import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { appoint, openAuthDatabase, type Person, refusal, request, signUp, systemUnderTest } from '../api.ts'
import { payOnPage } from '../checkout.ts'
import { makeCourse, makeSoldCourse } from '../courses.ts'
import { until } from '../system.ts'

/** Buying and giving back through the public API; Stripe is the sandbox that the installation brings along. */

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
const price = rand(45_000)

/** A published course that is sold, once the catalogue says so. */
const soldCourse = () => makeSoldCourse(url, instructor, price)

async function boughtBy(learner: Person, courseId: string): Promise<string> {
  const order = await learner.api.payments.startCheckout({ courseId, price })
  const { status, location } = await payOnPage(order.checkoutUrl ?? '')
  assert.equal(status, 303)
  assert.ok(location.endsWith(`/account/payments/${order.id}?paid`), location)
  await until('the order is paid', async () => {
    const { status } = await learner.api.payments.getOrder({ orderId: order.id })
    return status === 'paid'
  })
  return order.id
}

test('A course that is sold opens by its payment alone, at once and by Stripe’s word.', async () => {
  const courseId = await soldCourse()
  const learner = await signUp(url)
  assert.equal(await refusal(learner.api.education.enroll({ courseId })), 'payment_required')
  const orderId = await boughtBy(learner, courseId)
  await until('the learner is enrolled', async () => {
    const { enrolled } = await learner.api.education.getCourseAccess({ courseId })
    return enrolled
  })
  const { items } = await learner.api.payments.listOrders({})
  assert.deepEqual(
    items.map(({ id, status, total, sandbox, checkoutUrl }) => ({ id, status, total, sandbox, checkoutUrl })),
    [{ id: orderId, status: 'paid', total: price, sandbox: true, checkoutUrl: null }],
  )
  const again = learner.api.payments.startCheckout({ courseId, price })
  assert.equal(await refusal(again), 'conflict', 'what is theirs is not sold to them again')
})

test('Two tabs that buy at once get one order, which is paid once.', async () => {
  const courseId = await soldCourse()
  const learner = await signUp(url)
  const tabs = await Promise.all(
    Array.from({ length: 3 }, () => learner.api.payments.startCheckout({ courseId, price })),
  )
  const [first] = tabs
  for (const tab of tabs) assert.deepEqual([tab.id, tab.checkoutUrl], [first?.id, first?.checkoutUrl])
  await payOnPage(first?.checkoutUrl ?? '')
  await until('the order is paid', async () => {
    const { status } = await learner.api.payments.checkOrder({ orderId: first?.id ?? '' })
    return status === 'paid'
  })
  assert.equal((await learner.api.payments.listOrders({})).items.length, 1)
})

test('A price that is not that of the course any more, or never was, is refused and leaves nothing.', async () => {
  const courseId = await soldCourse()
  const learner = await signUp(url)
  const { startCheckout, listOrders } = learner.api.payments
  for (const wrong of [rand(44_999), { amountMinor: 45_000, currency: 'USD' }])
    assert.equal(await refusal(startCheckout({ courseId, price: wrong })), 'price_changed')
  const old = await startCheckout({ courseId, price })
  await instructor.api.payments.setCoursePrices({ courseId, prices: [rand(50_000)] })
  const dearer = await startCheckout({ courseId, price: rand(50_000) })
  assert.notEqual(dearer.id, old.id)
  const { items } = await listOrders({})
  assert.deepEqual(
    items.map(({ id, status }) => [id, status]),
    [
      [dearer.id, 'open'],
      [old.id, 'expired'],
    ],
  )
  assert.equal((await fetch(old.checkoutUrl ?? '')).status, 410, 'the old page takes no money any more')
})

test('Amounts that are none, and currencies that are none or not taken, are refused by their field.', async () => {
  const { courseId } = await makeCourse(url, instructor)
  const set = (amountMinor: unknown, currency: unknown) =>
    request(url, 'PUT', `/payments/courses/${courseId}/prices`, {
      token: instructor.token,
      json: { prices: [{ amountMinor, currency }] },
    })
  for (const [amountMinor, currency] of [
    [0, 'ZAR'],
    [-100, 'ZAR'],
    [99.5, 'ZAR'],
    ['100', 'ZAR'],
    [2 ** 53, 'ZAR'],
    [100, 'XXX'],
    [100, 'zar'],
    [100, 'USD'],
  ] as const) {
    const { status, body } = await set(amountMinor, currency)
    assert.equal(status, 400, `${amountMinor} ${currency}`)
    assert.equal((body as { code: string }).code, 'invalid_input')
  }
  assert.deepEqual((await instructor.api.payments.getCoursePrices({ courseId })).history, [])
})

test('An order of another learner is not there for anyone but those who keep the books of the school.', async () => {
  const courseId = await soldCourse()
  const [learner, other] = [await signUp(url), await signUp(url)]
  const { id: orderId } = await learner.api.payments.startCheckout({ courseId, price })
  assert.equal(await refusal(other.api.payments.getOrder({ orderId })), 'not_found')
  assert.equal(await refusal(other.api.payments.checkOrder({ orderId })), 'not_found')
  const { items } = await finance.api.payments.listSchoolOrders({ courseId })
  assert.deepEqual(
    items.map(({ id, buyer }) => [id, buyer?.id, buyer?.name]),
    [[orderId, learner.userId, learner.name]],
  )
})

test('A declined card leaves the order open, and nobody enrolled.', async () => {
  const courseId = await soldCourse()
  const learner = await signUp(url)
  const { id: orderId, checkoutUrl } = await learner.api.payments.startCheckout({ courseId, price })
  await payOnPage(checkoutUrl ?? '', 'declined')
  assert.equal((await learner.api.payments.checkOrder({ orderId })).status, 'open')
  const { enrolled } = await learner.api.education.getCourseAccess({ courseId })
  assert.equal(enrolled, false)
})

test('Money goes back in parts and never more than came, however many ask at once.', async () => {
  const courseId = await soldCourse()
  const learner = await signUp(url)
  const orderId = await boughtBy(learner, courseId)
  const give = (amountMinor: number) =>
    finance.api.payments.refundOrder({ orderId, amount: rand(amountMinor), reason: 'requested_by_buyer' })
  const { status, refunded } = await give(5000)
  assert.deepEqual([status, refunded], ['paid', rand(5000)])
  const attempts = await Promise.all([give(25_000), give(25_000), give(25_000)].map(refusal))
  assert.deepEqual(attempts.sort(), ['no refusal', 'refund_too_large', 'refund_too_large'])
  assert.equal(await refusal(give(15_001)), 'refund_too_large')
  await finance.api.payments.refundOrder({ orderId, reason: 'other', note: 'The rest' })
  await until('all of it is refunded', async () => {
    const order = await learner.api.payments.getOrder({ orderId })
    return order.status === 'refunded' && order.refunds.every(refund => refund.status === 'succeeded')
  })
  const order = await learner.api.payments.getOrder({ orderId })
  assert.deepEqual(order.refunded, price)
  assert.deepEqual(
    order.refunds.map(({ amount }) => amount.amountMinor),
    [5000, 25_000, 15_000],
  )
  assert.equal(await refusal(give(1)), 'refund_too_large')
})

test('An order that was not paid has nothing to give back.', async () => {
  const courseId = await soldCourse()
  const learner = await signUp(url)
  const { id: orderId } = await learner.api.payments.startCheckout({ courseId, price })
  const refund = finance.api.payments.refundOrder({ orderId, reason: 'other' })
  assert.equal(await refusal(refund), 'conflict')
})

test('What Stripe did not sign, or signed long ago, is refused.', async () => {
  const tell = (signature: string | null) =>
    fetch(`${url}/api/v1/payments/stripe/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature === null ? {} : { 'stripe-signature': signature }),
      },
      body: JSON.stringify({ id: 'evt_1', type: 'checkout.session.completed', data: { object: {} } }),
    })
  for (const signature of [
    null,
    '',
    't=1,v1=00',
    `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}`,
  ]) {
    const answer = await tell(signature)
    assert.equal(answer.status, 400, String(signature))
    await answer.body?.cancel()
  }
})
