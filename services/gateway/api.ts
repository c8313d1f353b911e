import { AppError } from '@azora/kit/errors.ts'
import cors from 'cors'
import type { Request, Response, Router } from 'express'
import type { Visit } from './access-log.ts'
import { answerProblem } from './answers.ts'
import { compress } from './compress.ts'
import type { Forward } from './forward.ts'
import type { GatewayOptions } from './gateway.ts'
import { createReference } from './openapi.ts'
import { createOriginCheck } from './origin.ts'
import { createRateLimit } from './rate-limit.ts'
import { allowedAt, findPlace, type Place, type Route, routeAt } from './route-table.ts'
import { createSecurityHeaders } from './security-headers.ts'
import { createSessions } from './session.ts'

const prefix = '/api/v1'

/** Everything below `/api`: to the service whose operation it is, on behalf of whoever calls. */
export function createApi(options: GatewayOptions & { forward: Forward }) {
  const { services, identity, config, forward, log } = options
  const headers = createSecurityHeaders({ secure: config.publicUrl.startsWith('https:') })
  const identify = createSessions(identity, createOriginCheck(config))
  const limit = createRateLimit({ ...options, enabled: config.rateLimits })
  const allowOrigins = cors({
    origin: config.corsOrigins,
    // Other origins bring a bearer token; cookies are for our own pages.
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'X-Correlation-Id',
      'X-Azora-School',
    ],
    exposedHeaders: ['X-Correlation-Id', 'Retry-After', 'RateLimit', 'RateLimit-Policy'],
    maxAge: 600,
  })
  const describe = createReference(`${config.publicUrl}${prefix}`)
  const targets = new Map<string, Router | URL>()
  for (const [name, target] of services) {
    targets.set(name, typeof target === 'string' ? new URL(target) : target)
  }

  async function reference(req: Request, res: Response): Promise<void> {
    if (req.method !== 'GET' && req.method !== 'HEAD') throw new AppError('method_not_allowed')
    compress(req, res)
    res.setHeader('Cache-Control', 'public, max-age=300')
    res.type('json').send(await describe())
  }

  function placeOf(path: string): Place {
    const place = path.startsWith(`${prefix}/`) ? findPlace(path.slice(prefix.length)) : null
    if (!place) throw new AppError('not_found')
    return place
  }

  async function dispatch(req: Request, res: Response, route: Route): Promise<void> {
    const target = targets.get(route.service)
    if (!target) throw new AppError('unavailable')
    if (target instanceof URL) return forward(req, res, target)
    req.url = req.url.slice(prefix.length)
    target(req, res, (failure?: unknown) => {
      // Express calls this when no route of the service took the request.
      answerProblem(req, res, failure ?? new AppError('not_found'), log)
    })
  }

  return async (req: Request, res: Response, visit: Visit): Promise<void> => {
    headers.api(res)
    if (req.headers.origin !== undefined && config.corsOrigins.length > 0) {
      let passed = false
      allowOrigins(req, res, () => {
        passed = true
      })
      // A preflight request is answered here.
      if (!passed) return
    }
    if (visit.path === `${prefix}/openapi.json`) return reference(req, res)
    const place = placeOf(visit.path)
    const route = routeAt(place, req.method)
    if (!route) {
      res.setHeader('Allow', allowedAt(place))
      if (req.method !== 'OPTIONS') throw new AppError('method_not_allowed')
      res.status(204).end()
      return
    }
    visit.operation = route.operation
    await limit.address(req, res, route.rateClass, visit)
    visit.actor = await identify(req, route)
    await limit.person(res, route.rateClass, visit)
    if (route.raw !== 'download') compress(req, res)
    await dispatch(req, res, route)
  }
}
