import { recordAudit } from '@azora/kit/audit.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import { type Account, selectOptionalSignIn, updatePasswordHash } from '../accounts/accounts.store.ts'
import { hashPassword, isOutdated, passwordFits } from '../accounts/password.ts'
import { type Challenge, openChallenge } from '../factors/challenge.ts'
import { findOrganization } from '../organizations/organizations.ts'
import type { Issuer } from '../tokens/issuer.ts'
import type { SecondFactor, SignInMethod } from './proofs.ts'
import { queueRefusedSignIn } from './refused-sign-in.ts'
import { openSession, type SignedIn, tokensOf, type Visitor } from './sessions.ts'
import { countAttempt } from './throttle.ts'

/** Signed in, or asked for the second factor. */
export type SignInOutcome = SignedIn | { challenge: Challenge }

/** Open a session for someone who has given every proof there is to give; `proofs` are those, for the audit log. */
export async function enter(
  { db, issuer }: { db: Database; issuer: Issuer },
  account: Account,
  { ip, userAgent }: Visitor,
  proofs: { method: SignInMethod; secondFactor?: SecondFactor },
): Promise<SignedIn> {
  const owner = { userId: account.id, organizationId: account.organization.id }
  const session = await db.in(owner.organizationId).transaction(async tx => {
    const opened = await openSession(tx, issuer, owner, { ip, userAgent })
    const entry = { action: 'session.started', subject: { kind: 'session', id: opened.id } }
    const by = { actor: null, ip, userAgent }
    await recordAudit(tx, 'auth', by, { ...entry, actorId: account.id, details: proofs })
    return opened
  })
  return { account, tokens: await tokensOf(issuer, account, session) }
}

/** After the first proof, whichever it was: ask for the second factor where there is one, or let the person in. */
export async function passFirstFactor(
  { db, issuer }: { db: Database; issuer: Issuer },
  account: Account,
  visitor: Visitor,
  method: SignInMethod,
): Promise<SignInOutcome> {
  if (account.mfaEnabled) return { challenge: await openChallenge(db, account, method) }
  return enter({ db, issuer }, account, visitor, { method })
}

/**
 * Sign in by password, in the named school or the person's own.
 * @throws AppError `wrong_credentials`, alike in words and work whether the address is known or not;
 * `account_suspended` once the password was right; `rate_limited` after too many failures.
 */
export async function signIn(
  { db, issuer, limiter }: { db: Database; issuer: Issuer; limiter: Limiter },
  given: { email: string; password: string; school: string | null },
  visitor: Visitor,
): Promise<SignInOutcome> {
  const { email, password } = given
  const takeBack = await countAttempt({ db, limiter }, { ip: visitor.ip, email })
  const school = given.school ? await findOrganization(db, given.school) : null
  const asked = { email, organizationId: school?.id ?? null }
  const found = await selectOptionalSignIn(db.across, asked)
  const stored = found?.passwordHash ?? null
  const fits = await passwordFits(stored, password)
  if (!found || !stored || !fits) {
    await queueRefusedSignIn(db, { ...asked, ip: visitor.ip, userAgent: visitor.userAgent })
    throw new AppError('wrong_credentials')
  }
  await takeBack()
  const { account } = found
  if (found.barred) {
    await recordBarred(db, account, visitor)
    throw new AppError('account_suspended')
  }
  if (isOutdated(stored)) {
    const to = await hashPassword(password)
    await updatePasswordHash(db.in(account.organization.id), { userId: account.id, from: stored, to })
  }
  return passFirstFactor({ db, issuer }, account, visitor, 'password')
}

async function recordBarred(db: Database, account: Account, { ip, userAgent }: Visitor): Promise<void> {
  const subject = { kind: 'person', id: account.id }
  const details = { method: 'password', reason: 'suspended' }
  const entry = { action: 'session.refused', subject, details }
  await db
    .in(account.organization.id)
    .transaction(tx => recordAudit(tx, 'auth', { actor: null, ip, userAgent }, entry))
}
