import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { selectCurrencies, upsertCurrencies } from './settings.store.ts'

/** Say in which currencies the school sells. Two who do so at once: the later one counts, whole. */
export async function saveCurrencies(db: Database, by: Caller, wanted: readonly string[]): Promise<string[]> {
  const currencies = [...new Set(wanted)]
  return db.in(by.actor.organizationId).transaction(async tx => {
    const before = await selectCurrencies(tx)
    await upsertCurrencies(tx, currencies)
    await recordAudit(tx, 'payments', by, {
      action: 'payment_settings.changed',
      details: { before, after: currencies },
    })
    return currencies
  })
}
