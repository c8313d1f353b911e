import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { withCorrelation } from '@azora/kit/context.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { allowedMethods, knownMethods } from '@azora/kit/methods.ts'
import type { SocketDoor } from '@azora/kit/socket.ts'
import express, { type Express, type Request, type Response } from 'express'
import { createRecorder, type Visit } from './access-log.ts'
import { isLocal, isPlainAddress } from './addresses.ts'
import { answerProblem } from './answers.ts'
import { createApi } from './api.ts'
import { createApiKeys } from './api-keys.ts'
import { adoptCorrelationId, correlationOf } from './correlation.ts'
import { createForwarding } from './forward.ts'
import type { GatewayOptions, GatewayParts } from './gateway-options.ts'
import { createOperatorPages } from './operator-pages.ts'
import { createOriginCheck } from './origin.ts'
import { createPages } from './pages.ts'
import { createRateLimit } from './rate-limit.ts'
import { isAmbiguous, removeForeignHeaders, schoolOfHost } from './request-headers.ts'
import { createRequestLog } from './request-log.ts'
import { createSandboxPages } from './sandbox-pages.ts'
import { createSecurityHeaders } from './security-headers.ts'
import { createSessions } from './session.ts'
import { adoptSessionCookies } from './session-cookies.ts'
import { createSockets } from './sockets.ts'
import { createUpstream, type Upstream } from './upstream.ts'
import { createUsage } from './usage.ts'
import { ownAddress, visitorOf } from './visitor.ts'

export type Gateway = {
  handle: Express
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Streams that are passed on end, and so do polls, so that requests can; the one who has them opens them again. */
  endStreams(): void
  /** Let sockets say goodbye and tell the last counts. Requests have ended by then. */
  stop(): Promise<void>
}

const socketGraceMs = 2000

/**
 * The one door of the installation. A request gets its correlation id and its line in the access log, loses what
 * only we may say of it, and goes to the operator's pages, the API, or the portal.
 *
 * It is one function on an Express application rather than a stack of middleware: this path is taken by every
 * request, and each layer of a stack costs more than most of the steps below.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { log, config, metrics, identity, internalKey } = options
  const publicHost = new URL(config.publicUrl).hostname
  const secure = config.publicUrl.startsWith('https:')
  const behindProxy = config.trustedProxies > 0
  const forwarding = createForwarding(config)
  const usage = createUsage({ record: options.recordUsage, log, metrics })
  const keys = createApiKeys(identity, options.exchangeKey)
  const limit = createRateLimit({ ...options, enabled: config.rateLimits })

  const upstreams: Upstream[] = []
  const elsewhere = (part: string, urls: readonly string[]): Upstream => {
    const settings = { healthEveryMs: 1000, breakMs: 3000, ...options.upstreams }
    const upstream = createUpstream({ part, urls, forwarding, log, metrics, settings })
    upstreams.push(upstream)
    return upstream
  }
  const isElsewhere = (target: object): target is readonly string[] => Array.isArray(target)
  const targets: GatewayParts['targets'] = new Map()
  for (const [name, target] of options.services) {
    targets.set(name, isElsewhere(target) ? elsewhere(name, target) : target)
  }
  const { portal } = options
  const parts: GatewayParts = {
    identify: createSessions(identity, keys, createOriginCheck(config)),
    limit,
    targets,
    portal: portal && isElsewhere(portal) ? elsewhere('portal', portal) : portal,
    logExchange: config.logLevel === 'debug' ? createRequestLog(log) : null,
  }
  const headers = createSecurityHeaders({ secure })
  const api = createApi(options, parts)
  const pages = createPages(options, parts)
  const sandboxPages = createSandboxPages(options, limit)
  const record = createRecorder({ ...options, usage })
  const operatorPages = createOperatorPages({ ...options, upstreams })

  /** What is done to every request before anything believes it. */
  function receive(req: IncomingMessage): Visit {
    const query = req.url?.indexOf('?') ?? -1
    const named = visitorOf(req, internalKey)
    // Only what came through a proxy has forwarding headers, so this is asked before they are removed.
    const local = named === null && isLocal(req)
    removeForeignHeaders(req, behindProxy)
    adoptSessionCookies(req, secure)
    const school = schoolOfHost(req.headers.host, publicHost)
    if (school) req.headers['x-azora-school'] = school
    return {
      path: query < 0 ? (req.url ?? '/') : (req.url ?? '/').slice(0, query),
      local,
      address: named,
      actor: null,
      operation: null,
      counts: false,
    }
  }

  const sockets = createSockets({
    targets: new Map<string, SocketDoor | Upstream>([
      ...options.sockets,
      ...[...targets].flatMap(([name, target]) => ('forward' in target ? [[name, target] as const] : [])),
    ]),
    identity,
    keys,
    limit,
    forwarding,
    log,
    metrics,
    config,
    settings: { idleMs: 60_000, mostPerPerson: 20, mostPolls: 2_000, ...options.socketSettings },
    receive(req) {
      const visit = receive(req)
      const correlation = correlationOf(req)
      // Express finds the address behind proxies for other requests; here there is no Express.
      visit.address ??= ownAddress(forwardedFor(req, config.trustedProxies))
      return { correlation, visit }
    },
  })

  async function serve(req: Request, res: Response, visit: Visit): Promise<void> {
    if (isAmbiguous(req)) {
      res.setHeader('Connection', 'close')
      throw new AppError('invalid_input')
    }
    if (!knownMethods.has(req.method)) {
      res.setHeader('Allow', allowedMethods)
      throw new AppError('method_not_allowed')
    }
    if (!isPlainAddress(req.url)) {
      throw refusal('address_malformed')
    }
    if (await operatorPages(req, res, visit)) return
    if (sockets.isTheirs(visit.path)) await sockets.poll(req, res, visit)
    else if (visit.path.startsWith('/api/') || visit.path === '/api') await api(req, res, visit)
    else if (sandboxPages.isTheirs(visit.path)) await sandboxPages.answer(req, res, visit)
    else await pages(req, res, visit)
  }

  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', config.trustedProxies)
  app.use((req, res) => {
    const correlation = adoptCorrelationId(req, res)
    const visit = receive(req)
    visit.address ??= ownAddress(req.ip)
    return withCorrelation(correlation, async () => {
      record(req, res, visit)
      // The strictest, so that what is refused early has them too; pages and applications set their own.
      headers.api(res)
      try {
        await serve(req, res, visit)
      } catch (failure) {
        answerProblem(req, res, failure, log)
      }
    })
  })
  return {
    handle: app,
    upgrade: sockets.upgrade,
    endStreams() {
      sockets.endPolls()
      forwarding.endStreams()
    },
    async stop() {
      await sockets.stop(socketGraceMs)
      for (const upstream of upstreams) upstream.stop()
      await usage.stop()
      forwarding.close()
    },
  }
}

/** The address that a request comes from, as far as our own proxies say: the entry that the first of them added. */
function forwardedFor(req: IncomingMessage, trustedProxies: number): string | undefined {
  const given = trustedProxies > 0 ? String(req.headers['x-forwarded-for'] ?? '') : ''
  const chain = [...given.split(',').map(part => part.trim()), req.socket.remoteAddress ?? ''].filter(Boolean)
  return chain.at(-1 - Math.min(trustedProxies, chain.length - 1))
}
