import { lastOf } from '@azora/billing/calendar/day.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { invalidField } from '@azora/kit/errors.ts'
import { selectSettings } from '../settings/settings.store.ts'
import { schoolDay } from '../subscriptions/school-day.ts'
import { type PublishedRate, upsertRates } from './exchange-rates.store.ts'
import { type RateFile, readRates } from './read-rates.ts'

/**
 * Write down the rate of a pair on a day. Two who do so at once: the later one counts.
 * @throws AppError `invalid_input` for a day to come, and for a currency in itself
 */
export async function saveRate(db: Database, by: Caller, wanted: PublishedRate): Promise<PublishedRate> {
  if (wanted.from === wanted.to) throw invalidField('to', 'currency_same')
  return db.in(by.actor.organizationId).transaction(async tx => {
    if (wanted.on > (await schoolDay(tx, new Date()))) throw invalidField('on', 'rate_to_come')
    await upsertRates(tx, [wanted])
    await recordAudit(tx, 'payments', by, { action: 'exchange_rate.saved', details: { ...wanted } })
    return wanted
  })
}

/**
 * Take over what a central bank published. The same file twice changes nothing.
 * @throws AppError `invalid_input` for a file that is none, and for one without a rate that the school could use
 */
export async function importRates(
  db: Database,
  by: Caller,
  file: RateFile,
): Promise<{ saved: number; latest: string }> {
  const school = db.in(by.actor.organizationId)
  const { currencies, reportingCurrency } = await selectSettings(school)
  const wanted = new Set(reportingCurrency === null ? currencies : [...currencies, reportingCurrency])
  const today = await schoolDay(school, new Date())
  const rates = await readRates(file, wanted, today)
  const latest = [...rates.values()].flatMap(days => [...days.keys()]).reduce(lastOf, '')
  if (latest === '') throw invalidField('csv', 'no_rate_wanted')
  return school.transaction(async tx => {
    let saved = 0
    // A currency at a time, always in the same order, so that of two files at once none waits for the other in a circle.
    for (const to of [...rates.keys()].sort())
      saved += await upsertRates(tx, [...(rates.get(to)?.values() ?? [])])
    const details = { base: file.base, source: file.source, saved, latest }
    await recordAudit(tx, 'payments', by, { action: 'exchange_rates.imported', details })
    return { saved, latest }
  })
}
