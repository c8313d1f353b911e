import { AppError } from '@azora/kit/errors.ts'
import type { Request, Response } from 'express'
import type { Visit } from './access-log.ts'
import { compress } from './compress.ts'
import type { Forward } from './forward.ts'
import type { GatewayOptions } from './gateway.ts'
import { changesSomething, createOriginCheck } from './origin.ts'
import { createPageSessions } from './page-session.ts'
import { createRateLimit } from './rate-limit.ts'
import { createSecurityHeaders } from './security-headers.ts'
import { sessionOf } from './session.ts'

// Built files, named by their content: no session, no budget, and no nonce, which would make each answer differ.
const assets = '/_next/static/'

/** Everything that is not the API: the portal's pages and files. */
export function createPages(options: GatewayOptions & { forward: Forward }) {
  const { portal, config, forward } = options
  const secure = config.publicUrl.startsWith('https:')
  const headers = createSecurityHeaders({ secure })
  const keepSignedIn = createPageSessions({ ...options, secure })
  const checkOrigin = createOriginCheck(config)
  const limit = createRateLimit({ ...options, enabled: config.rateLimits })
  const target = typeof portal === 'string' ? new URL(portal) : portal

  return async (req: Request, res: Response, visit: Visit): Promise<void> => {
    if (visit.path.startsWith(assets)) {
      headers.api(res)
    } else {
      headers.page(req, res)
      await limit.address(req, res, 'general', visit)
      // Pages know people by their cookies only.
      delete req.headers.authorization
      const { access, refresh } = sessionOf(req)
      if (changesSomething(req)) checkOrigin(req, access !== null || refresh !== null)
      if (target) visit.actor = await keepSignedIn(req, res)
      await limit.person(res, 'general', visit)
    }
    if (!target) throw new AppError('not_found')
    compress(req, res)
    await (target instanceof URL ? forward(req, res, target) : target.handle(req, res))
  }
}
