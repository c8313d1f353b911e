import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { minus, none, plus, total } from '@azora/billing/analytics/fraction.ts'
import { movementKinds, movementsBetween } from '@azora/billing/analytics/movements.ts'
import { mrrByCustomer, only } from '@azora/billing/analytics/mrr.ts'
import { addDays } from '@azora/billing/calendar/day.ts'
import type { AskingCaller } from '@azora/kit/caller.ts'
import { Sql, sql } from '@azora/kit/sql.ts'
import { importRates } from '@azora/service-payments/exchange/save-rates.ts'
import { insertMoment, selectHistories } from '@azora/service-payments/revenue/history.store.ts'
import {
  recurringRevenue,
  revenueChurn,
  revenueCohorts,
  revenueMovements,
} from '@azora/service-payments/revenue/revenue.ts'
import { saveSettings } from '@azora/service-payments/settings/settings.ts'
import {
  changeSubscription,
  previewChange,
} from '@azora/service-payments/subscriptions/change-subscription.ts'
import fc from 'fast-check'
import { on, openPlanShop } from './subscriber.ts'

/** What subscriptions bring: written down as it happens, and worked out from that. */

let shop: Awaited<ReturnType<typeof openPlanShop>>
before(async () => {
  shop = await openPlanShop()
})
after(() => shop.dispose())

const ofSandbox = (day: string) => ({ sandbox: true, now: on(day) })

async function does(by: AskingCaller, day: string, wish: { action: 'cancel' | 'pause' | 'resume' } | object) {
  const wanted = { when: 'now', ...wish } as never
  const { quote } = await previewChange(shop.tools, by.actor, wanted, on(day))
  await changeSubscription(shop.tools, by.actor, { ...(wanted as object), quote } as never, on(day))
}

const momentsOf = async (by: AskingCaller) => {
  const { id } = await shop.state(by)
  return shop.school.rows<{ on: string; status: string; net: number | null }>(sql`
    select on_day::text as on, status, net_minor as net from subscription_history
    where organization_id = ${shop.organizationId} and subscription_id = ${id} order by position`)
}

test('Each change of plan, amount and status is written down with its day; what stays the same is not.', async () => {
  const [plan, dearer] = await Promise.all([10_000, 24_000].map(price => shop.plan(price)))
  assert.ok(plan && dearer)
  const by = await shop.subscribed(plan, on('2027-01-10'))
  await shop.pass('2027-02-10')
  await does(by, '2027-02-20', { action: 'change_plan', planId: dearer.id, version: dearer.version })
  await does(by, '2027-03-01', { action: 'pause' })
  await does(by, '2027-04-05', { action: 'resume' })
  await does(by, '2027-05-02', { action: 'cancel' })
  // And somebody who comes later and stays.
  await shop.subscribed(plan, on('2027-04-15'))
  assert.deepEqual(await momentsOf(by), [
    { on: '2027-01-10', status: 'active', net: 10_000 },
    { on: '2027-02-20', status: 'active', net: 24_000 },
    { on: '2027-03-01', status: 'paused', net: null },
    { on: '2027-04-05', status: 'active', net: 24_000 },
    { on: '2027-05-02', status: 'cancelled', net: null },
  ])
  const asked = { currency: 'ZAR', months: 6 }
  const { items } = await revenueMovements(shop.school, asked, ofSandbox('2027-05-20'))
  const kinds = (name: 'opening' | 'closing' | (typeof movementKinds)[number]) =>
    items.map(one => one[name].amountMinor)
  assert.deepEqual(
    items.map(({ month }) => month),
    ['2026-12', '2027-01', '2027-02', '2027-03', '2027-04', '2027-05'],
  )
  assert.deepEqual(kinds('new'), [0, 10_000, 0, 0, 10_000, 0])
  assert.deepEqual(kinds('expansion'), [0, 0, 14_000, 0, 0, 0])
  assert.deepEqual(kinds('churn'), [0, 0, 0, -24_000, 0, -24_000])
  assert.deepEqual(kinds('reactivation'), [0, 0, 0, 0, 24_000, 0])
  assert.deepEqual(kinds('closing'), [0, 10_000, 24_000, 0, 34_000, 10_000])
  const now = await recurringRevenue(shop.school, asked, ofSandbox('2027-05-20'))
  assert.deepEqual([now.on, now.mrr.amountMinor, now.customers], ['2027-05-20', 10_000, 1])
  const churn = (await revenueChurn(shop.school, asked, ofSandbox('2027-05-20'))).items.at(-1)
  assert.deepEqual(
    [churn?.atStart, churn?.left, churn?.customers?.numerator, churn?.revenue?.numerator],
    [2, 1, 5000, 7059],
  )
  // 17,000 by customer, over a half.
  assert.equal(churn?.lifetimeValue?.amountMinor, 34_000)
  const cohorts = (await revenueCohorts(shop.school, asked, ofSandbox('2027-05-20'))).items
  assert.deepEqual(
    cohorts.map(({ month, months }) => [month, months.map(({ customers }) => customers)]),
    [
      ['2027-01', [1, 1, 0, 1, 0]],
      ['2027-04', [1, 1]],
    ],
  )
  assert.deepEqual(await revenueCohorts(shop.school, asked, { ...ofSandbox('2027-05-20'), sandbox: false }), {
    items: [],
  })
})

