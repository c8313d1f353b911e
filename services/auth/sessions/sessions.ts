import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Revocations } from '@azora/kit/revocations.ts'
import type { SessionTokens } from '@azora/kit/session-cookies.ts'
import { v7 as uuidv7 } from 'uuid'
import { type Account, selectOptionalAccount, updateLastSeen } from '../accounts/accounts.store.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { digestOf } from '../tokens/refresh-token.ts'
import {
  advanceSession,
  deleteEndedSessions,
  insertSession,
  revokeSessions,
  type SessionOwner,
  selectOptionalJustAdvanced,
  selectOptionalLiveSession,
} from './sessions.store.ts'

const refreshDays = 30
// However often it is used, a session ends half a year after it began.
const mostDays = 180
// Two tabs that wake up together send the same refresh token; a thief who comes later ends the session.
const graceSeconds = 30
// Kept for a while so that an administrator can still see what happened to an account.
const keepRevokedDays = 30

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/** From where a session was opened. */
export type Visitor = { ip: string; userAgent: string }
type OpenedSession = {
  id: string
  refreshToken: string
  refreshExpiresAt: string
  authenticatedAt: string
  impersonatorId: string | null
}
type Tools = { db: Database; issuer: Issuer; revocations: Pick<Revocations, 'announce'> }
export type SignedIn = { account: Account; tokens: SessionTokens }

/** Who looks through someone else's eyes, from which session of theirs, and for how long. */
export type Impersonator = { userId: string; sessionId: string; minutes: number }

/** Open a session, on a connection or within the transaction that creates the account. */
export async function openSession(
  db: Queryable,
  issuer: Issuer,
  owner: { userId: string; organizationId: string },
  visitor: Visitor,
  impersonator: Impersonator | null = null,
): Promise<OpenedSession> {
  const id = uuidv7()
  const refreshToken = issuer.refreshToken({ sessionId: id, generation: 1 })
  const refreshExpiresAt = inDays(impersonator ? impersonator.minutes / 1440 : refreshDays)
  const { ip, userAgent } = visitor
  const token = digestOf(refreshToken)
  // Nobody has proved to be the person whose eyes are borrowed.
  const authenticatedAt = new Date(impersonator ? 0 : Date.now()).toISOString()
  const { userId, organizationId } = owner
  await insertSession(db, {
    id,
    userId,
    organizationId,
    token,
    ip,
    userAgent,
    expiresAt: refreshExpiresAt,
    authenticatedAt,
    impersonator,
  })
  if (!impersonator) await updateLastSeen(db, owner.userId)
  return { id, refreshToken, refreshExpiresAt, authenticatedAt, impersonatorId: impersonator?.userId ?? null }
}

/** The roles that a token lends: a learner's alone, until the second factor that the school asks for is there. */
export function effectiveRoles(account: Account): Account['roles'] {
  return isMfaMissing(account) ? account.roles.filter(role => role === 'learner') : account.roles
}

/** The offices that a token lends: none, until that second factor is there. */
export function effectiveOffices(account: Account): Account['offices'] {
  return isMfaMissing(account) ? [] : account.offices
}

/** Whether the school asks for a second factor that the account has not got. Who holds an office counts as staff. */
export function isMfaMissing({ mfaEnabled, roles, offices, organization }: Account): boolean {
  if (mfaEnabled || organization.requireMfa === 'nobody') return false
  return (
    organization.requireMfa === 'everyone' || offices.length > 0 || roles.some(role => role !== 'learner')
  )
}

/** The tokens of an open session. */
export async function tokensOf(
  issuer: Issuer,
  account: Account,
  session: OpenedSession,
): Promise<SessionTokens> {
  const actor = {
    userId: account.id,
    organizationId: account.organization.id,
    roles: effectiveRoles(account),
    // Borrowed eyes exercise no office, not even one that was given after they were borrowed.
    offices: session.impersonatorId ? [] : effectiveOffices(account),
    sessionId: session.id,
    authenticatedAt: Math.floor(Date.parse(session.authenticatedAt) / 1000),
    ...(session.impersonatorId ? { impersonatorId: session.impersonatorId } : {}),
    tier: account.organization.tier,
  }
  // Borrowed eyes are given back when their session ends, not when a token of it happens to.
  const notAfter = session.impersonatorId ? session.refreshExpiresAt : undefined
  const { accessToken, accessExpiresAt } = await issuer.accessToken(actor, notAfter)
  const { refreshToken, refreshExpiresAt } = session
  return { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt }
}

/**
 * Exchange a refresh token for its successor and a new access token, with the roles of today. The token spent
 * last answers with the same successor for 30 seconds.
 * @throws AppError `session_expired` for any other; one that is ours but spent also ends its session.
 */
