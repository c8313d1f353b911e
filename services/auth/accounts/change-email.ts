import { randomUUID } from 'node:crypto'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, invalidField } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { queueAccountNotice } from '../emails/account-notice.ts'
import { emailChangePlace, queueEmailChange } from '../emails/email-change.ts'
import { countEmailSecret } from '../sessions/throttle.ts'
import { selectOptionalCredentials, updateProfile } from './accounts.store.ts'
import { announceProfile } from './announce-profile.ts'
import { mayWrite } from './email-budget.ts'
import { claimEmailChange, countEmailChangeTry, replaceEmailChange } from './email-changes.store.ts'
import { codeExpiry, codeFits, mostCodeTries } from './email-code.ts'
import { deletePasswordResetsOf } from './password-resets.store.ts'

// Each asks for a code at a mailbox that need not be one's own.
const changesOfOne = { points: 10, windowSeconds: 24 * 60 * 60 }

/**
 * Ask for another address. Nothing here looks whether the address has an account; the email says so.
 * @throws AppError `invalid_input` for the address that one has, `rate_limited`.
 */
export async function startEmailChange(
  { db, limiter }: { db: Database; limiter: Limiter },
  by: Caller,
  email: string,
): Promise<{ id: string; expiresAt: string }> {
  const { userId, organizationId } = by.actor
  const owner = await selectOptionalCredentials(db.across, userId)
  if (!owner) throw new AppError('unauthenticated')
  if (owner.email === email) {
    throw invalidField('email', 'same_email')
  }
  const { allowed, resetSeconds } = await limiter(`email-change:${userId}`, changesOfOne)
  if (!allowed) throw new AppError('rate_limited', { retryAfterSeconds: Math.max(1, resetSeconds) })
  const writes = await mayWrite(limiter, 'code', { email, ip: by.ip })
  const pending = { id: randomUUID(), expiresAt: codeExpiry() }
  await db.across.transaction(async tx => {
    await replaceEmailChange(tx, { ...pending, organizationId, userId, email })
    if (writes) await queueEmailChange(tx, pending.id)
    await tx.enter(organizationId)
    const subject = { kind: 'person', id: userId }
    await recordAudit(tx, 'auth', by, { action: 'email.change_requested', subject })
  })
  return pending
}

/**
 * Take on the new address with the code from the email. The old address is told, and links in emails to it no
 * longer set a password.
 * @throws AppError `code_rejected`; `link_expired` when the change is over, after five wrong codes too, or the
 * address was taken meanwhile; `rate_limited`.
 */
export async function confirmEmailChange(
  { db, limiter, sealing }: { db: Database; limiter: Limiter; sealing: Sealing },
  by: Caller,
  given: { id: string; code: string },
): Promise<void> {
  const { userId, organizationId } = by.actor
  const takeBack = await countEmailSecret(limiter, by.ip)
  const key = { id: given.id, userId, mostTries: mostCodeTries }
  const pending = await countEmailChangeTry(db.across, key)
  const owner = pending && (await selectOptionalCredentials(db.across, userId))
  if (!owner) throw new AppError('link_expired')
  const subject = { kind: 'person', id: userId }
  if (!codeFits(sealing, pending.code, emailChangePlace(pending.id), given.code)) {
    const entry = { action: 'email.change_refused', subject }
    await db.in(organizationId).transaction(tx => recordAudit(tx, 'auth', by, entry))
    throw new AppError('code_rejected')
  }
  await takeBack()
  await db.across
    .transaction(async tx => {
      if (!(await claimEmailChange(tx, pending.id))) throw new AppError('link_expired')
      await updateProfile(tx, { userId, email: pending.email })
      await deletePasswordResetsOf(tx, userId)
      await announceProfile(tx, userId)
      await tx.enter(organizationId)
      await recordAudit(tx, 'auth', by, { action: 'email.changed', subject })
      await queueAccountNotice(tx, { userId, organizationId, change: 'email_changed', to: owner.email })
    })
    .catch(failure => {
      throw isTaken(failure) ? new AppError('link_expired', {}, { cause: failure }) : failure
    })
}

// unique_violation: of two who prove one address at the same moment, PostgreSQL lets one have it.
const isTaken = (failure: unknown) => (failure as { code?: string } | null)?.code === '23505'
