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
