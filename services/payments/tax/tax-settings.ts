import { southAfricanVat } from '@azora/billing/tax/south-africa.ts'
import type { TaxSettings } from '@azora/contracts/payments/tax.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import { selectOptionalSchoolName } from '../schools/schools.store.ts'
import { oneHolds, rulesOf, today } from './tax-rates.ts'
import {
  insertOptionalTaxSettings,
  type SavedSettings,
  selectOptionalTaxSettings,
} from './tax-settings.store.ts'

/** What holds for a school that has said nothing: no tax, and South Africa's rates to begin with. */
const unsaid = (schoolName: string): TaxSettings => ({
  registered: false,
  entity: { name: schoolName, address: [], country: 'ZA', taxNumber: null, registrationNumber: null },
  taxName: 'VAT',
  pricesIncludeTax: true,
  rates: southAfricanVat.map(({ jurisdiction, rate, from, until }) => ({
    country: jurisdiction,
    basisPoints: (rate.numerator * 10_000) / rate.denominator,
    from,
    until,
  })),
  abroad: { business: 'standard', private: 'standard' },
  numberPrefix: '',
  locale: 'en-ZA',
  paper: 'A4',
  timeZone: 'Africa/Johannesburg',
  notes: [],
})

/**
 * The settings of a school.
 * @param version of them; the latest unless given, and 0 for what holds until there is one.
 */
export async function taxSettingsOf(
  db: Queryable,
  version?: number,
): Promise<Omit<SavedSettings, 'setAt'> & { setAt: string | null }> {
  const saved = version === 0 ? null : await selectOptionalTaxSettings(db, version)
  if (saved) return saved
  // Its own name is known from the moment at which it was made; a document without one would be none.
  return { version: 0, settings: unsaid((await selectOptionalSchoolName(db)) ?? 'School'), setAt: null }
}

export async function readTaxSettings(db: Queryable) {
  const { version, settings, setAt } = await taxSettingsOf(db)
  return { ...settings, version, savedAt: setAt }
}

/**
 * Save another version, on top of the one that was changed.
 * @throws AppError `conflict` where somebody saved since; `invalid_input` for an unknown time zone, and for a school that
 * is registered in a country of which no rate, or more than one, holds today.
 */
export async function saveTaxSettings(
  db: Database,
  by: Caller,
  { version, ...settings }: TaxSettings & { version: number },
) {
  if (!isTimeZone(settings.timeZone)) throw invalidField('timeZone', 'time_zone_unknown')
  if (settings.registered && settings.entity.taxNumber === null)
    throw invalidField('entity.taxNumber', 'tax_number_missing')
  if (settings.registered && !oneHolds(rulesOf(settings), settings.entity.country, today(settings)))
    throw invalidField('rates', 'tax_rate_missing')
  return db.in(by.actor.organizationId).transaction(async tx => {
    const before = await taxSettingsOf(tx)
    const next = { version: version + 1, settings, setBy: by.actor.userId }
    if (before.version !== version || !(await insertOptionalTaxSettings(tx, next)))
      throw new AppError('conflict')
    await recordAudit(tx, 'payments', by, {
      action: 'tax_settings.changed',
      details: {
        version: next.version,
        registered: settings.registered,
        before: before.settings,
        after: settings,
      },
    })
    return readTaxSettings(tx)
  })
}

function isTimeZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }))
  } catch {
    return false
  }
}
