import type { Transaction } from '@azora/kit/db.ts'
import { queueFactorNotice } from '../emails/factor-notice.ts'
import { makeTokensStale } from '../sessions/revocations.store.ts'
import { deleteCeremoniesOf } from './ceremonies.store.ts'
import { deleteChallengesOf } from './challenge.store.ts'
import { lockPerson, updateMfaEnabled } from './factors.store.ts'
import { deletePasskeysOf } from './passkeys.store.ts'
import { deleteRecoveryCodes } from './recovery-codes.store.ts'
import { deleteTotp } from './totp.store.ts'

/**
 * Take all second factors and passkeys from someone who has lost them, and tell them by email. The audit entry is
 * the caller's, and `announce()` after the commit.
 */
export async function resetFactors(tx: Transaction, userId: string): Promise<void> {
  await lockPerson(tx, userId)
  await deleteTotp(tx, userId)
  await deletePasskeysOf(tx, userId)
  await deleteRecoveryCodes(tx, userId)
  await deleteCeremoniesOf(tx, userId)
  await deleteChallengesOf(tx, userId)
  await updateMfaEnabled(tx, userId)
  await makeTokensStale(tx, userId)
  await queueFactorNotice(tx, { userId, organizationId: null, change: 'factors_reset' })
}
