import type { IncomingMessage } from 'node:http'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor, Identity } from '@azora/kit/identity.ts'
import { cookieOf } from '@azora/kit/request-context.ts'
import { accessCookie, csrfCookie, csrfTokenFits, refreshCookie } from '@azora/kit/session-cookies.ts'
import { type ApiKeys, isApiKey } from './api-keys.ts'
import { changesSomething, type createOriginCheck } from './origin.ts'
import type { Route } from './route-table.ts'

type Session = { access: string | null; refresh: string | null }

/** The tokens that a request carries in cookies. */
export function sessionOf(req: IncomingMessage): Session {
  if (!req.headers.cookie?.includes('azora_')) return { access: null, refresh: null }
  return { access: cookieOf(req, accessCookie), refresh: cookieOf(req, refreshCookie) }
}

/** The actor of a cookie's token; null when it has run out or is none of ours. */
export async function actorOfCookie(identity: Identity, access: string | null): Promise<Actor | null> {
  if (!access) return null
  try {
    return await identity.verify(access)
  } catch (failure) {
    if (failure instanceof AppError && failure.code === 'unauthenticated') return null
    throw failure
  }
}

/** The actor of an `Authorization` header. An API key in it is exchanged for the token that it stands for. */
export async function actorOfHeader(
  req: IncomingMessage,
  authorization: string,
  identity: Identity,
  keys: ApiKeys,
): Promise<Actor> {
  const token = /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1]
  if (!token) throw new AppError('unauthenticated')
  if (!isApiKey(token)) {
    req.headers.authorization = `Bearer ${token}`
    return identity.verify(token)
  }
  const exchanged = await keys(token)
  req.headers.authorization = `Bearer ${exchanged.token}`
  return exchanged.actor
}

/**
 * Who calls the API. A bearer token must be valid. Without one, a session cookie becomes one for the services
 * behind us; a request that changes something must then prove that a page of ours sent it.
 */
export function createSessions(
  identity: Identity,
  keys: ApiKeys,
  checkOrigin: ReturnType<typeof createOriginCheck>,
) {
  /** @throws AppError `unauthenticated`, `csrf_rejected`. */
  return async (req: IncomingMessage, route: Route): Promise<Actor | null> => {
    const { authorization } = req.headers
    if (authorization !== undefined) {
      // A protocol of its own names its caller in its own way, as OAuth clients do.
      if (route.raw === 'page' && /^basic /i.test(authorization)) return null
      return actorOfHeader(req, authorization, identity, keys)
    }
    const { access, refresh } = sessionOf(req)
    const changes = changesSomething(req)
    if (changes) {
      // Forms that come from elsewhere by design prove by their state whose they are; they lend no session.
      if (route.raw === 'page' && route.access === 'public') return null
      checkOrigin(req, access !== null || refresh !== null)
    }
    const actor = await actorOfCookie(identity, access)
    if (!actor || !access) return null
    if (changes && !hasCsrfToken(req, access)) {
      // Signing in and registering need nobody's authority, so without the proof they are lent none.
      if (route.access === 'public') return null
      throw new AppError('csrf_rejected')
    }
    req.headers.authorization = `Bearer ${access}`
    return actor
  }
}

function hasCsrfToken(req: IncomingMessage, access: string): boolean {
  const sent = req.headers['x-azora-csrf']
  return typeof sent === 'string' && sent === cookieOf(req, csrfCookie) && csrfTokenFits(sent, access)
}
