import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { startCardSetup } from '@azora/service-payments/cards/add-card.ts'
import { settleCardSetup } from '@azora/service-payments/cards/settle-card-setup.ts'
import {
  changeSubscription,
  previewChange,
} from '@azora/service-payments/subscriptions/change-subscription.ts'
import { openPayPage } from '@azora/service-payments/subscriptions/pay-page.ts'
import { chargeDueBills } from '@azora/service-payments/subscriptions/renew-subscriptions.ts'
import { answerBank, payOnPage } from '../checkout.ts'
import { on, openPlanShop } from './subscriber.ts'

/** The life of a subscription, with the Stripe sandbox and a calendar that the test turns. */

let shop: Awaited<ReturnType<typeof openPlanShop>>
before(async () => {
  shop = await openPlanShop()
})
after(() => shop.dispose())
beforeEach(() => {
  shop.shop.faults = {}
})

const refusedAs = (reason: string) => (failure: AppError) =>
  failure.data?.reason === reason || failure.code === reason

test('A subscription opens its courses once it is paid, and each month is charged to the card that was left.', async () => {
  const plan = await shop.plan(10_000)
  const by = shop.caller()
  await shop.begin(by, plan, on('2027-01-31'))
  assert.deepEqual(await shop.told(by), [], 'nothing is open before it is paid')
  await shop.subscribed(plan, on('2027-01-31'), 'works', by)
  await shop.pass('2027-02-27')
  assert.equal((await shop.bills(by)).length, 1, 'not before the period is over')
  await shop.pass('2027-02-28')
  await shop.pass('2027-03-31')
  assert.deepEqual(
    (await shop.bills(by)).map(({ status, dueMinor, invoiced }) => [status, dueMinor, invoiced]),
    Array.from({ length: 3 }, () => ['paid', 10_000, true]),
  )
  assert.deepEqual((await shop.state(by)).state.period, { from: '2027-03-31', until: '2027-04-30' })
  assert.deepEqual(await shop.told(by), [
    'subscription.invoice_paid',
    'course.purchased',
    'subscription.created',
    'subscription.changed',
    'subscription.invoice_paid',
    'subscription.changed',
    'subscription.invoice_paid',
  ])
})

test('A card that asks for 3-D Secure is confirmed by its owner once, and charged without them after that.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'), 'asksOnce')
  assert.equal((await shop.state(by)).state.status, 'active')
  await shop.pass('2027-02-10')
  assert.deepEqual(
    (await shop.bills(by)).map(({ status }) => status),
    ['paid', 'paid'],
  )
})

test('Where the bank asks each time, the courses stay open until its owner confirms on the page.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'), 'asksAlways')
  await shop.pass('2027-02-10')
  const { id, state } = await shop.state(by)
  assert.equal(state.status, 'past_due')
  assert.equal((await shop.charges(by)).at(-1)?.declineCode, 'authentication_required')
  await shop.pass('2027-02-14')
  assert.equal((await shop.charges(by)).length, 2, 'the card is not tried without its owner')
  const { checkoutUrl } = await openPayPage(shop.tools, shop.organizationId, id, '/account/subscription')
  await answerBank((await payOnPage(checkoutUrl, 'asksAlways')).location)
  await shop.settle(by, on('2027-02-14'))
  assert.equal((await shop.state(by)).state.status, 'active')
  assert.ok(!(await shop.told(by)).includes('course.access_ended'))
})

