import type { IncomingMessage } from 'node:http'

const ours = new Set(['x-azora-csrf', 'x-azora-school'])
// `x-middleware-` and the request's CSP are words between us and the portal.
const reserved = /^(?:x-azora-|x-middleware-|content-security-policy$)/
const forwarding = /^(?:x-forwarded-|forwarded$|x-real-ip$)/

/** Remove what an outsider may not say: headers that the parts of the system believe when they hear them. */
export function removeForeignHeaders(req: IncomingMessage, behindProxy: boolean): void {
  for (const name in req.headers) {
    if (reserved.test(name) ? !ours.has(name) : !behindProxy && forwarding.test(name)) {
      delete req.headers[name]
    }
  }
}

/**
 * The school that the address names: `evening` of `evening.school.example`, when the installation itself is at
 * `school.example`. Null at the installation's own address, where the default school is at home.
 */
export function schoolOfHost(host: string | undefined, publicHost: string): string | null {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase()
  if (!name.endsWith(`.${publicHost}`)) return null
  const label = name.slice(0, -publicHost.length - 1)
  return /^[a-z0-9][a-z0-9-]{0,60}$/.test(label) && label !== 'www' ? label : null
}

/**
 * Whether a request can be read in two ways that Node lets through: a body whose end its coding does not tell
 * (RFC 9112, 6.3), or two hosts (RFC 9112, 3.2).
 */
export function isAmbiguous({ headers, rawHeaders }: IncomingMessage): boolean {
  const coding = headers['transfer-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return true
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  return hosts > 1
}
