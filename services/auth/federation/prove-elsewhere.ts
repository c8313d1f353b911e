import { recordAudit } from '@azora/kit/audit.ts'
import type { Database } from '@azora/kit/db.ts'
import { recordRefusal } from '../factors/second-factor.ts'
import { updateAuthenticatedAt } from '../sessions/sessions.store.ts'
import { renewTokens, type SignedIn, type Visitor } from '../sessions/sessions.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { selectOptionalOwner } from './identities.store.ts'
import type { OwnSession } from './own-session.ts'
import { FederationProblem } from './problem.ts'
import type { Profile } from './provider.ts'
import type { ProviderId } from './providers.ts'

// Clocks differ.
const skewSeconds = 60

/**
 * Take the word of a provider, given anew, for a proof of who someone is.
 * @param startedAt when they set out, ISO 8601: where the provider says when it asked, that must have been later.
 * @returns new tokens of the same session.
 * @throws FederationProblem `wrong_identity`, `not_fresh`, `second_factor_required`.
 */
export async function proveElsewhere(
  { db, issuer }: { db: Database; issuer: Issuer },
  { actor, account }: OwnSession,
  given: { provider: ProviderId; profile: Profile; startedAt: string },
  { ip, userAgent }: Visitor,
): Promise<SignedIn> {
  const { provider, profile } = given
  const problem = await examine(db, account, given)
  if (problem) {
    const details = { method: provider, purpose: 'step_up', reason: problem } as const
    await recordRefusal(db, actor, { ip, userAgent }, details, actor)
    throw new FederationProblem(problem)
  }
  await db.in(actor.organizationId).transaction(async tx => {
    await updateAuthenticatedAt(tx, actor.sessionId)
    await recordAudit(
      tx,
      'auth',
      { actor, ip, userAgent },
      {
        action: 'session.reauthenticated',
        subject: { kind: 'session', id: actor.sessionId },
        details: { method: provider, ...(profile.authenticatedAt === null ? { freshness: 'untold' } : {}) },
      },
    )
  })
  return renewTokens(db, issuer, actor.sessionId)
}

async function examine(
  db: Database,
  account: OwnSession['account'],
  { provider, profile, startedAt }: { provider: ProviderId; profile: Profile; startedAt: string },
) {
  // Anyone who found the session open may well find the one at the provider open too.
  if (account.mfaEnabled) return 'second_factor_required'
  const owner = await selectOptionalOwner(db.across, { provider, subject: profile.subject })
  if (owner !== account.id) return 'wrong_identity'
  const { authenticatedAt } = profile
  const tooOld = authenticatedAt !== null && authenticatedAt < Date.parse(startedAt) / 1000 - skewSeconds
  return tooOld ? 'not_fresh' : null
}
