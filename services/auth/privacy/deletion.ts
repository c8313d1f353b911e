import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller, Visitor } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { eachAlone } from '@azora/kit/each-alone.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { deleteOriginsOf } from '../audit/audit.store.ts'
import { deletionEmailTask } from '../emails/deletion.ts'
import { withdrawGiven } from '../people/reach.ts'
import { makeTokensStale } from '../sessions/revocations.store.ts'
import { revokeSessions } from '../sessions/sessions.store.ts'
import {
  countSchools,
  deleteUser,
  lockOptionalDue,
  lockSchoolsOf,
  selectDue,
  selectOrphanedSchools,
  undoDeletion,
  updateDeletesAt,
} from './deletion.store.ts'
import { lockUser, selectOptionalExport, selectSchoolsOf } from './exports.store.ts'
import { discardExport, inEachSchool } from './exports.ts'
import { digestOf } from './undo-token.ts'

/**
 * An account goes in two steps. Asking for it shuts the account, which nobody enters any more, by whatever way; a
 * email holds the key that opens it again. After the days of grace a job erases it here, and the event lets every
 * service erase what it knows. See docs/decisions/0022.
 */

export const graceDays = 7

function recordAccount(
  tx: Transaction,
  schools: string[],
  by: Parameters<typeof recordAudit>[2],
  entry: { action: string; userId: string; actorId?: string },
): Promise<void> {
  const { action, userId, actorId } = entry
  return inEachSchool(tx, schools, () =>
    recordAudit(tx, 'auth', by, {
      action,
      subject: { kind: 'person', id: userId },
      ...(actorId ? { actorId } : {}),
    }),
  )
}

/**
 * Shut one's account and have it deleted after the days of grace. What one gave with more than a learner's rights is
 * taken back.
 * @throws AppError `conflict`: the last administrator, or someone who joins a school at this moment.
 */
export async function requestDeletion(
  { db, revocations }: Pick<ServiceKit, 'db' | 'revocations'>,
  by: Caller,
): Promise<{ deletesAt: string }> {
  const { userId } = by.actor
  const deletesAt = await db.across.transaction(async tx => {
    const held = await lockSchoolsOf(tx, userId)
    // Nobody joins a school while their row is locked; who joined one in between asks again.
    await lockUser(tx, userId)
    if ((await countSchools(tx, userId)) !== held.length) throw new AppError('conflict')
    const orphaned = await selectOrphanedSchools(tx, userId)
    if (orphaned.length > 0) {
      throw refusal('last_admin_of', { schools: orphaned.join(', ') }, { detail: 'last_admin' })
    }
    const at = await updateDeletesAt(tx, userId, graceDays)
    await revokeSessions(tx, { userId })
    await makeTokensStale(tx, userId)
    await enqueue(tx, deletionEmailTask, { userId }, { key: `deletion:${userId}` })
    await inEachSchool(tx, held, organizationId =>
      withdrawGiven(tx, by, { organizationId, userId, left: [] }),
    )
    const schools = await selectSchoolsOf(tx, userId)
    await recordAccount(tx, schools, by, { action: 'deletion.requested', userId })
    return at
  })
  revocations.announce()
  return { deletesAt }
}

/** @throws AppError `link_expired` for a token that is not, or no longer, the key to an account. */
export async function cancelDeletion(
  { db }: Pick<ServiceKit, 'db'>,
  by: Visitor,
  token: string,
): Promise<void> {
  await db.across.transaction(async tx => {
    const userId = await undoDeletion(tx, digestOf(token))
    if (userId === null) throw new AppError('link_expired')
    const schools = await selectSchoolsOf(tx, userId)
    await recordAccount(tx, schools, by, { action: 'deletion.cancelled', userId, actorId: userId })
  })
}

/** Erase the accounts whose days of grace are over, each in a transaction of its own. @returns how many. */
export async function eraseDueAccounts(db: Database): Promise<number> {
  let erased = 0
  await eachAlone(
    await selectDue(db.across),
    async userId => {
      if (await db.across.transaction(tx => erase(tx, userId))) erased += 1
    },
    'accounts were not erased',
  )
  return erased
}

async function erase(tx: Transaction, userId: string): Promise<boolean> {
  const user = await lockOptionalDue(tx, userId)
  if (!user) return false
  const schools = await selectSchoolsOf(tx, userId)
  const dataExport = await selectOptionalExport(tx, userId)
  if (dataExport) await discardExport(tx, dataExport.id)
  await deleteOriginsOf(tx, userId)
  await deleteUser(tx, user)
  for (const organizationId of schools) await publish(tx, 'auth', 'user.deleted', { userId, organizationId })
  await recordAccount(tx, schools, 'system', { action: 'account.deleted', userId })
  return true
}
