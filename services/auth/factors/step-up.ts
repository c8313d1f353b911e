import { randomUUID } from 'node:crypto'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { passwordFits } from '../accounts/password.ts'
import { updateAuthenticatedAt } from '../sessions/sessions.store.ts'
import { renewTokens, type SignedIn } from '../sessions/sessions.ts'
import { countPasswordProof } from '../sessions/throttle.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { acceptTotp } from './authenticator-app.ts'
import { claimCeremony, insertCeremony } from './ceremonies.store.ts'
import { selectOptionalProofs } from './factors.store.ts'
import { passkeyRefused, provePasskey } from './passkey-proof.ts'
import { selectCredentials } from './passkeys.store.ts'
import type { RelyingParty } from './relying-party.ts'
import { recordRefusal } from './second-factor.ts'

type Means = { db: Database; issuer: Issuer; limiter: Limiter; sealing: Sealing; party: RelyingParty }

export type Proof =
  | { method: 'password'; password: string }
  | { method: 'totp'; code: string }
  | { method: 'passkey'; ceremonyId: string; response: unknown }

type By = Caller & { school: string | null }

/**
 * Prove again who one is. An account with a second factor proves itself by that: anyone who found the session open
 * may know the password as well.
 * @returns new tokens of the same session, whose access token tells of the proof.
 * @throws AppError `wrong_credentials` for a password or passkey, `code_rejected` for a code, `link_expired` without
 * such a ceremony, `rate_limited`.
 */
export async function reauthenticate(means: Means, by: By, proof: Proof): Promise<SignedIn> {
  const { db, issuer } = means
  const { actor, ip, userAgent } = by
  const refusal = await examine(means, by, proof)
  if (refusal) {
    await recordRefusal(db, actor, by, { method: proof.method, purpose: 'step_up' }, actor)
    throw refusal
  }
  await db.in(actor.organizationId).transaction(async tx => {
    await updateAuthenticatedAt(tx, actor.sessionId)
    const subject = { kind: 'session', id: actor.sessionId }
    const details = { method: proof.method }
    const entry = { action: 'session.reauthenticated', subject, details }
    await recordAudit(tx, 'auth', { actor, ip, userAgent }, entry)
  })
  return renewTokens(db, issuer, actor.sessionId)
}

/** Why a proof is not good enough; null when it is. */
async function examine(means: Means, by: By, proof: Proof): Promise<AppError | null> {
  const { db, limiter } = means
  const { userId } = by.actor
  if (proof.method === 'totp') {
    return (await acceptTotp(means, userId, proof.code, by.ip)) ? null : new AppError('code_rejected')
  }
  if (proof.method === 'passkey') return examinePasskey(means, by, proof)
  const person = await selectOptionalProofs(db.across, userId)
  if (!person) throw new AppError('session_expired')
  if (person.mfaEnabled) {
    // Not even looked at: anyone who found the session open is not to try passwords here.
    return refusal('second_factor_expected')
  }
  const takeBack = await countPasswordProof(limiter, by.actor)
  if (!(await passwordFits(person.passwordHash, proof.password))) {
    return refusal('password_wrong')
  }
  await takeBack()
  return null
}

async function examinePasskey(
  { db, party }: Means,
  { actor, school }: By,
  proof: { ceremonyId: string; response: unknown },
): Promise<AppError | null> {
  const ceremony = await claimCeremony(db.across, { id: proof.ceremonyId, purposes: ['step_up'] })
  if (ceremony?.userId !== actor.userId || ceremony.sessionId !== actor.sessionId) {
    throw new AppError('link_expired')
  }
  const { refused } = await provePasskey({ db, party }, ceremony, proof.response, school)
  return refused === null ? null : passkeyRefused()
}

/** Begin to prove oneself by a passkey; only this session can finish it. */
export async function startPasskeyCheck(
  { db, party }: Pick<Means, 'db' | 'party'>,
  { userId, sessionId }: Actor,
): Promise<{ ceremonyId: string; options: Record<string, unknown> }> {
  const options = await party.requestOptions(await selectCredentials(db.across, userId), 'preferred')
  const ceremonyId = randomUUID()
  const { challenge } = options
  await insertCeremony(db.across, ceremonyId, { purpose: 'step_up', challenge, userId, sessionId })
  return { ceremonyId, options }
}
