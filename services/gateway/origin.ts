import type { IncomingMessage } from 'node:http'
import { AppError } from '@azora/kit/errors.ts'

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
export const changesSomething = (req: IncomingMessage) => unsafe.has(req.method ?? '')

/**
 * Tells whether a changing request without a bearer token came from a page of ours. Browsers say where a request
 * comes from and scripts cannot change it; a program that is no browser says nothing and holds nobody's cookies.
 */
export function createOriginCheck({ publicUrl, corsOrigins }: { publicUrl: string; corsOrigins: string[] }) {
  const publicOrigin = new URL(publicUrl).origin
  const secure = publicOrigin.startsWith('https:')
  const allowed = new Set(corsOrigins)

  function isOurs(origin: string, host: string | undefined): boolean {
    if (origin === publicOrigin) return true
    // The same system is also reached by other names, such as the machine's address in its own network.
    return host !== undefined && (origin === `https://${host}` || (!secure && origin === `http://${host}`))
  }

  /** @throws AppError `csrf_rejected`. */
  return (req: IncomingMessage, hasSession: boolean): void => {
    const { origin, host, 'sec-fetch-site': site } = req.headers
    if (origin !== undefined) {
      if (isOurs(origin, host) || (!hasSession && allowed.has(origin))) return
      throw new AppError('csrf_rejected')
    }
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new AppError('csrf_rejected')
  }
}
