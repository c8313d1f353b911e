import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { selectOptionalAccount } from '../accounts/accounts.store.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { selectSessions } from './own-sessions.store.ts'
import { sessionRecords } from './session-record.ts'
import { moveSession, revokeSessions } from './sessions.store.ts'
import { renewTokens, type SignedIn } from './sessions.ts'

/** Where someone is signed in, in all schools. */
export async function listSessions(db: Database, { userId, sessionId }: Actor) {
  const rows = await selectSessions(db.across, { userId, organizationId: null, current: sessionId })
  const records = await sessionRecords(rows, sessionId)
  // That someone looks through one's eyes is one's to know; from where is theirs.
  return records.map(record => (record.impersonatedBy === null ? record : { ...record, ip: '', place: null }))
}

// The sessions may be in any school; the audit entry belongs to the one in which the person acts.

/** End one of one's own sessions. @throws AppError `not_found` for what is none. */
export async function revokeSession(db: Database, by: Caller, sessionId: string): Promise<void> {
  const { userId, organizationId } = by.actor
  await db.across.transaction(async tx => {
    if ((await revokeSessions(tx, { id: sessionId, userId })) === 0) throw new AppError('not_found')
    await tx.enter(organizationId)
    const subject = { kind: 'session', id: sessionId }
    await recordAudit(tx, 'auth', by, { action: 'session.revoked', subject })
  })
}

/** End all of one's own sessions but the current one. @returns how many. */
export async function revokeOtherSessions(db: Database, by: Caller): Promise<number> {
  const { userId, organizationId, sessionId } = by.actor
  return db.across.transaction(async tx => {
    const ended = await revokeSessions(tx, { userId, except: sessionId })
    await tx.enter(organizationId)
    await recordAudit(tx, 'auth', by, { action: 'session.others_revoked', details: { ended } })
    return ended
  })
}

/**
 * Go on in another school, in the same session.
 * @throws AppError `not_found` unless one is an active member there; `session_expired`.
 */
export async function switchOrganization(
  { db, issuer }: { db: Database; issuer: Issuer },
  by: Caller,
  organizationId: string,
): Promise<SignedIn> {
  const { userId, sessionId } = by.actor
  if (!(await selectOptionalAccount(db.in(organizationId), { organizationId, userId }))) {
    throw new AppError('not_found')
  }
  await db.across.transaction(async tx => {
    await moveSession(tx, { id: sessionId, organizationId })
    await tx.enter(organizationId)
    const subject = { kind: 'session', id: sessionId }
    const details = { from: by.actor.organizationId }
    await recordAudit(tx, 'auth', by, { action: 'session.moved', subject, details })
  })
  return renewTokens(db, issuer, sessionId)
}
