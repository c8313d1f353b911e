import { recordAudit } from '@azora/kit/audit.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { Revocations } from '@azora/kit/revocations.ts'
import { queueAccountNotice } from '../emails/account-notice.ts'
import { digestOfToken, queuePasswordReset } from '../emails/password-reset.ts'
import { deleteChallengesOf } from '../factors/challenge.store.ts'
import { findOrganization } from '../organizations/organizations.ts'
import { revokeSessions } from '../sessions/sessions.store.ts'
import type { Visitor } from '../sessions/sessions.ts'
import { countEmailSecret } from '../sessions/throttle.ts'
import { selectOptionalCredentials, updatePassword } from './accounts.store.ts'
import { mayWrite } from './email-budget.ts'
import { deleteEmailChangesOf } from './email-changes.store.ts'
import { hashPassword } from './password.ts'
import {
  deletePasswordResetsOf,
  selectOptionalPasswordReset,
  spendPasswordReset,
} from './password-resets.store.ts'
import { requireGoodPassword } from './password-rules.ts'

/**
 * Ask for an email with which a new password can be set. Nothing here looks whether the address has an account.
 * @throws AppError `not_found` for an unknown school, `rate_limited`.
 */
export async function forgotPassword(
  { db, limiter }: { db: Database; limiter: Limiter },
  { email, school }: { email: string; school: string | null },
  { ip, userAgent }: Visitor,
): Promise<void> {
  const organizationId = school ? (await findOrganization(db, school)).id : null
  if (!(await mayWrite(limiter, 'reset', { email, ip }))) return
  await db.across.transaction(tx => queuePasswordReset(tx, { email, organizationId, ip, userAgent }))
}

/**
 * Set a new password with the token from the email. All sessions end, and sign-ins that wait for a second factor;
 * nobody is signed in, and second factors stay.
 * @throws AppError `link_expired`; `invalid_input` for a password that is easy to guess, after which the token still
 * works; `rate_limited`.
 */
export async function resetPassword(
  { db, limiter, revocations }: { db: Database; limiter: Limiter; revocations: Revocations },
  given: { token: string; password: string },
  { ip, userAgent }: Visitor,
): Promise<void> {
  const takeBack = await countEmailSecret(limiter, ip)
  const digest = digestOfToken(given.token)
  const reset = await selectOptionalPasswordReset(db.across, digest)
  const owner = reset && (await selectOptionalCredentials(db.across, reset.userId))
  if (!owner) throw new AppError('link_expired')
  await takeBack()
  const { userId, organizationId } = reset
  await requireGoodPassword(given.password, owner)
  const to = await hashPassword(given.password)
  await db.across.transaction(async tx => {
    if (!(await spendPasswordReset(tx, { digest, ip }))) throw new AppError('link_expired')
    if (!(await updatePassword(tx, { userId, from: owner.passwordHash, to }))) throw new AppError('conflict')
    await deletePasswordResetsOf(tx, userId)
    // The one who had the account may have begun to take it along.
    await deleteEmailChangesOf(tx, userId)
    await revokeSessions(tx, { userId })
    await deleteChallengesOf(tx, userId)
    await tx.enter(organizationId)
    const entry = { action: 'password.reset', subject: { kind: 'person', id: userId }, actorId: userId }
    await recordAudit(tx, 'auth', { actor: null, ip, userAgent }, entry)
    await queueAccountNotice(tx, { userId, organizationId, change: 'password_reset' })
  })
  revocations.announce()
}
