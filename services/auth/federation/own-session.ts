import type { Database } from '@azora/kit/db.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { RequestContext } from '@azora/kit/request-context.ts'
import { refreshCookie } from '@azora/kit/session-cookies.ts'
import { type Account, selectOptionalAccount } from '../accounts/accounts.store.ts'
import { selectOptionalLiveSession } from '../sessions/sessions.store.ts'
import type { Issuer } from '../tokens/issuer.ts'
import type { Attempt } from './attempts.ts'
import { FederationProblem } from './problem.ts'

/** The session from which someone went to a provider. */
export type OwnSession = { actor: Actor; account: Account }

/**
 * The session that an attempt belongs to, which must be live and that of this very browser. The access token may
 * have run out on the way; the refresh token then says whose browser it is.
 * @throws FederationProblem `signed_out`.
 */
export async function sessionOfAttempt(
  { db, issuer }: { db: Database; issuer: Issuer },
  attempt: Attempt,
  context: RequestContext,
): Promise<OwnSession> {
  const { userId, sessionId } = attempt
  const refreshToken = context.cookie(refreshCookie)
  const here =
    context.actor?.sessionId ?? (refreshToken ? issuer.readRefreshToken(refreshToken)?.sessionId : undefined)
  const session =
    sessionId !== null && here === sessionId ? await selectOptionalLiveSession(db.across, sessionId) : null
  if (!session || !sessionId || session.userId !== userId || session.impersonatorId)
    throw new FederationProblem('signed_out')
  const { organizationId } = session
  const account = await selectOptionalAccount(db.in(organizationId), { organizationId, userId })
  if (!account) throw new FederationProblem('signed_out')
  return { account, actor: { userId, organizationId, sessionId, roles: account.roles } }
}
