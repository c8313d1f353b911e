import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TaxSettings } from '@azora/contracts/payments/tax.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { sql } from '@azora/kit/sql.ts'
import { upsertDetails } from '@azora/service-payments/buyers/billing-details.store.ts'
import { firstLines } from '@azora/service-payments/subscriptions/bill-lines.ts'
import {
  changeSubscription,
  previewChange,
} from '@azora/service-payments/subscriptions/change-subscription.ts'
import { priceBill } from '@azora/service-payments/subscriptions/open-bill.ts'
import { readTaxSettings, saveTaxSettings } from '@azora/service-payments/tax/tax-settings.ts'
import { on, openPlanShop } from './subscriber.ts'

/** Days that were paid and are not used come back as they were billed, and pay only what is as real as they are. */

let shop: Awaited<ReturnType<typeof openPlanShop>>
before(async () => {
  shop = await openPlanShop()
})
after(() => shop.dispose())

/** The school adds South Africa's tax to its prices, and none for buyers abroad, unless told otherwise. */
async function taxed(changed: Partial<TaxSettings> = {}): Promise<void> {
  const { version, savedAt: _, ...settings } = await readTaxSettings(shop.school)
  await saveTaxSettings(shop.kit.db, shop.caller(), {
    ...settings,
    registered: true,
    entity: { ...settings.entity, taxNumber: '4012345678' },
    pricesIncludeTax: false,
    abroad: { business: 'zero_rated', private: 'zero_rated' },
    ...changed,
    version,
  })
}

const livesIn = (by: AskingCaller, country: 'ZA' | 'NA') =>
  upsertDetails(shop.school, by.actor.userId, {
    name: 'A Learner',
    address: ['1 Long Street'],
    country,
    taxNumber: null,
  })

/** Somebody of a country who has paid 310 rand, and its tax, for January. */
async function subscriber(country: 'ZA' | 'NA'): Promise<AskingCaller> {
  const by = shop.caller()
  await livesIn(by, country)
  return shop.subscribed(await shop.plan(31_000), on('2027-01-01'), 'works', by)
}

async function change(by: AskingCaller, what: object, day: string) {
  const wish = { when: 'now', ...what } as Parameters<typeof previewChange>[2]
  const { quote } = await previewChange(shop.tools, by.actor, wish, on(day))
  await changeSubscription(shop.tools, by.actor, { ...wish, quote }, on(day))
  return { due: quote.due.amountMinor, credited: quote.credited.amountMinor }
}

/** The tax of what was told last: what mint books of it. */
async function taxTold(by: AskingCaller): Promise<number> {
  const { tax } = await shop.kit.db.across.one<{ tax: number }>(sql`
    select (payload->'tax'->>'amountMinor')::bigint as tax from outbox
    where name = 'subscription.invoice_paid' and payload->>'userId' = ${by.actor.userId} order by id desc limit 1`)
  return tax
}

test('Who moves after they paid gets back what they paid, with the tax that they paid.', async () => {
  await taxed()
  const home = await subscriber('NA')
  assert.equal(await shop.taken(home), 31_000)
  await livesIn(home, 'ZA')
  // 21 of 31 days, at 10 rand a day.
  assert.deepEqual(await change(home, { action: 'cancel' }, '2027-01-10'), { due: 0, credited: 21_000 })
  assert.equal(await taxTold(home), 0)
  const away = await subscriber('ZA')
  assert.equal(await shop.taken(away), 35_650)
  await livesIn(away, 'NA')
  assert.deepEqual(await change(away, { action: 'pause' }, '2027-01-10'), { due: 0, credited: 24_150 })
  assert.equal(await taxTold(away), -3150)
})

test('What the school sets after it was paid changes nothing of what comes back.', async () => {
  for (const since of [{ pricesIncludeTax: true }, { registered: false }]) {
    await taxed()
    const by = await subscriber('ZA')
    await taxed(since)
    assert.deepEqual(await change(by, { action: 'cancel' }, '2027-01-10'), { due: 0, credited: 24_150 })
    assert.equal(await taxTold(by), -3150)
  }
})

test('Each change takes back the bill before it: the old days as they were billed, the new ones as of now.', async () => {
  await taxed()
  const by = await subscriber('ZA')
  await livesIn(by, 'NA')
  const { id: planId, version } = await shop.plan(62_000)
  const up = await change(by, { action: 'change_plan', planId, version }, '2027-01-10')
  assert.deepEqual(up, { due: 42_000 - 24_150, credited: 0 })
  assert.equal(await taxTold(by), -3150)
  await livesIn(by, 'ZA')
  assert.deepEqual(await change(by, { action: 'cancel' }, '2027-01-20'), { due: 0, credited: 22_000 })
  assert.equal(await taxTold(by), 0)
})

test('Credit of the sandbox pays no real bill, and real credit none of the sandbox.', async () => {
  await taxed()
  const by = await subscriber('NA')
  await change(by, { action: 'cancel' }, '2027-01-10')
  const stored = await shop.state(by)
  const paidFrom = async (sandbox: boolean) => {
    const { priced } = await priceBill(
      shop.school,
      { ...stored, sandbox },
      firstLines(stored.state),
      '2027-02-01',
    )
    return { due: priced.due.amountMinor, from: priced.credits.map(({ amount }) => amount.amountMinor) }
  }
  assert.deepEqual(await paidFrom(true), { due: 10_000, from: [21_000] })
  assert.deepEqual(await paidFrom(false), { due: 31_000, from: [] })
  await shop.school.run(sql`
    update customer_credits set sandbox = false
    where organization_id = ${shop.organizationId} and owner_id = ${by.actor.userId}`)
  assert.deepEqual(await paidFrom(true), { due: 31_000, from: [] })
  assert.deepEqual(await paidFrom(false), { due: 10_000, from: [21_000] })
})

test('On the day of a change of interval it can be cancelled: all of what began to be billed comes back.', async () => {
  await taxed()
  const by = await subscriber('NA')
  const { id: planId, version } = await shop.plan(365_000, { unit: 'year' })
  const year = await change(by, { action: 'change_plan', planId, version }, '2027-01-10')
  assert.deepEqual(year, { due: 365_000 - 21_000, credited: 0 })
  assert.deepEqual(await change(by, { action: 'cancel' }, '2027-01-10'), { due: 0, credited: 365_000 })
})
