import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { type Settings, selectSettings, upsertSettings } from './settings.store.ts'

type Wanted = Pick<Settings, 'currencies'> & {
  refundRequestDays?: number | undefined
  reportingCurrency?: string | null | undefined
}

/** Say how the school takes money. What is not said stays. Two who do so at once: the later one counts, whole. */
export async function saveSettings(db: Database, by: Caller, wanted: Wanted): Promise<Settings> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const before = await selectSettings(tx)
    const after = {
      currencies: [...new Set(wanted.currencies)],
      refundRequestDays: wanted.refundRequestDays ?? before.refundRequestDays,
      reportingCurrency:
        wanted.reportingCurrency === undefined ? before.reportingCurrency : wanted.reportingCurrency,
    }
    await upsertSettings(tx, after)
    await recordAudit(tx, 'payments', by, {
      action: 'payment_settings.changed',
      details: { before, after },
    })
    return after
  })
}
