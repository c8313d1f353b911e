import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { isMfaMissing } from '../sessions/sessions.ts'
import {
  type Account,
  selectMemberships,
  selectOptionalAccount,
  selectOptionalName,
  updateProfile,
} from './accounts.store.ts'
import { announceProfile } from './announce-profile.ts'

/** One's own account. @throws AppError `unauthenticated` for one who is gone or barred meanwhile. */
export async function ownAccount(db: Database, actor: Actor): Promise<Account> {
  const account = await selectOptionalAccount(db.in(actor.organizationId), actor)
  if (!account) throw new AppError('unauthenticated')
  return account
}

/** Who is signed in, where else they belong, and who looks through their eyes. */
export async function whoAmI(db: Database, actor: Actor) {
  const account = await ownAccount(db, actor)
  const { impersonatorId, kind } = actor
  const name = impersonatorId && (await selectOptionalName(db.across, impersonatorId))
  return {
    ...account,
    // A program exercises no office, nor does who looks through another's eyes.
    offices: kind || impersonatorId ? [] : account.offices,
    memberships: await selectMemberships(db.across, account.id),
    impersonatedBy: impersonatorId && name ? { id: impersonatorId, name } : null,
    mfaEnrolmentRequired: isMfaMissing(account),
  }
}

/** Change your name, in every school. */
export async function rename(db: Database, by: Caller, name: string): Promise<Account> {
  const { userId, organizationId } = by.actor
  await ownAccount(db, by.actor)
  await db.across.transaction(async tx => {
    await updateProfile(tx, { userId, name })
    await announceProfile(tx, userId)
    await tx.enter(organizationId)
    await recordAudit(tx, 'auth', by, { action: 'account.renamed', subject: { kind: 'person', id: userId } })
  })
  return ownAccount(db, by.actor)
}
