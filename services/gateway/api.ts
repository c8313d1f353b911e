import type { Version } from '@azora/contracts/contract.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import cors from 'cors'
import type { Request, Response, Router } from 'express'
import type { Visit } from './access-log.ts'
import { answerProblem } from './answers.ts'
import { compress } from './compress.ts'
import type { GatewayOptions, GatewayParts } from './gateway-options.ts'
import { createReferenceInThread } from './openapi-in-thread.ts'
import { bodyToRepeat, checkLength } from './request-body.ts'
import { createResponseCache } from './response-cache.ts'
import { allowedAt, findPlace, type Place, type Route, routeAt, versionOf } from './route-table.ts'
import { silenceMs, type Upstream } from './upstream.ts'

/** Everything below `/api`: to the service whose operation it is, on behalf of the caller. */
export function createApi(options: GatewayOptions, { identify, limit, targets, logExchange }: GatewayParts) {
  const { config, log } = options
  const keep = createResponseCache(options)
  const patience = { ...silenceMs, ...options.silenceMs }
  const allowOrigins = cors({
    origin: config.corsOrigins,
    // Other origins bring a bearer token; cookies are for our own pages.
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-None-Match',
      'Last-Event-ID',
      'X-Correlation-Id',
      'X-Azora-School',
    ],
    exposedHeaders: [
      'X-Correlation-Id',
      'Retry-After',
      'RateLimit',
      'RateLimit-Policy',
      'ETag',
      'Deprecation',
      'Sunset',
      'Link',
    ],
    maxAge: 600,
  })
  const references = new Map<Version, () => Promise<string>>()

  async function reference(req: Request, res: Response, version: Version): Promise<void> {
    if (req.method !== 'GET' && req.method !== 'HEAD') throw new AppError('method_not_allowed')
    let describe = references.get(version)
    if (!describe) {
      const serverUrl = `${config.publicUrl}/api/${version}`
      describe = createReferenceInThread({ serverUrl, version, limits: options.limits })
      references.set(version, describe)
    }
    compress(req, res)
    res.setHeader('Cache-Control', 'public, max-age=300')
    res.type('json').send(await describe())
  }

  function placeOf(version: Version, below: string): Place {
    const place = findPlace(below, version)
    if (place) return place
    const before = version === 'v1' ? null : findPlace(below, 'v1')
    throw before
      ? refusal('version_unchanged', { version: version.slice(1), path: `/api/v1${below}` })
      : new AppError('not_found')
  }

  async function dispatch(req: Request, res: Response, route: Route): Promise<void> {
    const target = targets.get(route.service)
    const here = target && 'forward' in target ? null : target?.[route.version]
    if (target && 'forward' in target) return toPart(req, res, route, target)
    if (!here) throw new AppError('unavailable')
    return inProcess(req, res, route, here)
  }

  async function toPart(req: Request, res: Response, route: Route, upstream: Upstream): Promise<void> {
    const body = await bodyToRepeat(req, route)
    const reading = req.method === 'GET' || req.method === 'HEAD'
    // Files keep talking, and a stream that is quiet says every few seconds that it is there.
    const talks = route.streams || route.raw === 'upload' || route.raw === 'download'
    const kind = route.rateClass === 'ai' ? 'ai' : talks ? 'stream' : 'json'
    await upstream.forward(req, res, {
      silenceMs: patience[kind],
      repeatable: reading || body !== null,
      body,
      streams: route.streams,
    })
  }

  async function inProcess(req: Request, res: Response, route: Route, router: Router): Promise<void> {
    req.url = req.url.slice(`/api/${route.version}`.length)
    router(req, res, (failure?: unknown) => {
      // Express calls this when no route of the service took the request.
      answerProblem(req, res, failure ?? new AppError('not_found'), log)
    })
  }

  return async (req: Request, res: Response, visit: Visit): Promise<void> => {
    if (req.headers.origin !== undefined && config.corsOrigins.length > 0) {
      let passed = false
      allowOrigins(req, res, () => {
        passed = true
      })
      // A preflight request is answered here.
      if (!passed) return
    }
    const asked = versionOf(visit.path)
    if (!asked) throw new AppError('not_found')
    if (asked.below === '/openapi.json') return reference(req, res, asked.version)
    const place = placeOf(asked.version, asked.below)
    const route = routeAt(place, req.method)
    if (!route) {
      res.setHeader('Allow', allowedAt(place))
      if (req.method !== 'OPTIONS') throw new AppError('method_not_allowed')
      res.status(204).end()
      return
    }
    visit.operation = route.operation
    const arrival = await limit.arrive(route.rateClass, visit)
    try {
      visit.actor = await identify(req, route)
    } catch (failure) {
      // Anyone who brings tokens that are not good has no more of the address than a visitor.
      await limit.admit(res, route.rateClass, arrival, null)
      throw failure
    }
    // Only auth has a use for refresh tokens; the others get a token that says who calls.
    if (route.service !== 'auth') delete req.headers.cookie
    visit.counts = visit.actor !== null
    await limit.admit(res, route.rateClass, arrival, visit.actor)
    checkLength(req, route)
    // Nobody finds in the cache what was read here; pages forget what they kept by themselves.
    if (route.operation === 'auth.logout') res.setHeader('Clear-Site-Data', '"cache"')
    // A compressor holds back what a stream has said until there is more of it.
    if (route.raw !== 'download' && !route.streams) compress(req, res)
    logExchange?.(req, res, visit)
    const { cache } = route
    const asNobody = visit.actor === null && req.headers.authorization === undefined
    if (cache?.scope === 'public' && asNobody && (req.method === 'GET' || req.method === 'HEAD')) {
      return keep(req, res, route, cache.maxAgeSeconds, () => dispatch(req, res, route))
    }
    await dispatch(req, res, route)
  }
}
