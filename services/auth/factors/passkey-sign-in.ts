import { randomUUID } from 'node:crypto'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { selectOptionalSignInOf } from '../accounts/accounts.store.ts'
import { findOrganization } from '../organizations/organizations.ts'
import type { SignedIn, Visitor } from '../sessions/sessions.ts'
import { enter } from '../sessions/sign-in.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { type Ceremony, claimCeremony, insertCeremony } from './ceremonies.store.ts'
import { findChallenge, tryChallenge } from './challenge.ts'
import { passkeyRefused, provePasskey } from './passkey-proof.ts'
import { selectCredentials } from './passkeys.store.ts'
import type { RelyingParty } from './relying-party.ts'
import { checkChallenge, recordRefusal } from './second-factor.ts'

type Means = { db: Database; issuer: Issuer; party: RelyingParty }

/**
 * Start to sign in with a passkey: alone, where nothing is asked of who it is and so nothing is told, or as the
 * second factor of a challenge.
 * @throws AppError `link_expired` when the challenge is over.
 */
export async function startPasskeySignIn(
  { db, party }: Pick<Means, 'db' | 'party'>,
  challengeToken: string | null,
): Promise<{ ceremonyId: string; options: Record<string, unknown> }> {
  const ceremonyId = randomUUID()
  if (challengeToken === null) {
    const options = await party.requestOptions(null, 'required')
    await insertCeremony(db.across, ceremonyId, { purpose: 'sign_in', challenge: options.challenge })
    return { ceremonyId, options }
  }
  const { id: loginChallengeId, userId } = await findChallenge(db, challengeToken)
  const options = await party.requestOptions(await selectCredentials(db.across, userId), 'preferred')
  const { challenge } = options
  await insertCeremony(db.across, ceremonyId, {
    purpose: 'second_factor',
    challenge,
    userId,
    loginChallengeId,
  })
  return { ceremonyId, options }
}

/**
 * Finish what `startPasskeySignIn` began, in the named school or the person's own; with a challenge in the
 * school of that.
 * @param at the school by whose address the visitor came.
 * @throws AppError `wrong_credentials` for whatever is wrong with the passkey; `link_expired` without such a
 * ceremony, or when its challenge is over; `account_suspended`.
 */
export async function finishPasskeySignIn(
  means: Means,
  given: { ceremonyId: string; response: unknown; school: string | null },
  visitor: Visitor,
  at: string | null,
): Promise<SignedIn> {
  const { db } = means
  const purposes = ['sign_in', 'second_factor'] as const
  const ceremony = await claimCeremony(db.across, { id: given.ceremonyId, purposes })
  if (!ceremony) throw new AppError('link_expired')
  return ceremony.purpose === 'sign_in'
    ? signInAlone(means, ceremony, given, visitor, at)
    : signInSecond(means, ceremony, given.response, visitor, at)
}

async function signInAlone(
  means: Means,
  ceremony: Ceremony,
  given: { response: unknown; school: string | null },
  visitor: Visitor,
  at: string | null,
): Promise<SignedIn> {
  const { db } = means
  const school = given.school ? await findOrganization(db, given.school) : null
  const proof = await provePasskey(means, ceremony, given.response, at)
  const found =
    proof.userId === null
      ? null
      : await selectOptionalSignInOf(db.across, { userId: proof.userId, organizationId: school?.id ?? null })
  if (proof.refused !== null) {
    if (found) {
      const known = { userId: found.account.id, organizationId: found.account.organization.id }
      await recordRefusal(db, known, visitor, { method: 'passkey', reason: proof.refused })
    }
    throw passkeyRefused()
  }
  if (!found) throw passkeyRefused()
  if (found.barred) throw new AppError('account_suspended')
  return enter(means, found.account, visitor, { method: 'passkey' })
}

async function signInSecond(
  means: Means,
  ceremony: Extract<Ceremony, { purpose: 'second_factor' }>,
  response: unknown,
  visitor: Visitor,
  at: string | null,
): Promise<SignedIn> {
  const challenge = await tryChallenge(means.db, { id: ceremony.loginChallengeId })
  const proof = await provePasskey(means, ceremony, response, at)
  if (proof.refused !== null) {
    await recordRefusal(means.db, challenge, visitor, { method: 'passkey', reason: proof.refused })
    throw passkeyRefused()
  }
  return checkChallenge(means, challenge, visitor, 'passkey')
}