export async function refreshSession(
  { db, issuer, revocations }: Tools,
  refreshToken: string,
  visitor: Visitor,
): Promise<SignedIn> {
  const claim = issuer.readRefreshToken(refreshToken)
  if (!claim) throw new AppError('session_expired')
  const { sessionId, generation } = claim
  const successor = issuer.refreshToken({ sessionId, generation: generation + 1 })
  const owner = await step(db, { sessionId, generation, successor })
  const account = owner && (await selectOptionalAccount(db.in(owner.organizationId), owner))
  if (!account) {
    const ended = owner
      ? await revokeSessions(db.across, { id: sessionId })
      : await endSpent(db, claim, visitor)
    // The access token of the session is still out there.
    if (ended > 0) revocations.announce()
    throw new AppError('session_expired')
  }
  if (owner.impersonatorId) await recordContinued(db, sessionId, owner, visitor)
  else await updateLastSeen(db.in(owner.organizationId), owner.userId)
  const tokens = await tokensOf(issuer, account, {
    id: sessionId,
    refreshToken: successor,
    refreshExpiresAt: owner.expiresAt,
    authenticatedAt: owner.authenticatedAt,
    impersonatorId: owner.impersonatorId,
  })
  return { account, tokens }
}

/**
 * New tokens of a session that goes on, after something changed that its access token says: its school, its roles,
 * or when the person last proved who they are. Its refresh token stays the same.
 * @throws AppError `session_expired`.
 */
export async function renewTokens(db: Database, issuer: Issuer, sessionId: string): Promise<SignedIn> {
  const session = await selectOptionalLiveSession(db.across, sessionId)
  const account = session && (await selectOptionalAccount(db.in(session.organizationId), session))
  if (!account) throw new AppError('session_expired')
  const tokens = await tokensOf(issuer, account, {
    id: sessionId,
    refreshToken: issuer.refreshToken({ sessionId, generation: session.generation }),
    refreshExpiresAt: session.expiresAt,
    authenticatedAt: session.authenticatedAt,
    impersonatorId: session.impersonatorId,
  })
  return { account, tokens }
}

async function step(
  db: Database,
  { sessionId, generation, successor }: { sessionId: string; generation: number; successor: string },
): Promise<SessionOwner | null> {
  // The school is not known before the session is found.
  const advanced = await advanceSession(db.across, {
    id: sessionId,
    generation,
    token: digestOf(successor),
    expiresAt: inDays(refreshDays),
    mostDays,
  })
  return advanced ?? selectOptionalJustAdvanced(db.across, { id: sessionId, generation, graceSeconds })
}

/** Borrowed eyes that stay open: in the name of both. */
async function recordContinued(
  db: Database,
  sessionId: string,
  { userId, organizationId, impersonatorId }: SessionOwner,
  { ip, userAgent }: Visitor,
): Promise<void> {
  const actor = {
    userId,
    organizationId,
    sessionId,
    roles: [],
    ...(impersonatorId ? { impersonatorId } : {}),
  }
  const subject = { kind: 'person', id: userId }
  const entry = { action: 'impersonation.continued', subject, details: { sessionId } }
  await db.in(organizationId).transaction(tx => recordAudit(tx, 'auth', { actor, ip, userAgent }, entry))
}

/**
 * End the session of a token that is good no more, and note it where the token was spent: someone has a copy.
 * @returns how many sessions ended.
 */
async function endSpent(
  db: Database,
  { sessionId, generation }: { sessionId: string; generation: number },
  { ip, userAgent }: Visitor,
): Promise<number> {
  return db.across.transaction(async tx => {
    const session = await selectOptionalLiveSession(tx, sessionId)
    const ended = await revokeSessions(tx, { id: sessionId })
    // The one who comes after finds it ended: it is noted once.
    if (!session || ended === 0 || session.generation <= generation) return ended
    await tx.enter(session.organizationId)
    const subject = { kind: 'person', id: session.userId }
    const entry = { action: 'session.reuse_detected', subject, details: { session: sessionId } }
    await recordAudit(tx, 'auth', { actor: null, ip, userAgent }, entry)
    return ended
  })
}

/** Sign out. */
export async function endSession(db: Database, by: Caller): Promise<void> {
  const { organizationId, sessionId } = by.actor
  await db.in(organizationId).transaction(async tx => {
    if ((await revokeSessions(tx, { id: sessionId })) === 0) return
    const subject = { kind: 'session', id: sessionId }
    await recordAudit(tx, 'auth', by, { action: 'session.ended', subject })
  })
}

/** @returns how many were removed. */
export function purgeSessions(db: Database): Promise<number> {
  return deleteEndedSessions(db.across, keepRevokedDays)
}
