import { codeOf } from '@azora/contracts/client.ts'
import type { Actor, Identity } from '@azora/kit/identity.ts'
import type { Logger } from '@azora/kit/log.ts'
import {
  accessCookie,
  clearedSessionCookies,
  createCsrfToken,
  csrfCookie,
  refreshCookie,
  type SessionTokens,
  sessionCookies,
} from '@azora/kit/session-cookies.ts'
import type { Request, Response } from 'express'
import { actorOfCookie, sessionOf } from './session.ts'

/** A visit to a page, or the portal's own request for a page's content when following a link. */
function isNavigation(req: Request): boolean {
  if (req.method !== 'GET' && req.method !== 'HEAD') return false
  return (req.headers.accept ?? '').includes('text/html') || req.headers.rsc !== undefined
}

const named = new RegExp(`^\\s*(?:${accessCookie}|${refreshCookie}|${csrfCookie})=`)

/** The `Cookie` header with other session cookies in place of those it carried. */
export function replaceSession(header: string, cookies: Record<string, string>): string {
  const kept = header.split(';').filter(part => !named.test(part))
  const added = Object.entries(cookies).map(([name, value]) => `${name}=${value}`)
  return [...kept.map(part => part.trim()), ...added].filter(Boolean).join('; ')
}

/**
 * Keeps people signed in across pages: when the access cookie has run out and a refresh cookie is there, the
 * session is refreshed on the way, the page is rendered with the new tokens and the browser is given them.
 */
export function createPageSessions(options: {
  identity: Identity
  log: Logger
  secure: boolean
  refresh(refreshToken: string): Promise<{ tokens: SessionTokens | null }>
}) {
  const { identity, log, secure } = options

  function set(req: Request, res: Response, cookies: Record<string, string>, texts: string[]): void {
    req.headers.cookie = replaceSession(req.headers.cookie ?? '', cookies)
    for (const text of texts) res.append('Set-Cookie', text)
  }

  /** Who visits, as far as the cookies tell. */
  return async (req: Request, res: Response): Promise<Actor | null> => {
    const session = sessionOf(req)
    const actor = await actorOfCookie(identity, session.access)
    if (actor || !session.refresh || !isNavigation(req)) return actor
    try {
      const { tokens } = await options.refresh(session.refresh)
      if (!tokens) return null
      const csrfToken = createCsrfToken(tokens.accessToken)
      set(
        req,
        res,
        {
          [accessCookie]: tokens.accessToken,
          [refreshCookie]: tokens.refreshToken,
          [csrfCookie]: csrfToken,
        },
        sessionCookies(tokens, csrfToken, secure),
      )
      return await actorOfCookie(identity, tokens.accessToken)
    } catch (failure) {
      if (codeOf(failure) === 'session_expired') set(req, res, {}, clearedSessionCookies(secure))
      // Auth is away for a moment: the page is shown as to a visitor, and the session is kept for the next one.
      else log.warn('A session could not be refreshed on the way to a page', { failure })
      return null
    }
  }
}