test('A declined card is tried again by the schedule, another card at once; paid, all is as before.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'))
  const { userId } = by.actor
  const leave = async (card: 'declinedLater' | 'works', day: string) => {
    const wish = { userId, currency: 'ZAR', returnPath: '/account/payments' }
    const { id, checkoutUrl } = await startCardSetup(shop.tools, shop.organizationId, wish)
    await payOnPage(checkoutUrl ?? '', card)
    await settleCardSetup(shop.tools, shop.organizationId, id, on(day))
  }
  await leave('declinedLater', '2027-01-11')
  await shop.pass('2027-02-10')
  assert.equal((await shop.state(by)).state.status, 'past_due')
  await shop.pass('2027-02-12')
  assert.equal((await shop.charges(by)).length, 2)
  await shop.pass('2027-02-13')
  assert.equal((await shop.charges(by)).length, 3, 'the third day after the first failure')
  await leave('works', '2027-02-14')
  await shop.pass('2027-02-15')
  assert.equal((await shop.state(by)).state.status, 'active')
  assert.equal((await shop.state(by)).state.unpaidSince, null)
  assert.deepEqual(
    (await shop.charges(by)).map(({ status }) => status),
    ['succeeded', 'failed', 'failed', 'succeeded'],
  )
})

test('Once the grace is over the subscription ends with its courses, and its card is left alone.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'), 'asksAlways')
  await shop.pass('2027-02-10')
  await shop.pass('2027-03-02')
  assert.equal((await shop.state(by)).state.status, 'past_due')
  await shop.pass('2027-03-03')
  assert.equal((await shop.state(by)).state.status, 'cancelled')
  const tries = (await shop.charges(by)).length
  await shop.pass('2027-06-10')
  assert.equal((await shop.charges(by)).length, tries)
  assert.deepEqual((await shop.told(by)).slice(-2), ['course.access_ended', 'subscription.cancelled'])
})

test('A trial begins with a card and no payment; the first period is charged when it is over.', async () => {
  const plan = await shop.plan(10_000, { trialDays: 14 })
  const by = shop.caller()
  const { checkoutUrl } = await shop.begin(by, plan, on('2027-01-10'))
  assert.equal((await shop.state(by)).state.status, 'incomplete')
  await payOnPage(checkoutUrl ?? '')
  const setups = await shop.school.rows<{ id: string }>(
    sql`select id from card_setups where organization_id = ${shop.organizationId} and user_id = ${by.actor.userId}`,
  )
  for (let round = 0; round < 2; round++)
    for (const { id } of setups) await settleCardSetup(shop.tools, shop.organizationId, id, on('2027-01-10'))
  assert.equal((await shop.state(by)).state.status, 'trialing')
  assert.deepEqual(await shop.bills(by), [])
  await shop.pass('2027-01-24')
  assert.equal((await shop.state(by)).state.status, 'active')
  assert.deepEqual(
    (await shop.bills(by)).map(({ status, dueMinor }) => [status, dueMinor]),
    [['paid', 10_000]],
  )
})

test('A change costs to the cent what was shown, up and down, and a refused preview changes nothing.', async () => {
  const [small, large] = [await shop.plan(9300), await shop.plan(31_000)]
  const by = await shop.subscribed(small, on('2027-01-01'))
  const up = {
    action: 'change_plan',
    when: 'now',
    planId: large.id,
    version: large.version,
  } as const
  const shown = await previewChange(shop.tools, by.actor, up, on('2027-01-10'))
  assert.deepEqual(shown.nextPayment, { on: '2027-02-01', amount: { amountMinor: 31_000, currency: 'ZAR' } })
  await assert.rejects(
    changeSubscription(
      shop.tools,
      by.actor,
      { ...up, quote: { ...shown.quote, due: { amountMinor: 1, currency: 'ZAR' } } },
      on('2027-01-10'),
    ),
    refusedAs('price_changed'),
  )
  await assert.rejects(
    changeSubscription(shop.tools, by.actor, { ...up, quote: shown.quote }, on('2027-01-11')),
    refusedAs('price_changed'),
    'tomorrow it costs something else',
  )
  const before = await shop.taken(by)
  await changeSubscription(shop.tools, by.actor, { ...up, quote: shown.quote }, on('2027-01-10'))
  // The 21 days from the 11th to the 31st: 300 a day before, 1000 after.
  assert.equal(shown.quote.due.amountMinor, 21 * 700)
  assert.equal((await shop.taken(by)) - before, 21 * 700)
  const down = { ...up, planId: small.id, version: small.version }
  const back = await previewChange(shop.tools, by.actor, down, on('2027-01-20'))
  assert.equal(back.quote.credited.amountMinor, 11 * 700)
  assert.equal(back.nextPayment?.amount.amountMinor, 9300 - 11 * 700)
  await changeSubscription(shop.tools, by.actor, { ...down, quote: back.quote }, on('2027-01-20'))
  const then = await shop.taken(by)
  await shop.pass('2027-02-01')
  assert.equal((await shop.taken(by)) - then, 9300 - 11 * 700, 'what was credited pays first')
})

