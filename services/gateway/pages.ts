import { AppError } from '@azora/kit/errors.ts'
import type { Request, Response } from 'express'
import type { Visit } from './access-log.ts'
import { compress } from './compress.ts'
import type { GatewayOptions, GatewayParts } from './gateway-options.ts'
import { changesSomething, createOriginCheck } from './origin.ts'
import { createPageSessions } from './page-session.ts'
import { createSecurityHeaders } from './security-headers.ts'
import { sessionOf } from './session.ts'
import { createStaticApps } from './static-apps.ts'
import { silenceMs } from './upstream.ts'
import { nameVisitor } from './visitor.ts'

// Built files, named by their content: no session, no budget, and no nonce, which would make each answer differ.
const assets = '/_next/static/'

/**
 * A page is another for who saves data, by their choice (a cookie) or by their browser's wish: no cache gives one for the
 * other. Said as the answer begins, since what makes the page sets `Vary` itself.
 */
function tellApart(res: Response): void {
  const begin = res.writeHead as (...given: unknown[]) => Response
  res.writeHead = ((...given: unknown[]) => {
    res.vary('Cookie').vary('Save-Data')
    return begin.apply(res, given)
  }) as typeof res.writeHead
}

/** Everything that is not the API: the portal's pages and files. */
export function createPages(options: GatewayOptions, { limit, portal: target }: GatewayParts) {
  const { config, internalKey } = options
  const secure = config.publicUrl.startsWith('https:')
  const headers = createSecurityHeaders({ secure })
  const keepSignedIn = createPageSessions({ ...options, secure })
  const checkOrigin = createOriginCheck(config)
  const staticApps = createStaticApps({ apps: options.apps ?? new Map(), secure })

  return async (req: Request, res: Response, visit: Visit): Promise<void> => {
    if (await staticApps(req, res, visit.path)) return
    if (visit.path.startsWith(assets)) headers.asset(res, visit.path)
    else {
      headers.page(req, res, visit.path)
      const arrival = await limit.arrive('general', visit)
      // Pages know people by their cookies only.
      delete req.headers.authorization
      const { access, refresh } = sessionOf(req)
      if (changesSomething(req)) checkOrigin(req, access !== null || refresh !== null)
      if (target) visit.actor = await keepSignedIn(req, res)
      await limit.admit(res, 'general', arrival, visit.actor)
      if (visit.address) nameVisitor(req, visit.address, internalKey)
    }
    if (!target) throw new AppError('not_found')
    if (!visit.path.startsWith(assets)) tellApart(res)
    compress(req, res)
    if ('forward' in target) {
      const repeatable = req.method === 'GET' || req.method === 'HEAD'
      await target.forward(req, res, { silenceMs: silenceMs.stream, repeatable, body: null })
    } else await target.handle(req, res)
  }
}
