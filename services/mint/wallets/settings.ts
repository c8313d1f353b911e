import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { replaceSettings, selectSettings, type WalletSettings } from './settings.store.ts'

/** Say who may send money, and how much in a day. Of two who do so at once, the later one counts, whole. */
export function saveWalletSettings(
  db: Database,
  by: Caller,
  wanted: WalletSettings,
): Promise<WalletSettings> {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const before = await selectSettings(tx)
    await replaceSettings(tx, wanted)
    const after = await selectSettings(tx)
    await recordAudit(tx, 'mint', by, { action: 'wallet_settings.changed', details: { before, after } })
    return after
  })
}
