import type { authContract } from '@azora/contracts/auth.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type Handlers, type RequestContext } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import {
  accessCookie,
  clearedSessionCookies,
  createCsrfToken,
  refreshCookie,
  sessionCookies,
} from '@azora/kit/session-cookies.ts'
import { selectOptionalAccount } from './accounts/accounts.store.ts'
import { listPeople, setRoles } from './accounts/people.ts'
import { register } from './accounts/register.ts'
import { findOrganization } from './organizations/organizations.ts'
import { endSession, refreshSession, type SignedIn } from './sessions/sessions.ts'
import { signIn } from './sessions/sign-in.ts'
import type { Issuer } from './tokens/issuer.ts'
import { publishedKeys } from './tokens/signing-keys.ts'

type AuthHandlers = Omit<Handlers<typeof authContract>, 'listEvents'>

/** The operations of auth, each handed to its use case. */
export function authHandlers(
  { db, limiter, publicUrl }: Pick<ServiceKit, 'db' | 'limiter' | 'publicUrl'>,
  issuer: Issuer,
): AuthHandlers {
  const secure = publicUrl.startsWith('https:')

  function answer(signedIn: SignedIn, session: 'cookie' | 'token', context: RequestContext) {
    const { account, tokens } = signedIn
    if (session === 'token') return { account, tokens }
    const csrfToken = createCsrfToken(tokens.accessToken)
    for (const text of sessionCookies(tokens, csrfToken, secure)) context.setCookie(text)
    return { account, tokens: null }
  }

  function clearCookies(context: RequestContext): void {
    if (context.cookie(accessCookie) === null && context.cookie(refreshCookie) === null) return
    for (const text of clearedSessionCookies(secure)) context.setCookie(text)
  }

  return {
    organization: (input, context) => findOrganization(db, input.school ?? context.school),
    async register(input, context) {
      const school = input.school ?? context.school
      return answer(await register({ db, issuer }, { ...input, school }, context), input.session, context)
    },
    async login(input, context) {
      const school = input.school ?? context.school
      const signedIn = await signIn({ db, issuer, limiter }, { ...input, school }, context)
      return answer(signedIn, input.session, context)
    },
    async refresh(input, context) {
      if (input.refreshToken) {
        return answer(await refreshSession(db, issuer, input.refreshToken), 'token', context)
      }
      try {
        const held = context.cookie(refreshCookie)
        if (!held) throw new AppError('session_expired')
        return answer(await refreshSession(db, issuer, held), 'cookie', context)
      } catch (failure) {
        if (failure instanceof AppError && failure.code === 'session_expired') clearCookies(context)
        throw failure
      }
    },
    async logout(_input, context) {
      await endSession(db, actorOf(context))
      clearCookies(context)
      return { ok: true as const }
    },
    async me(_input, context) {
      const actor = actorOf(context)
      const account = await selectOptionalAccount(db.in(actor.organizationId), actor)
      if (!account) throw new AppError('unauthenticated')
      return account
    },
    jwks: async () => ({ keys: (await publishedKeys(db)).keys as Record<string, unknown>[] }),
    listPeople: (input, context) =>
      listPeople(db, { ...input, organizationId: actorOf(context).organizationId }),
    setRoles: (input, context) => setRoles(db, { ...input, organizationId: actorOf(context).organizationId }),
  }
}