test('A plan that changes what it opens closes what only the old one opened.', async () => {
  const [shared, only] = [crypto.randomUUID(), crypto.randomUUID()]
  const wide = await shop.plan(10_000, { courseIds: [shared, only] })
  const narrow = await shop.plan(5000, { courseIds: [shared] })
  const by = await shop.subscribed(wide, on('2027-01-01'))
  const change = {
    action: 'change_plan',
    when: 'period_end',
    planId: narrow.id,
    version: narrow.version,
  } as const
  const { quote } = await previewChange(shop.tools, by.actor, change, on('2027-01-10'))
  assert.equal(quote.due.amountMinor + quote.credited.amountMinor, 0)
  await changeSubscription(shop.tools, by.actor, { ...change, quote }, on('2027-01-10'))
  assert.ok(!(await shop.told(by)).includes('course.access_ended'))
  await shop.pass('2027-02-01')
  const rows = await shop.kit.db.across.rows<{ payload: { courseIds: string[] } }>(sql`
    select payload from outbox where name = 'course.access_ended' and payload->>'userId' = ${by.actor.userId}`)
  assert.deepEqual(
    rows.map(({ payload }) => payload.courseIds),
    [[only]],
  )
})

test('Cancelled for its end it stays open until then; kept again it goes on; cancelled today the rest is credited.', async () => {
  const by = await shop.subscribed(await shop.plan(31_000), on('2027-01-01'))
  const change = async (what: object, day: string) => {
    const wish = { when: 'now', ...what } as Parameters<typeof previewChange>[2]
    const { quote, opensUntil } = await previewChange(shop.tools, by.actor, wish, on(day))
    await changeSubscription(shop.tools, by.actor, { ...wish, quote }, on(day))
    return { quote, opensUntil }
  }
  const ending = await change({ action: 'cancel', when: 'period_end' }, '2027-01-05')
  assert.equal(ending.opensUntil, '2027-02-01')
  await change({ action: 'keep' }, '2027-01-06')
  await shop.pass('2027-02-01')
  assert.equal((await shop.state(by)).state.status, 'active')
  const { quote } = await change({ action: 'cancel' }, '2027-02-14')
  // 28 days of February; the 14th was used.
  assert.equal(quote.credited.amountMinor, Math.round((31_000 * 28) / 28) - Math.round((31_000 * 14) / 28))
  assert.equal((await shop.state(by)).state.status, 'cancelled')
  assert.equal((await shop.told(by)).at(-1), 'subscription.cancelled')
})

test('Paused, nothing is open and nothing is charged; what was paid for those days pays for later ones.', async () => {
  const by = await shop.subscribed(await shop.plan(31_000), on('2027-01-01'))
  const wish = { action: 'pause', when: 'now', resumesOn: '2027-03-10' } as const
  const { quote } = await previewChange(shop.tools, by.actor, wish, on('2027-01-10'))
  assert.equal(quote.credited.amountMinor, 21_000)
  await changeSubscription(shop.tools, by.actor, { ...wish, quote }, on('2027-01-10'))
  const before = await shop.taken(by)
  await shop.pass('2027-02-20')
  assert.equal((await shop.bills(by)).length, 2)
  await shop.pass('2027-03-10')
  const { state } = await shop.state(by)
  assert.deepEqual([state.status, state.period.from], ['active', '2027-03-01'])
  // 22 days of March at 1000 a day, of which 21 000 are there.
  assert.equal((await shop.taken(by)) - before, 22_000 - 21_000)
})

