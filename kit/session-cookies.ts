import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * The three cookies of a web session. Auth sets them when someone signs in, the gateway when it refreshes a
 * session on the way to a page; both through this file, so that they cannot drift apart.
 */
export const accessCookie = 'azora_access'
export const refreshCookie = 'azora_refresh'
export const csrfCookie = 'azora_csrf'

/**
 * The name that a browser keeps a session cookie under. Over https it carries the prefix of RFC 6265bis, 4.1.3.2,
 * with which a browser takes the cookie from this very host alone: no sibling domain can plant one. The gateway
 * takes the prefix off again, so that everything behind it knows the plain names only.
 */
export const browserCookie = (name: string, secure: boolean) => (secure ? `__Host-${name}` : name)

/** What a session's cookies carry. Times are ISO 8601. */
export type SessionTokens = {
  accessToken: string
  accessExpiresAt: string
  refreshToken: string
  refreshExpiresAt: string
}

const secondsUntil = (time: string) => Math.max(0, Math.round((Date.parse(time) - Date.now()) / 1000))

/**
 * A CSRF token: 32 random bytes and their HMAC under the access token, in base64url. Binding it to the HttpOnly
 * access cookie needs no secret shared between auth and gateway, and a cookie planted from a sibling domain does
 * not fit, because who planted it cannot read the access token.
 */
export function createCsrfToken(accessToken: string): string {
  const random = randomBytes(32).toString('base64url')
  return `${random}.${bind(random, accessToken)}`
}

const bind = (random: string, accessToken: string) =>
  createHmac('sha256', accessToken).update(random).digest('base64url')

/** Whether the token was made for this access token. */
export function csrfTokenFits(csrfToken: string, accessToken: string): boolean {
  const [random = '', seal = ''] = csrfToken.split('.')
  const right = Buffer.from(bind(random, accessToken))
  const given = Buffer.from(seal)
  return given.length === right.length && timingSafeEqual(given, right)
}

/** `Set-Cookie` texts of a session. `secure` when the site is reached by https. */
export function sessionCookies(tokens: SessionTokens, csrfToken: string, secure: boolean): string[] {
  const end = secure ? '; Secure' : ''
  const name = (cookie: string) => browserCookie(cookie, secure)
  const access = secondsUntil(tokens.accessExpiresAt)
  const refresh = secondsUntil(tokens.refreshExpiresAt)
  return [
    `${name(accessCookie)}=${tokens.accessToken}; Max-Age=${access}; Path=/; HttpOnly; SameSite=Lax${end}`,
    `${name(refreshCookie)}=${tokens.refreshToken}; Max-Age=${refresh}; Path=/; HttpOnly; SameSite=Lax${end}`,
    `${name(csrfCookie)}=${csrfToken}; Max-Age=${access}; Path=/; SameSite=Lax${end}`,
  ]
}

/** `Set-Cookie` texts that end a session in the browser. */
export function clearedSessionCookies(secure: boolean): string[] {
  const end = secure ? '; Secure' : ''
  const name = (cookie: string) => browserCookie(cookie, secure)
  return [
    `${name(accessCookie)}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${end}`,
    `${name(refreshCookie)}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${end}`,
    `${name(csrfCookie)}=; Max-Age=0; Path=/; SameSite=Lax${end}`,
  ]
}
