import { isSteppedUp, stepUpSeconds } from '@azora/kit/access.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { selectIdentities } from '../federation/identities.store.ts'
import { selectOptionalProofs } from './factors.store.ts'
import { selectPasskeys } from './passkeys.store.ts'
import { countRecoveryCodes } from './recovery-codes.store.ts'
import { selectOptionalTotp } from './totp.store.ts'

/** How someone signs in, and how they can prove who they are. */
export async function readSecurity(db: Database, actor: Actor) {
  const { userId } = actor
  const person = await selectOptionalProofs(db.across, userId)
  if (!person) throw new AppError('unauthenticated')
  const totp = await selectOptionalTotp(db.across, userId)
  const passkeys = await selectPasskeys(db.across, userId)
  const identities = await selectIdentities(db.across, userId)
  const hasPassword = person.passwordHash !== null
  const { authenticatedAt } = actor
  return {
    hasPassword,
    totpEnabledAt: totp?.enabledAt ?? null,
    recoveryCodesLeft: await countRecoveryCodes(db.across, userId),
    passkeys,
    identities: identities.map(({ provider, label, linkedAt }) => ({ provider, label, linkedAt })),
    stepUpUntil:
      authenticatedAt !== undefined && isSteppedUp(actor)
        ? new Date((authenticatedAt + stepUpSeconds) * 1000).toISOString()
        : null,
    stepUpMethods: person.mfaEnabled
      ? [...(passkeys.length > 0 ? ['passkey' as const] : []), ...(totp ? ['totp' as const] : [])]
      : [...(hasPassword ? ['password' as const] : []), ...identities.map(({ provider }) => provider)],
  }
}
