import type { Database } from '@azora/kit/db.ts'
import type { RequestContext } from '@azora/kit/request-context.ts'
import type { Answers } from '../answers.ts'
import type { Issuer } from '../tokens/issuer.ts'
import type { Attempt } from './attempts.ts'
import { linkProfile } from './link.ts'
import { sessionOfAttempt } from './own-session.ts'
import { placeOfChallenge } from './places.ts'
import { proveElsewhere } from './prove-elsewhere.ts'
import type { Profile } from './provider.ts'
import { signInElsewhere } from './sign-in-elsewhere.ts'

/**
 * Do what someone went to a provider for, now that it vouched for them.
 * @returns where the browser goes next, a path of ours.
 * @throws FederationProblem
 */
export async function arrive(
  { db, issuer, answers }: { db: Database; issuer: Issuer; answers: Answers },
  attempt: Attempt,
  profile: Profile,
  context: RequestContext,
): Promise<string> {
  const { provider, purpose, next, school, startedAt } = attempt
  if (purpose === 'sign_in') {
    const outcome = await signInElsewhere({ db, issuer }, provider, { profile, school }, context)
    if ('challenge' in outcome) return placeOfChallenge(next, outcome)
    answers.signedIn(outcome, 'cookie', context)
    return next
  }
  const session = await sessionOfAttempt({ db, issuer }, attempt, context)
  if (purpose === 'link') {
    const { ip, userAgent } = context
    await linkProfile(db, { actor: session.actor, ip, userAgent }, provider, profile)
    return next
  }
  const given = { provider, profile, startedAt }
  answers.signedIn(await proveElsewhere({ db, issuer }, session, given, context), 'cookie', context)
  return next
}
