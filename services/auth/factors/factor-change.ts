import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import type { Revocations } from '@azora/kit/revocations.ts'
import { type FactorNotice, queueFactorNotice } from '../emails/factor-notice.ts'
import { makeTokensStale } from '../sessions/revocations.store.ts'
import { revokeSessions } from '../sessions/sessions.store.ts'
import { lockPerson, updateMfaEnabled } from './factors.store.ts'
import { deleteRecoveryCodes } from './recovery-codes.store.ts'
import { createRecoveryCodes } from './recovery-codes.ts'

/** Who changes their own factors, from where. */
export type Change = Caller & { revocations: Revocations }

const actions = {
  totp_added: { action: 'factor.added', factor: 'totp' },
  totp_removed: { action: 'factor.removed', factor: 'totp' },
  passkey_added: { action: 'factor.added', factor: 'passkey' },
  passkey_removed: { action: 'factor.removed', factor: 'passkey' },
  recovery_codes_renewed: { action: 'recovery_codes.renewed', factor: null },
} as const satisfies Partial<Record<FactorNotice, object>>

/**
 * Change someone's second factors, one change at a time, with what follows from it: the email, the audit entry,
 * and with the last one the recovery codes go. With the first and the last one the roles that tokens lend may become
 * others, so tokens from before are to be renewed.
 * @returns what `work` returns.
 */
export async function changeFactors<T>(
  db: Database,
  by: Change,
  { change, passkeyId }: { change: keyof typeof actions; passkeyId?: string },
  work: (tx: Transaction, person: { hasPassword: boolean; mfaEnabled: boolean }) => Promise<T>,
): Promise<T> {
  const { userId, organizationId } = by.actor
  // Sessions of all schools are to be reached; the entry belongs to the school in which the person acts.
  const result = await db.across.transaction(async tx => {
    const person = await lockPerson(tx, userId)
    const done = await work(tx, person)
    const mfaEnabled = await updateMfaEnabled(tx, userId)
    if (!mfaEnabled) await deleteRecoveryCodes(tx, userId)
    if (mfaEnabled !== person.mfaEnabled) await makeTokensStale(tx, userId)
    await tx.enter(organizationId)
    const { action, factor } = actions[change]
    await recordAudit(tx, 'auth', by, {
      action,
      subject: { kind: 'person', id: userId },
      details: { ...(factor ? { factor } : {}), ...(passkeyId ? { passkeyId } : {}) },
    })
    await queueFactorNotice(tx, { userId, organizationId, change })
    return done
  })
  by.revocations.announce()
  return result
}

/** Give recovery codes, in place of earlier ones, and end the other sessions, which were opened with fewer proofs. */
export async function beginAnew(tx: Transaction, { actor }: Change): Promise<string[]> {
  await revokeSessions(tx, { userId: actor.userId, except: actor.sessionId })
  return createRecoveryCodes(tx, actor.userId)
}
