import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AppError } from '@azora/kit/errors.ts'
import { sql } from '@azora/kit/sql.ts'
import { selectCards } from '@azora/service-payments/cards/cards.store.ts'
import { forgetCustomer } from '@azora/service-payments/cards/forget-customer.ts'
import { removeCard } from '@azora/service-payments/cards/own-cards.ts'
import { paymentsPersonalData } from '@azora/service-payments/privacy/personal-data.ts'
import { openPayPage } from '@azora/service-payments/subscriptions/pay-page.ts'
import {
  chargeDueBills,
  renewSubscriptions,
} from '@azora/service-payments/subscriptions/renew-subscriptions.ts'
import { payOnPage } from '../checkout.ts'
import { on, openPlanShop } from './subscriber.ts'

/** What meets at once in the life of a subscription, and what is left of it when its owner goes. */

let shop: Awaited<ReturnType<typeof openPlanShop>>
before(async () => {
  shop = await openPlanShop()
})
after(() => shop.dispose())

/** Somebody whose bank asks them each time, with a payment that is missing since February. */
async function unpaid() {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'), 'asksAlways')
  await shop.pass('2027-02-10')
  const { id } = await shop.state(by)
  return { by, id }
}

const page = (id: string) => openPayPage(shop.tools, shop.organizationId, id, '/account/subscription')

test('Of two who open the page of one bill at once both get the same, and no try by card begins beside it.', async () => {
  const { by, id } = await unpaid()
  const [one, two] = await Promise.all([page(id), page(id)])
  assert.equal(one.checkoutUrl, two.checkoutUrl)
  const tries = (await shop.charges(by)).length
  await chargeDueBills(shop.tools, on('2027-02-14'))
  assert.equal((await shop.charges(by)).length, tries)
})

test('A page that is asked about by several at once pays its bill once.', async () => {
  const { by, id } = await unpaid()
  const { checkoutUrl } = await page(id)
  await payOnPage(checkoutUrl)
  await Promise.all([1, 2, 3].map(() => shop.settle(by, on('2027-02-11'))))
  assert.equal((await shop.state(by)).state.status, 'active')
  const paid = (await shop.told(by)).filter(name => name === 'subscription.invoice_paid')
  assert.equal(paid.length, 2)
})

test('The last card of who subscribes is not removed; another one takes its place when there is one.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'))
  const { userId } = by.actor
  const [only] = await selectCards(shop.school, { userId, sandbox: true })
  const refused = (failure: AppError) => failure.data.reason === 'card_in_use'
  await assert.rejects(removeCard(shop.tools, by.actor, only?.id ?? ''), refused)
  const { id } = await shop.state(by)
  await shop.school.run(sql`
    insert into saved_cards (id, organization_id, user_id, sandbox, stripe_payment_method_id, brand, last4, exp_month,
      exp_year)
    values (gen_random_uuid(), ${shop.organizationId}, ${userId}, true, ${`pm_${id}`}, 'visa', '0341', 12, 2034)`)
  await removeCard(shop.tools, by.actor, only?.id ?? '')
  const left = await selectCards(shop.school, { userId, sandbox: true })
  assert.deepEqual(
    left.map(({ last4, isDefault }) => [last4, isDefault]),
    [['0341', true]],
  )
  const other = shop.caller()
  await assert.rejects(removeCard(shop.tools, other.actor, left[0]?.id ?? ''), { code: 'not_found' })
})

test('A card that is gone at Stripe is as none: its owner is asked for another.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'))
  await shop.school.run(sql`
    update saved_cards set stripe_payment_method_id = ${`pm_${by.actor.userId}`}
    where organization_id = ${shop.organizationId} and user_id = ${by.actor.userId}`)
  await shop.pass('2027-02-10')
  assert.equal((await shop.state(by)).state.status, 'past_due')
  assert.equal((await shop.charges(by)).at(-1)?.declineCode, 'no_card')
})

test('A subscription of the sandbox ends once Stripe itself is there.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'))
  const tools = { ...shop.tools, stripe: { ...shop.tools.stripe, sandbox: false } }
  await renewSubscriptions(tools, on('2027-02-10'))
  await chargeDueBills(tools, on('2027-02-10'))
  assert.equal((await shop.state(by)).state.status, 'cancelled')
  assert.ok((await shop.told(by)).includes('course.access_ended'))
})

test('Who is erased subscribes no more: their courses close, nothing is charged, and Stripe forgets them.', async () => {
  const by = await shop.subscribed(await shop.plan(10_000), on('2027-01-10'))
  const { userId } = by.actor
  const { id } = await shop.state(by)
  const exported = await paymentsPersonalData.gather(shop.school, userId)
  const names = exported.filter(({ content }) => Array.isArray(content) && content.length > 0)
  assert.ok(['subscriptions.json', 'cards.json'].every(name => names.some(one => one.name === name)))
  const { customerId } = await shop.school.one<{ customerId: string }>(sql`
    select customer_id from stripe_customers
    where organization_id = ${shop.organizationId} and user_id = ${userId}`)
  await shop.school.transaction(tx => paymentsPersonalData.erase(tx, userId))
  assert.equal((await shop.told(by)).at(-1), 'subscription.cancelled')
  await shop.pass('2027-04-10')
  const left = await shop.school.one<{ status: string; ownerName: string; bills: number }>(sql`
    select status, owner_name, (select count(*) from subscription_bills b
      where b.organization_id = s.organization_id and b.subscription_id = s.id) as bills
    from subscriptions s where s.organization_id = ${shop.organizationId} and s.id = ${id}`)
  assert.deepEqual(left, { status: 'cancelled', ownerName: '', bills: 1 })
  for (let round = 0; round < 2; round++) await forgetCustomer(shop.tools, { customerId, sandbox: true })
  const stripe = await shop.tools.stripe.open()
  assert.equal((await stripe.customers.retrieve(customerId)).deleted, true)
})
