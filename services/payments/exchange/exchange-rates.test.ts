import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Caller } from '@azora/kit/caller.ts'
import type { AppError } from '@azora/kit/errors.ts'
import { createTestKit } from '@azora/kit/testing.ts'
import { payments } from '../service.ts'
import { saveSettings } from '../settings/settings.ts'
import { selectLatestRates } from './exchange-rates.store.ts'
import { daysAtOnce, readRates } from './read-rates.ts'
import { importRates, saveRate } from './save-rates.ts'

let kit: Awaited<ReturnType<typeof createTestKit>>
before(async () => {
  kit = await createTestKit(payments)
})
after(() => kit.dispose())

function officer(): Caller {
  const actor = {
    userId: randomUUID(),
    organizationId: randomUUID(),
    sessionId: randomUUID(),
    roles: ['learner' as const],
    authenticatedAt: 0,
  }
  return { actor, ip: '127.0.0.1', userAgent: 'test' }
}
const latest = (by: Caller, upTo = '2026-12-31') =>
  selectLatestRates(kit.db.in(by.actor.organizationId), upTo).then(rates =>
    rates.map(({ from, to, rate, on }) => `${from} ${to} ${rate} ${on}`),
  )
const refusedFor = (reason: string) => (failure: AppError) => failure.data?.fields?.[0]?.reason === reason
const dollar = { from: 'USD', to: 'ZAR', rate: '18.10', on: '2026-11-02', source: 'a bank' }

test('A day has one rate of a pair: the one that was saved last.', async () => {
  const by = officer()
  await saveRate(kit.db, by, dollar)
  await saveRate(kit.db, by, { ...dollar, rate: '18.20' })
  await saveRate(kit.db, by, { ...dollar, rate: '17.9', on: '2026-11-01' })
  assert.deepEqual(await latest(by), ['USD ZAR 18.20 2026-11-02'])
  assert.deepEqual(await latest(by, '2026-11-01'), ['USD ZAR 17.9 2026-11-01'])
  assert.deepEqual(await latest(officer()), [])
})

test('Files and rates that are saved at once all arrive, and none waits for another in a circle.', async () => {
  const by = officer()
  await saveSettings(kit.db, by, { currencies: ['ZAR', 'USD', 'KES'] })
  const days = Array.from({ length: 28 }, (_, at) => `2026-10-${String(at + 1).padStart(2, '0')}`)
  const file = (order: string[]) => `Date,ZAR,USD,KES\n${order.map(day => `${day},20,1.1,140`).join('\n')}`
  await Promise.all([
    importRates(kit.db, by, { base: 'EUR', source: 'one', csv: file(days) }),
    importRates(kit.db, by, { base: 'EUR', source: 'two', csv: file(days.toReversed()) }),
    saveRate(kit.db, by, { ...dollar, on: '2026-10-05' }),
  ])
  assert.deepEqual(await latest(by), [
    'EUR KES 140 2026-10-28',
    'EUR USD 1.1 2026-10-28',
    'EUR ZAR 20 2026-10-28',
    'USD ZAR 18.10 2026-10-05',
  ])
})

test('The same file twice changes nothing, and a corrected one what it corrects.', async () => {
  const by = officer()
  await saveSettings(kit.db, by, { currencies: ['USD'], reportingCurrency: 'ZAR' })
  const file = { base: 'EUR', source: 'a bank', csv: 'Date,USD,ZAR,CHF\n2026-11-02,1.08,19.7,0.93\n' }
  assert.deepEqual(await importRates(kit.db, by, file), { saved: 2, latest: '2026-11-02' })
  assert.deepEqual(await importRates(kit.db, by, file), { saved: 0, latest: '2026-11-02' })
  const corrected = { ...file, csv: file.csv.replace('19.7', '19.8') }
  assert.equal((await importRates(kit.db, by, corrected)).saved, 1)
})

test('While a file is read, others are served between its days, however wide it is.', async () => {
  const days = 40 * daysAtOnce
  const csv = `Date,ZAR${',XXX'.repeat(40_000)}\n${'2026-10-01,20\n'.repeat(days)}`
  let [turns, reading] = [0, true]
  const turning = (async () => {
    for (; reading; turns++) await setImmediate()
  })()
  const rates = await readRates({ base: 'EUR', source: 'a bank', csv }, new Set(['ZAR']), '2026-12-31')
  reading = false
  await turning
  assert.equal(rates.get('ZAR')?.size, 1)
  assert.ok(turns >= days / daysAtOnce, `${turns} turns of the loop`)
})

test('Days to come, a currency in itself, and files without a usable rate are refused.', async () => {
  const by = officer()
  await assert.rejects(saveRate(kit.db, by, { ...dollar, on: '2199-01-01' }), refusedFor('rate_to_come'))
  await assert.rejects(saveRate(kit.db, by, { ...dollar, to: 'USD' }), refusedFor('currency_same'))
  const file = { base: 'EUR', source: 'a bank' }
  const none = importRates(kit.db, by, { ...file, csv: 'Date,CHF\n2026-11-02,0.93' })
  await assert.rejects(none, refusedFor('no_rate_wanted'))
  const wrong = importRates(kit.db, by, { ...file, csv: 'Date,ZAR\nyesterday,19' })
  await assert.rejects(wrong, refusedFor('rates_not_read'))
  assert.deepEqual(await latest(by), [])
})