test('After months away every period is billed once, in order.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-15'))
  await shop.pass('2027-05-01')
  for (let round = 0; round < 4; round++) await chargeDueBills(shop.tools, on('2027-05-01'))
  assert.deepEqual(
    (await shop.bills(by)).map(({ status }) => status),
    Array.from({ length: 4 }, () => 'paid'),
  )
  assert.deepEqual((await shop.state(by)).state.period, { from: '2027-04-15', until: '2027-05-15' })
})

test('Renewal that runs twice at once bills and charges once.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-15'))
  const before = await shop.taken(by)
  await Promise.all([shop.pass('2027-02-15'), shop.pass('2027-02-15'), shop.pass('2027-02-15')])
  assert.equal((await shop.bills(by)).length, 2)
  assert.equal((await shop.taken(by)) - before, 10_000)
})

test('Of two tabs that subscribe at once both get the same; of two changes at once one counts.', async () => {
  const [plan, other] = [await shop.plan(10_000), await shop.plan(20_000)]
  const by = shop.caller()
  const [one, two] = await Promise.all([
    shop.begin(by, plan, on('2027-01-15')),
    shop.begin(by, plan, on('2027-01-15')),
  ])
  assert.equal(one.stored.id, two.stored.id)
  assert.equal(one.checkoutUrl, two.checkoutUrl)
  await shop.subscribed(plan, on('2027-01-15'), 'works', by)
  await assert.rejects(shop.begin(by, other, on('2027-01-15')), refusedAs('subscribed_already'))
  const wish = { action: 'change_plan', when: 'now', planId: other.id, version: other.version } as const
  const { quote } = await previewChange(shop.tools, by.actor, wish, on('2027-01-16'))
  const outcomes = await Promise.allSettled(
    [1, 2].map(() => changeSubscription(shop.tools, by.actor, { ...wish, quote }, on('2027-01-16'))),
  )
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.equal((await shop.bills(by)).length, 2)
})

test('Who turns to another plan before they have paid gets that one, and the first page takes no money any more.', async () => {
  const [plan, other] = [await shop.plan(10_000), await shop.plan(20_000)]
  const by = shop.caller()
  const first = await shop.begin(by, plan, on('2027-01-15'))
  const second = await shop.begin(by, other, on('2027-01-15'))
  assert.notEqual(first.stored.id, second.stored.id)
  await assert.rejects(payOnPage(first.checkoutUrl ?? ''))
  await payOnPage(second.checkoutUrl ?? '')
  await shop.settle(by, on('2027-01-15'))
  assert.equal((await shop.state(by)).planId, other.id)
})

test('However the line to Stripe fails in a charge, the card is charged once and the bill is paid.', async () => {
  for (const fault of ['cut_before', 'cut_after', 'fail_before', 'fail_after'] as const) {
    const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-15'))
    const before = await shop.taken(by)
    let left = 20
    shop.shop.faults = {
      request: ({ method, path }) =>
        method === 'POST' && path === '/v1/payment_intents' && left-- > 0 ? fault : null,
    }
    await shop.pass('2027-02-15').catch(() => {})
    shop.shop.faults = {}
    // As days later, when Stripe has forgotten the key: it is found by its mark.
    await shop.settle(by, on('2027-02-15'))
    await shop.pass('2027-02-15')
    assert.deepEqual(
      (await shop.bills(by)).map(({ status }) => status),
      ['paid', 'paid'],
      fault,
    )
    assert.equal((await shop.taken(by)) - before, 10_000, fault)
  }
})
