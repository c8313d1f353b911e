import type { RequestContext } from '@azora/kit/request-context.ts'
import {
  accessCookie,
  clearedSessionCookies,
  createCsrfToken,
  refreshCookie,
  sessionCookies,
} from '@azora/kit/session-cookies.ts'
import type { SignedIn } from './sessions/sessions.ts'
import type { SignInOutcome } from './sessions/sign-in.ts'

/** How tokens reach the one who signed in: in the body, or in HttpOnly cookies. */
export type Answers = ReturnType<typeof createAnswers>

export function createAnswers(publicUrl: string) {
  const secure = publicUrl.startsWith('https:')

  function signedIn({ account, tokens }: SignedIn, session: 'cookie' | 'token', context: RequestContext) {
    if (session === 'token') return { account, tokens }
    const csrfToken = createCsrfToken(tokens.accessToken)
    for (const text of sessionCookies(tokens, csrfToken, secure)) context.setCookie(text)
    return { account, tokens: null }
  }

  return {
    signedIn,
    outcome(outcome: SignInOutcome, session: 'cookie' | 'token', context: RequestContext) {
      if ('challenge' in outcome) return { account: null, tokens: null, challenge: outcome.challenge }
      return { ...signedIn(outcome, session, context), challenge: null }
    },
    clearCookies(context: RequestContext): void {
      if (context.cookie(accessCookie) === null && context.cookie(refreshCookie) === null) return
      for (const text of clearedSessionCookies(secure)) context.setCookie(text)
    },
  }
}