test('Who subscribes again is the same customer, also once their account is gone.', async () => {
  const plan = await shop.plan(5_000)
  const by = await shop.subscribed(plan, on('2027-01-10'))
  await does(by, '2027-01-20', { action: 'cancel' })
  await shop.subscribed(plan, on('2027-02-10'), 'works', by)
  const keys = () =>
    shop.school.rows<{ key: string }>(sql`
      select distinct subscriber_key as key from subscriptions
      where organization_id = ${shop.organizationId} and plan_id = ${plan.id}`)
  const before = await keys()
  assert.equal(before.length, 1)
  assert.notEqual(before[0]?.key, by.actor.userId)
})

test('The migration finds of what was billed before what was written down since.', async () => {
  const plan = await shop.plan(7_000)
  const by = await shop.subscribed(plan, on('2027-01-10'))
  await shop.pass('2027-02-10')
  const now = await momentsOf(by)
  const { id } = await shop.state(by)
  const file = new URL(
    '../../services/payments/migrations/20261201032000_subscription_history.sql',
    import.meta.url,
  )
  const backfill = (await readFile(file, 'utf8')).split('are those of today.\n')[1] ?? ''
  const only = backfill.replace(
    "not in ('incomplete', 'expired')",
    `not in ('incomplete', 'expired') and s.id = '${id}'`,
  )
  await shop.school.transaction(async tx => {
    await tx.run(sql`
      delete from subscription_history where organization_id = ${shop.organizationId} and subscription_id = ${id}`)
    await tx.run(new Sql([only], []))
  })
  assert.deepEqual(await momentsOf(by), now)
})

const days = Array.from({ length: 60 }, (_, at) => addDays('2027-06-01', at))

