import type { IncomingMessage } from 'node:http'
import { accessCookie, browserCookie, csrfCookie, refreshCookie } from '@azora/kit/session-cookies.ts'

const names = [accessCookie, refreshCookie, csrfCookie]

/**
 * Gives a request's session cookies the names that everything behind the gateway knows. Over https only those with
 * the `__Host-` prefix count; one without it can have been planted from a sibling domain. Where one name stands
 * twice with different values someone has tossed a cookie in, and which of the two is ours cannot be told: the
 * request then carries no session at all.
 */
export function adoptSessionCookies(req: IncomingMessage, secure: boolean): void {
  const { cookie } = req.headers
  if (!cookie?.includes('azora_')) return
  const plainName = new Map(names.map(name => [browserCookie(name, secure), name]))
  const others: string[] = []
  const session = new Map<string, string>()
  let tossed = false
  for (const part of cookie.split(';')) {
    const at = part.indexOf('=')
    const name = part.slice(0, at < 0 ? undefined : at).trim()
    const plain = plainName.get(name)
    if (plain) {
      const value = at < 0 ? '' : part.slice(at + 1).trim()
      tossed ||= (session.get(plain) ?? value) !== value
      session.set(plain, value)
    } else if (!names.includes(name.replace(/^__Host-/i, ''))) others.push(part.trim())
  }
  const kept = tossed ? [] : [...session].map(([name, value]) => `${name}=${value}`)
  req.headers.cookie = [...others, ...kept].filter(Boolean).join('; ')
}
