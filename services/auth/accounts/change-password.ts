import { isSteppedUp } from '@azora/kit/access.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { Revocations } from '@azora/kit/revocations.ts'
import { queueAccountNotice } from '../emails/account-notice.ts'
import { deleteChallengesOf } from '../factors/challenge.store.ts'
import { revokeSessions } from '../sessions/sessions.store.ts'
import { countPasswordProof } from '../sessions/throttle.ts'
import { selectOptionalCredentials, updatePassword } from './accounts.store.ts'
import { hashPassword, passwordFits } from './password.ts'
import { deletePasswordResetsOf } from './password-resets.store.ts'
import { requireGoodPassword } from './password-rules.ts'

/**
 * Change one's own password, or set the first one. Other sessions end.
 * @throws AppError `wrong_credentials` for the current password; `step_up_required` where there is none and the
 * sign-in is long ago; `invalid_input` for a password that is easy to guess; `rate_limited`; `conflict`.
 */
export async function changePassword(
  { db, limiter, revocations }: { db: Database; limiter: Limiter; revocations: Revocations },
  by: Caller,
  given: { currentPassword: string | null; newPassword: string },
): Promise<void> {
  const { actor } = by
  const { userId, organizationId, sessionId } = actor
  const subject = { kind: 'person', id: userId }
  const owner = await selectOptionalCredentials(db.across, userId)
  if (!owner) throw new AppError('unauthenticated')
  if (owner.passwordHash === null) {
    if (!isSteppedUp(actor)) throw new AppError('step_up_required')
  } else {
    const takeBack = await countPasswordProof(limiter, actor)
    if (!(await passwordFits(owner.passwordHash, given.currentPassword ?? ''))) {
      const entry = { action: 'password.change_refused', subject }
      await db.in(organizationId).transaction(tx => recordAudit(tx, 'auth', by, entry))
      throw refusal('current_password_wrong')
    }
    await takeBack()
  }
  await requireGoodPassword(given.newPassword, owner, 'newPassword')
  const to = await hashPassword(given.newPassword)
  const first = owner.passwordHash === null
  await db.across.transaction(async tx => {
    if (!(await updatePassword(tx, { userId, from: owner.passwordHash, to }))) throw new AppError('conflict')
    await deletePasswordResetsOf(tx, userId)
    await revokeSessions(tx, { userId, except: sessionId })
    await deleteChallengesOf(tx, userId)
    await tx.enter(organizationId)
    await recordAudit(tx, 'auth', by, { action: 'password.changed', subject, details: { first } })
    const change = first ? 'password_set' : 'password_changed'
    await queueAccountNotice(tx, { userId, organizationId, change })
  })
  revocations.announce()
}
