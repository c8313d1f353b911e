import { hash } from 'node:crypto'
import type { Deprecation, OperationMeta } from '@azora/contracts/operation.ts'
import type { Response } from 'express'

/**
 * The headers of an answer that follow from its contract: how long it keeps, and how long its operation will; and
 * those of answers that follow none.
 */

/**
 * The security headers of answers that the gateway's own do not reach: before there is a gateway, and in place of a
 * WebSocket. @param secure whether the site is reached by https.
 */
export function bareAnswerHeaders(secure: boolean): Record<string, string> {
  return {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    ...(secure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/** A strong entity tag of a body (RFC 9110, 8.8.3). */
export function etagOf(body: string): string {
  // Not for secrecy: only that another body has another tag.
  return `"${hash('sha1', body, 'base64url')}"`
}

/** Whether an `If-None-Match` names the tag, compared weakly as RFC 9110, 13.1.2 asks. */
export function namesTag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  const plain = etag.replace(/^W\//, '')
  return ifNoneMatch.split(',').some(tag => tag.trim().replace(/^W\//, '') === plain)
}

/**
 * `Cache-Control` of a JSON answer, and `Vary` where others may keep it: what is public and asked for by nobody.
 * An answer to someone signed in is theirs alone and is kept nowhere unless its contract says so.
 */
export function setCaching(res: Response, meta: OperationMeta, method: string, signedIn: boolean): void {
  const { cache } = meta
  const shared = meta.access === 'public' && method === 'get' && !signedIn && cache?.scope !== 'private'
  if (shared) {
    res.vary('Authorization, Cookie, X-Azora-School')
    res.setHeader('Cache-Control', `public, max-age=${cache?.maxAgeSeconds ?? 5}`)
  } else if (cache?.scope === 'private' && method === 'get') {
    res.vary('Authorization, Cookie')
    res.setHeader('Cache-Control', `private, max-age=${cache.maxAgeSeconds}`)
  } else res.setHeader('Cache-Control', 'no-store')
}

/**
 * `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and the address of the successor (RFC 8288), for a path such as
 * `/api/v2/education/courses`.
 */
export function setDeprecation(res: Response, { since, sunset, successor }: Deprecation): void {
  res.setHeader('Deprecation', `@${Math.floor(Date.parse(since) / 1000)}`)
  res.setHeader('Sunset', new Date(sunset).toUTCString())
  res.append('Link', `<${successor}>; rel="successor-version"`)
}