test('Over random histories, what recurs on one day less what did on another is the sum of the movements, exactly.', async () => {
  const plan = await shop.plan(1_000)
  const day = fc.integer({ min: 0, max: 59 })
  const moment = fc.record({
    day,
    net: fc.option(fc.integer({ min: 0, max: 99_999 })),
    unit: fc.constantFrom('day', 'week', 'month', 'quarter', 'year'),
    count: fc.integer({ min: 1, max: 7 }),
  })
  const subscription = fc.record({ customer: fc.nat(3), moments: fc.array(moment, { maxLength: 6 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(subscription, { maxLength: 6 }), day, day, async (all, one, other) => {
      const owners = Array.from({ length: 4 }, () => crypto.randomUUID())
      const ids = all.map(() => crypto.randomUUID())
      const undone = new Error('Undone.')
      await shop.school
        .transaction(async tx => {
          await tx.run(sql`
            delete from subscription_history where organization_id = ${shop.organizationId} and currency = 'ZAR'`)
          for (const [at, { customer, moments }] of all.entries()) {
            const id = ids[at] ?? ''
            await tx.run(sql`
              insert into subscriptions (id, organization_id, owner_name, owner_email, plan_id, plan_version, status, currency,
                sandbox, state, trial_days, subscriber_key)
              values (${id}, ${shop.organizationId}, '', '', ${plan.id}, 1, 'active', 'ZAR', true, '{}', 0, ${owners[customer]})`)
            for (const { day: onDay, net, unit, count } of moments)
              await insertMoment(tx, id, {
                ...{
                  onDay: days[onDay] ?? '',
                  status: 'active',
                  planId: plan.id,
                  planVersion: 1,
                  currency: 'ZAR',
                },
                ...{ agreedMinor: net ?? 0, netMinor: net, unit, count },
              } as never)
          }
          const histories = await selectHistories(tx, { currencies: ['ZAR'], sandbox: true })
          const [from = '', to = ''] = [days[Math.min(one, other)], days[Math.max(one, other)]]
          const mrr = (at: string) => total(mrrByCustomer(histories, at, only('ZAR')).values())
          const moves = movementsBetween(histories, from, to, only('ZAR'))
          const sum = movementKinds.reduce((sofar, kind) => plus(sofar, moves[kind]), none)
          assert.deepEqual(minus(mrr(to), mrr(from)), sum)
          throw undone
        })
        .catch(failure => {
          if (failure !== undone) throw failure
        })
    }),
    { numRuns: 60 },
  )
})

test('Subscriptions in all currencies are told in one, each at its latest rate; what has no rate is named.', async () => {
  const own = await openPlanShop()
  try {
    const day = '2026-10-05'
    await saveSettings(own.kit.db, own.caller(), { currencies: ['ZAR', 'USD', 'KES'] })
    for (const [amount, currency] of [
      [10_000, 'ZAR'],
      [500, 'USD'],
      [30_000, 'KES'],
    ] as const)
      await own.subscribed(await own.plan(amount, { currency }), on(day))
    const asked = { currency: 'ZAR', months: 2, include: 'all' } as const
    const figureOf = () => recurringRevenue(own.school, asked, ofSandbox('2026-10-20'))
    const unrated = await figureOf()
    assert.deepEqual([unrated.mrr.amountMinor, unrated.withoutRate], [10_000, ['KES', 'USD']])
    const file = {
      base: 'EUR',
      source: 'a bank',
      csv: 'Date,USD,ZAR\n2026-10-01,1.25,20\n2026-10-02,1.25,22.5',
    }
    await importRates(own.kit.db, own.caller(), file)
    const { mrr, customers, rates, withoutRate } = await figureOf()
    // 5 dollars are 4 euros, and those are 90 rand.
    assert.deepEqual([mrr, customers, withoutRate], [{ amountMinor: 19_000, currency: 'ZAR' }, 2, ['KES']])
    assert.deepEqual(rates, [{ from: 'USD', to: 'ZAR', rate: 18, on: '2026-10-02', source: 'a bank' }])
    const { items } = await revenueMovements(own.school, asked, ofSandbox('2026-10-20'))
    assert.deepEqual(
      items.map(one => [one.opening.amountMinor, one.new.amountMinor, one.closing.amountMinor]),
      [
        [0, 0, 0],
        [0, 19_000, 19_000],
      ],
    )
    const alone = await recurringRevenue(own.school, { currency: 'USD', months: 2 }, ofSandbox('2026-10-20'))
    assert.deepEqual([alone.mrr.amountMinor, alone.rates], [500, []])
  } finally {
    await own.dispose()
  }
})
