import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { actorOf, type RequestContext } from '@azora/kit/request-context.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import { selectOptionalProofs } from '../factors/factors.store.ts'
import { beginAttempt } from './attempts.ts'
import type { createBrowserMark } from './browser.ts'
import { selectIdentities } from './identities.store.ts'
import { safeNext } from './next-path.ts'
import { FederationProblem } from './problem.ts'
import type { Provider } from './provider.ts'
import type { ProviderId } from './providers.ts'

type Means = {
  db: Database
  sealing: Sealing
  providers: ReadonlyMap<ProviderId, Provider>
  mark: ReturnType<typeof createBrowserMark>
  publicUrl: string
}

const accountPage = '/account/security'

/**
 * Go to a provider from one's account, to link it or to prove by it who one is.
 * @returns the address to which the browser goes on.
 * @throws AppError `not_found` for a provider that is not set up, or not linked where it is to prove something;
 * `conflict` at a school's own address, or for an account that proves itself by its second factor; `unavailable`.
 */
export async function setOutFromAccount(
  { db, sealing, providers, mark, publicUrl }: Means,
  context: RequestContext,
  asked: { provider: ProviderId; purpose: 'link' | 'step_up'; next?: string | undefined },
): Promise<{ url: string }> {
  const { userId, sessionId } = actorOf(context)
  const provider = providers.get(asked.provider)
  if (!provider) throw new AppError('not_found')
  if (context.school) {
    // Providers send people back to the one address that they were told, where this session is not known.
    throw refusal('other_address', { url: publicUrl })
  }
  if (asked.purpose === 'step_up') await requireThatItProves(db, userId, asked.provider)
  const next = safeNext(asked.next, publicUrl, accountPage)
  const { purpose } = asked
  const about = { purpose, provider: provider.id, userId, sessionId, next, school: null }
  const request = await beginAttempt({ db, sealing }, about, mark.give(context))
  try {
    return { url: (await provider.authorizationUrl(request)).href }
  } catch (failure) {
    if (failure instanceof FederationProblem) throw new AppError('unavailable', {}, { cause: failure })
    throw failure
  }
}

async function requireThatItProves(db: Database, userId: string, provider: ProviderId): Promise<void> {
  const linked = await selectIdentities(db.across, userId)
  if (!linked.some(identity => identity.provider === provider)) throw new AppError('not_found')
  const person = await selectOptionalProofs(db.across, userId)
  if (person?.mfaEnabled) throw refusal('second_factor_instead')
}
