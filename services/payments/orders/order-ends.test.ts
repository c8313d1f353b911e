import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { AskingCaller } from '@azora/kit/caller.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { createTestKit, overlapped, type TestKit } from '@azora/kit/testing.ts'
import { setPrices } from '../prices/set-prices.ts'
import { refundOrder } from '../refunds/refund-order.ts'
import { saveSettings } from '../settings/settings.ts'
import { openCheckout } from './open-checkout.ts'
import { selectOptionalOrder, selectOptionalOrderAbout, updateCheckout } from './orders.store.ts'
import { settleOrder } from './settle-order.ts'

/** What becomes of orders and refunds, on a real database; what Stripe and education say is given. */

let kit: TestKit
const organizationId = randomUUID()
before(async () => {
  kit = await createTestKit({ name: 'payments', migrations: new URL('../migrations/', import.meta.url) })
})
after(() => kit.dispose())

function caller(userId: string): AskingCaller {
  const getCourseAccess = async ({ courseId }: { courseId: string }) => ({
    courseId,
    title: 'Rivers',
    instructorId: randomUUID(),
    status: 'published',
    author: true,
    enrolled: false,
  })
  return {
    actor: { userId, organizationId, sessionId: randomUUID(), roles: ['instructor'], authenticatedAt: 0 },
    ip: '127.0.0.1',
    userAgent: 'test',
    others: {
      education: { getCourseAccess },
      auth: { me: async () => ({ name: 'A Buyer', organization: { name: 'A School' } }) },
    } as never,
  }
}

/** Stripe, where a session stands as it is said; without one it does not answer. */
function tools(session: object | null, { sandbox = true } = {}) {
  const id = `cs_${randomUUID()}`
  const failed = Object.assign(new Error('Invalid API Key'), { type: 'StripeAuthenticationError' })
  const sessions = {
    create: async () => ({ id, url: 'https://pay.example/' }),
    retrieve: async () => session,
  }
  const open = async () => (session ? { checkout: { sessions } } : Promise.reject(failed))
  return { db: kit.db, stripe: { sandbox, open }, publicUrl: 'https://school.example', onPaid() {} } as never
}

/** Stripe, which gives back whatever it is asked for. */
function refunding() {
  const refunds = {
    list: () => (async function* () {})(),
    create: async () => ({ id: `re_${randomUUID()}`, status: 'succeeded' }),
  }
  return { db: kit.db, stripe: { sandbox: true, open: async () => ({ refunds }) } } as never
}

const paid = ({ amountMinor, currency }: { amountMinor: number; currency: string }) => ({
  status: 'complete',
  payment_status: 'paid',
  amount_total: amountMinor,
  currency,
  created: 1_800_000_000,
  payment_intent: { id: `pi_${randomUUID()}`, latest_charge: null },
})
const price = { amountMinor: 45_000, currency: 'ZAR' }

async function opened(wanted = price) {
  const [courseId, userId] = [randomUUID(), randomUUID()]
  await saveSettings(kit.db, caller(userId), { currencies: ['ZAR', 'KWD'] })
  await setPrices(kit.db, caller(userId), courseId, [wanted])
  const by = caller(userId)
  const { id } = await openCheckout(tools({}), by, { courseId, price: wanted })
  return { courseId, by, id }
}

const orderRow = async (id: string) =>
  (await selectOptionalOrder(kit.db.in(organizationId), id)) ?? assert.fail()

test('An order whose session is opened while the sweep looks at it is not ended.', async () => {
  const [courseId, by] = [randomUUID(), caller(randomUUID())]
  await setPrices(kit.db, by, courseId, [price])
  await assert.rejects(openCheckout(tools(null), by, { courseId, price }))
  const school = kit.db.in(organizationId)
  const made = await selectOptionalOrderAbout(school, {
    buyerId: by.actor.userId,
    about: `course:${courseId}`,
    status: 'open',
  })
  const id = made?.id ?? assert.fail()
  const url = 'https://pay.example/'
  await overlapped(
    kit.db,
    organizationId,
    tx => updateCheckout(tx, id, { sessionId: `cs_${id}`, url }),
    () => settleOrder(tools({}), organizationId, id, { endUnopened: true }),
  )
  const { status, checkoutUrl } = await orderRow(id)
  assert.deepEqual([status, checkoutUrl], ['open', url])
})

