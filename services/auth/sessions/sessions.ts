import type { Database, Queryable } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { SessionTokens } from '@azora/kit/session-cookies.ts'
import { v7 as uuidv7 } from 'uuid'
import { type Account, selectOptionalAccount, updateLastSeen } from '../accounts/accounts.store.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { digestOf } from '../tokens/refresh-token.ts'
import {
  advanceSession,
  deleteEndedSessions,
  insertSession,
  revokeSession,
  type SessionOwner,
  selectOptionalJustAdvanced,
} from './sessions.store.ts'

const refreshDays = 30
// Two tabs that wake up together send the same refresh token; a thief who comes later ends the session.
const graceSeconds = 30
// Kept for a while so that an administrator can still see what happened to an account.
const keepRevokedDays = 30

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/** From where a session was opened. */
export type Visitor = { ip: string; userAgent: string }
type OpenedSession = { id: string; refreshToken: string; refreshExpiresAt: string }
export type SignedIn = { account: Account; tokens: SessionTokens }

/** Open a session, on a connection or within the transaction that creates the account. */
export async function openSession(
  db: Queryable,
  issuer: Issuer,
  owner: { userId: string; organizationId: string },
  visitor: Visitor,
): Promise<OpenedSession> {
  const id = uuidv7()
  const refreshToken = issuer.refreshToken({ sessionId: id, generation: 1 })
  const refreshExpiresAt = inDays(refreshDays)
  const { ip, userAgent } = visitor
  const token = digestOf(refreshToken)
  await insertSession(db, { id, ...owner, token, ip, userAgent, expiresAt: refreshExpiresAt })
  await updateLastSeen(db, owner.userId)
  return { id, refreshToken, refreshExpiresAt }
}

/** The tokens of an open session. */
export async function tokensOf(
  issuer: Issuer,
  account: Account,
  session: OpenedSession,
): Promise<SessionTokens> {
  const { accessToken, accessExpiresAt } = await issuer.accessToken({
    userId: account.id,
    organizationId: account.organization.id,
    roles: account.roles,
    sessionId: session.id,
  })
  const { refreshToken, refreshExpiresAt } = session
  return { accessToken, accessExpiresAt, refreshToken, refreshExpiresAt }
}

/**
 * Exchange a refresh token for its successor and a new access token, with the roles of today. The token spent
 * last answers with the same successor for 30 seconds.
 * @throws AppError `session_expired` for any other; one that is ours but spent also ends its session.
 */
export async function refreshSession(db: Database, issuer: Issuer, refreshToken: string): Promise<SignedIn> {
  const claim = issuer.readRefreshToken(refreshToken)
  if (!claim) throw new AppError('session_expired')
  const { sessionId, generation } = claim
  const successor = issuer.refreshToken({ sessionId, generation: generation + 1 })
  const owner = await step(db, { sessionId, generation, successor })
  const account = owner && (await selectOptionalAccount(db.in(owner.organizationId), owner))
  if (!account) {
    await revokeSession(db.across, sessionId)
    throw new AppError('session_expired')
  }
  await updateLastSeen(db.in(owner.organizationId), owner.userId)
  const tokens = await tokensOf(issuer, account, {
    id: sessionId,
    refreshToken: successor,
    refreshExpiresAt: owner.expiresAt,
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
  })
  return advanced ?? selectOptionalJustAdvanced(db.across, { id: sessionId, generation, graceSeconds })
}

export async function endSession(db: Database, session: { organizationId: string; sessionId: string }) {
  await revokeSession(db.in(session.organizationId), session.sessionId)
}

/** @returns how many were removed. */
export function purgeSessions(db: Database): Promise<number> {
  return deleteEndedSessions(db.across, keepRevokedDays)
}
