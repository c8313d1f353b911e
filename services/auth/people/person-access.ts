import { may } from '@azora/contracts/permissions.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { queuePasswordReset } from '../emails/password-reset.ts'
import { selectPasskeys } from '../factors/passkeys.store.ts'
import { resetFactors as removeFactors } from '../factors/reset.ts'
import { selectIdentities } from '../federation/identities.store.ts'
import { selectSessions } from '../sessions/own-sessions.store.ts'
import { sessionRecords } from '../sessions/session-record.ts'
import { revokeSessions } from '../sessions/sessions.store.ts'
import type { Tools } from './manage-members.ts'
import {
  type Person,
  selectHasPassword,
  selectOptionalPerson,
  selectStandsElsewhere,
  selectSuspendedReason,
} from './people.store.ts'

/** A member with their sessions in the school and how they sign in. @throws AppError `not_found`. */
export async function getPerson(db: Database, { actor }: Caller, userId: string) {
  const { organizationId } = actor
  const school = db.in(organizationId)
  const person = await selectOptionalPerson(school, { organizationId, userId })
  if (!person) throw new AppError('not_found')
  const sessions = await selectSessions(school, { userId, organizationId, current: actor.sessionId })
  return {
    ...person,
    suspendedReason: await selectSuspendedReason(school, { organizationId, userId }),
    sessions: await sessionRecords(sessions, actor.sessionId),
    hasPassword: await selectHasPassword(school, userId),
    passkeys: (await selectPasskeys(school, userId)).length,
    identities: (await selectIdentities(school, userId)).map(identity => identity.provider),
  }
}

/**
 * End a member's sessions in the school, one or all.
 * @returns how many were ended.
 * @throws AppError `not_found` for someone who is not a member, or a session that is not theirs here; `forbidden` for
 * an administrator's, to who is none.
 */
export async function revokePersonSessions(
  { db, revocations }: Tools,
  by: Caller,
  { userId, sessionId }: { userId: string; sessionId?: string | undefined },
): Promise<number> {
  const { organizationId } = by.actor
  return db.in(organizationId).transaction(async tx => {
    const person = await selectOptionalPerson(tx, { organizationId, userId })
    if (!person) throw new AppError('not_found')
    // Else support could keep every administrator signed out, before one of them can take the office away.
    if (may(person, 'people.manage') && !may(by.actor, 'people.manage')) throw refusal('beyond_own_roles')
    const ended = await revokeSessions(tx, {
      userId,
      organizationId,
      ...(sessionId ? { id: sessionId } : {}),
    })
    if (sessionId && ended === 0) throw new AppError('not_found')
    await recordAudit(tx, 'auth', by, {
      action: 'person.sessions_revoked',
      subject: { kind: 'person', id: userId },
      details: { ended, ...(sessionId ? { sessionId } : {}) },
    })
    tx.afterCommit(() => revocations.announce())
    return ended
  })
}

/**
 * Remove the second factors of a member who has lost them. An account that counts for more than a learner's elsewhere
 * is not one school's to weaken.
 * @throws AppError `not_found`, `forbidden`.
 */
export async function resetFactors({ db, revocations }: Tools, by: Caller, userId: string): Promise<Person> {
  const { organizationId, roles } = by.actor
  const key = { organizationId, userId }
  if (!(await selectOptionalPerson(db.in(organizationId), key))) throw new AppError('not_found')
  if (!roles.includes('operator') && (await selectStandsElsewhere(db.across, key))) {
    throw refusal('serves_elsewhere')
  }
  return db.in(organizationId).transaction(async tx => {
    await removeFactors(tx, userId)
    await recordAudit(tx, 'auth', by, {
      action: 'person.factors_reset',
      subject: { kind: 'person', id: userId },
    })
    tx.afterCommit(() => revocations.announce())
    return (await selectOptionalPerson(tx, key)) as Person
  })
}

/** Send a member the email with which they set a new password. @throws AppError `not_found`. */
export async function sendPasswordReset(db: Database, by: Caller, userId: string): Promise<void> {
  const { organizationId } = by.actor
  await db.in(organizationId).transaction(async tx => {
    const person = await selectOptionalPerson(tx, { organizationId, userId })
    if (!person) throw new AppError('not_found')
    const { ip, userAgent } = by
    await queuePasswordReset(tx, { email: person.email, organizationId, ip, userAgent })
    await recordAudit(tx, 'auth', by, {
      action: 'person.password_reset_sent',
      subject: { kind: 'person', id: userId },
    })
  })
}
