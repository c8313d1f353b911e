import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Revocations } from '@azora/kit/revocations.ts'
import {
  lockOptionalSettings,
  makeTokensOfUnprotectedStale,
  type Settings,
  updateSettings,
} from './organizations.store.ts'

type Changes = { [K in 'name' | 'registration' | 'requireMfa' | 'tier']?: Settings[K] | undefined }

/**
 * Change a school's settings; what is not given stays. Its new name is told to the other services, and those whom a
 * changed rule on second factors concerns get tokens with the roles that it leaves them. The audit entry is the
 * school's, also when an operator does it.
 * @throws AppError `not_found`.
 */
export async function changeSettings(
  { db, revocations }: { db: Database; revocations: Pick<Revocations, 'announce'> },
  by: Caller,
  organizationId: string,
  changes: Changes,
): Promise<Settings> {
  return db.in(organizationId).transaction(async tx => {
    const before = await lockOptionalSettings(tx, organizationId)
    if (!before) throw new AppError('not_found')
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const after: Settings = { ...before, ...given }
    const changed = (Object.keys(given) as (keyof Changes)[]).filter(key => before[key] !== after[key])
    if (changed.length === 0) return before
    await updateSettings(tx, after)
    if (after.name !== before.name) {
      const { slug, name } = after
      await publish(tx, 'auth', 'organization.changed', { organizationId, slug, name })
    }
    if (after.requireMfa !== before.requireMfa) {
      const everybody = [before.requireMfa, after.requireMfa].includes('everyone')
      await makeTokensOfUnprotectedStale(tx, { organizationId, everybody })
      tx.afterCommit(() => revocations.announce())
    }
    const { registration, requireMfa, tier } = after
    await recordAudit(tx, 'auth', by, {
      action: 'organization.settings_saved',
      subject: { kind: 'organization', id: organizationId },
      details: { changed, registration, requireMfa, tier },
    })
    return after
  })
}
