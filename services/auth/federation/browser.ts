import { randomBytes } from 'node:crypto'
import type { RequestContext } from '@azora/kit/request-context.ts'
import { browserCookie } from '@azora/kit/session-cookies.ts'

// As long as an attempt lives.
const seconds = 10 * 60

/**
 * By what a browser is known again that sets out to a provider: a random value in an HttpOnly cookie. An answer
 * that someone else's browser is made to deliver, or ours to deliver for someone else, lacks it (RFC 9700, 4.7).
 */
export function createBrowserMark(publicUrl: string) {
  const secure = publicUrl.startsWith('https:')
  const name = browserCookie('azora_federation', secure)
  const read = ({ cookie }: RequestContext) => {
    const value = cookie(name) ?? ''
    return /^[\w-]{43}$/.test(value) ? value : null
  }
  return {
    /** The mark of the browser, or null when it has none. */
    read,
    /** The mark that the browser has or now gets. One for all its tabs, so that two ways at once do not cross. */
    give(context: RequestContext): string {
      const value = read(context) ?? randomBytes(32).toString('base64url')
      const end = secure ? '; Secure' : ''
      context.setCookie(`${name}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${end}`)
      return value
    },
  }
}
