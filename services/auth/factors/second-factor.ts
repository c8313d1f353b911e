import { recordAudit } from '@azora/kit/audit.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { selectOptionalSignInOf } from '../accounts/accounts.store.ts'
import { queueFactorNotice } from '../emails/factor-notice.ts'
import type { SecondFactor } from '../sessions/proofs.ts'
import type { SignedIn, Visitor } from '../sessions/sessions.ts'
import { enter } from '../sessions/sign-in.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { acceptTotp } from './authenticator-app.ts'
import { deleteChallenge, type LoginChallenge } from './challenge.store.ts'
import { tryChallenge } from './challenge.ts'
import { spendRecoveryCode } from './recovery-codes.ts'

/**
 * Sign in by a challenge and a code.
 * @throws AppError `code_rejected`; `link_expired` when the challenge is over, after five wrong codes too;
 * `rate_limited`; `account_suspended`.
 */
export async function completeSignIn(
  {
    db,
    issuer,
    limiter,
    sealing,
  }: {
    db: Database
    issuer: Issuer
    limiter: Limiter
    sealing: Sealing
  },
  given: { challenge: string; method: 'totp' | 'recovery_code'; code: string },
  visitor: Visitor,
): Promise<SignedIn> {
  const challenge = await tryChallenge(db, { token: given.challenge })
  const right =
    given.method === 'totp'
      ? await acceptTotp({ db, limiter, sealing }, challenge.userId, given.code, visitor.ip)
      : await acceptRecoveryCode(db, challenge, given.code, visitor)
  if (!right) {
    await recordRefusal(db, challenge, visitor, { method: given.method })
    if (challenge.triesLeft === 0) await warnOwner({ db, limiter }, challenge)
    throw new AppError('code_rejected')
  }
  return checkChallenge({ db, issuer }, challenge, visitor, given.method)
}

/** The one who tried has the password; its owner should know, once an hour at most. */
async function warnOwner(
  { db, limiter }: { db: Database; limiter: Limiter },
  { userId, organizationId }: LoginChallenge,
): Promise<void> {
  const { allowed } = await limiter(`codes-refused:${userId}`, { points: 1, windowSeconds: 60 * 60 })
  if (!allowed) return
  await db
    .in(organizationId)
    .transaction(tx => queueFactorNotice(tx, { userId, organizationId, change: 'codes_refused' }))
}

function acceptRecoveryCode(
  db: Database,
  { userId, organizationId }: LoginChallenge,
  code: string,
  { ip, userAgent }: Visitor,
): Promise<boolean> {
  return db.in(organizationId).transaction(async tx => {
    if (!(await spendRecoveryCode(tx, userId, code))) return false
    const entry = { action: 'recovery_code.used', subject: { kind: 'person', id: userId }, actorId: userId }
    await recordAudit(tx, 'auth', { actor: null, ip, userAgent }, entry)
    await queueFactorNotice(tx, { userId, organizationId, change: 'recovery_code_used' })
    return true
  })
}

/**
 * Let someone in who met the challenge, once.
 * @throws AppError `account_suspended`; `link_expired` when the challenge was met or withdrawn meanwhile.
 */
export async function checkChallenge(
  { db, issuer }: { db: Database; issuer: Issuer },
  challenge: LoginChallenge,
  visitor: Visitor,
  secondFactor: SecondFactor,
): Promise<SignedIn> {
  const found = await selectOptionalSignInOf(db.across, challenge)
  if (found?.barred) throw new AppError('account_suspended')
  if (!found || !(await deleteChallenge(db.across, challenge.id))) throw new AppError('link_expired')
  return enter({ db, issuer }, found.account, visitor, { method: challenge.firstFactor, secondFactor })
}

/** Write down that a proof was refused on an account that there is. */
export async function recordRefusal(
  db: Database,
  { userId, organizationId }: { userId: string; organizationId: string },
  { ip, userAgent }: Visitor,
  details: { method: string; reason?: string; purpose?: 'step_up' },
  actor: Actor | null = null,
): Promise<void> {
  const entry = { action: 'session.refused', subject: { kind: 'person', id: userId }, details }
  await db.in(organizationId).transaction(tx => recordAudit(tx, 'auth', { actor, ip, userAgent }, entry))
}