test('Who has paid and is not enrolled yet does not pay again.', async () => {
  const { courseId, by, id } = await opened()
  await settleOrder(tools(paid(price)), organizationId, id)
  assert.equal((await openCheckout(tools({}), by, { courseId, price })).id, id)
})

test('An order of the sandbox ends once Stripe itself is there.', async () => {
  const { courseId, by, id } = await opened()
  const next = await openCheckout(tools(null, { sandbox: false }), by, { courseId, price }).catch(() => null)
  assert.notEqual(next?.id, id)
  assert.equal((await orderRow(id)).status, 'expired')
})

test('An order of Stripe waits while the sandbox stands in for it.', async () => {
  const { id } = await opened()
  await kit.db.in(organizationId).run(sql`
    update orders set sandbox = false where organization_id = ${organizationId} and id = ${id}`)
  await settleOrder(tools({ status: 'expired' }), organizationId, id)
  assert.equal((await orderRow(id)).status, 'open')
})

test('An order whose delayed payment failed ends.', async () => {
  const { id } = await opened()
  const failed = { status: 'complete', payment_status: 'unpaid' }
  const waiting = { ...failed, payment_intent: { status: 'processing' } }
  assert.equal((await settleOrder(tools(waiting), organizationId, id)).status, 'open')
  const ended = { ...failed, payment_intent: { status: 'requires_payment_method' } }
  assert.equal((await settleOrder(tools(ended), organizationId, id)).status, 'expired')
})

test('An amount that Stripe cannot give back is refused before it is set aside.', async () => {
  const dinar = { amountMinor: 10_000, currency: 'KWD' }
  const { by, id } = await opened(dinar)
  await settleOrder(tools(paid(dinar)), organizationId, id)
  const amount = { amountMinor: 1235, currency: 'KWD' }
  await assert.rejects(
    refundOrder(tools(null), by, { orderId: id, amount, reason: 'other', note: '' }),
    (failure: AppError) => failure.data?.fields?.[0]?.reason === 'amount_not_charged',
  )
  assert.deepEqual((await orderRow(id)).refunds, [])
})

test('A refund that stands is answered as pending, whatever keeps Stripe from it.', async () => {
  const { by, id } = await opened()
  await settleOrder(tools(paid(price)), organizationId, id)
  const amount = { amountMinor: 1000, currency: 'ZAR' }
  const { refunds } = await refundOrder(tools(null), by, { orderId: id, amount, reason: 'other', note: '' })
  assert.deepEqual(
    refunds.map(({ status }) => status),
    ['pending'],
  )
})

test('With all that was paid access goes, unless the school leaves it; with a part of it nothing does.', async () => {
  const endedFor = async ({ amount, keepAccess = false }: { amount?: number; keepAccess?: boolean }) => {
    const { by, id } = await opened()
    await settleOrder(tools(paid(price)), organizationId, id)
    const wish = { orderId: id, reason: 'other', note: '', keepAccess }
    await refundOrder(refunding(), by, {
      ...wish,
      ...(amount ? { amount: { amountMinor: amount, currency: 'ZAR' } } : {}),
    })
    const { n } = await kit.db.across.one<{ n: number }>(sql`
      select count(*) as n from outbox
      where name = 'course.access_ended' and payload->>'userId' = ${by.actor.userId}`)
    return n === 1
  }
  assert.equal(await endedFor({}), true)
  assert.equal(await endedFor({ keepAccess: true }), false)
  assert.equal(await endedFor({ amount: 1000 }), false)
})
