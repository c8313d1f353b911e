import { NotRates, readReferenceRates } from '@azora/billing/exchange/reference-rates.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { invalidField } from '@azora/kit/errors.ts'
import { selectSettings } from '../settings/settings.store.ts'
import { schoolDay } from '../subscriptions/school-day.ts'
import { type PublishedRate, upsertRates } from './exchange-rates.store.ts'

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
  { base, source, csv }: { base: string; source: string; csv: string },
): Promise<{ saved: number; latest: string }> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const { currencies, reportingCurrency } = await selectSettings(tx)
    const wanted = new Set(reportingCurrency === null ? currencies : [...currencies, reportingCurrency])
    const today = await schoolDay(tx, new Date())
    const rates = new Map(
      readRates(csv, { base, source, wanted })
        .filter(({ on }) => on <= today)
        .map(rate => [`${rate.to} ${rate.on}`, rate]),
    )
    const latest = [...rates.values()]
      .map(({ on }) => on)
      .sort()
      .at(-1)
    if (latest === undefined) throw invalidField('csv', 'no_rate_wanted')
    const saved = await upsertRates(tx, [...rates.values()])
    const details = { base, source, saved, latest }
    await recordAudit(tx, 'payments', by, { action: 'exchange_rates.imported', details })
    return { saved, latest }
  })
}

function readRates(csv: string, about: Parameters<typeof readReferenceRates>[1]): PublishedRate[] {
  try {
    return readReferenceRates(csv, about)
  } catch (failure) {
    if (failure instanceof NotRates)
      throw invalidField('csv', 'rates_not_read', { values: { line: String(failure.line) } })
    throw failure
  }
}
