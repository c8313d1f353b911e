import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Config } from '@azora/kit/config.ts'
import { withCorrelation } from '@azora/kit/context.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Identity } from '@azora/kit/identity.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { Logger } from '@azora/kit/log.ts'
import type { Mail } from '@azora/kit/mail.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import type { SessionTokens } from '@azora/kit/session-cookies.ts'
import express, { type Express, type Request, type Response, type Router } from 'express'
import { type AccessSink, createRecorder, type Visit } from './access-log.ts'
import { isLocal, isPlainAddress } from './addresses.ts'
import { answerProblem } from './answers.ts'
import { createApi } from './api.ts'
import { adoptCorrelationId } from './correlation.ts'
import { createForwarding } from './forward.ts'
import { createOperatorPages } from './operator-pages.ts'
import { createPages } from './pages.ts'
import { removeForeignHeaders, schoolOfHost } from './request-headers.ts'

/** What renders the pages: in this process, at an address, or nothing. */
type PortalTarget = { handle(req: IncomingMessage, res: ServerResponse): Promise<void> } | string | null

export type GatewayOptions = {
  /** Each service's router in this process, or the base address of its process, by name. */
  services: Map<string, Router | URL | string>
  portal: PortalTarget
  identity: Identity
  limiter: Limiter
  log: Logger
  metrics: Metrics
  config: Pick<Config, 'publicUrl' | 'corsOrigins' | 'trustedProxies' | 'rateLimits'>
  /** Auth's `refresh` operation, whichever way auth is reached. */
  refresh(refreshToken: string): Promise<{ tokens: SessionTokens | null }>
  readiness(): Promise<{ ready: boolean; parts: Record<string, boolean> }>
  mailbox: Mail['mailbox']
  /** Answer `/metrics` to other machines too; by default only to this one. */
  openMetrics?: boolean
  /** Takes the access log as ready JSON lines in bulk; without it each line goes through `log`. */
  accessSink?: AccessSink
}

/**
 * The one door of the installation. A request gets its correlation id and its line in the access log, loses what
 * only we may say of it, and goes to the operator's pages, the API, or the portal.
 *
 * It is one function on an Express application rather than a stack of middleware: this path is taken by every
 * request, and each layer of a stack costs more than most of the steps below.
 */
export function createGateway(options: GatewayOptions): Express {
  const { log, config } = options
  const publicHost = new URL(config.publicUrl).hostname
  const forward = createForwarding({ trustedProxies: config.trustedProxies })
  const api = createApi({ ...options, forward })
  const pages = createPages({ ...options, forward })
  const record = createRecorder(options)
  const operatorPages = createOperatorPages(options)

  async function serve(req: Request, res: Response, visit: Visit): Promise<void> {
    if (!isPlainAddress(req.url)) {
      throw new AppError('invalid_input', {}, { message: 'The address of this request is not well formed.' })
    }
    if (await operatorPages(req, res, visit)) return
    if (visit.path.startsWith('/api/') || visit.path === '/api') await api(req, res, visit)
    else await pages(req, res, visit)
  }

  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', config.trustedProxies)
  app.use((req, res) => {
    const correlation = adoptCorrelationId(req, res)
    const query = req.url.indexOf('?')
    const visit: Visit = {
      path: query < 0 ? req.url : req.url.slice(0, query),
      local: isLocal(req),
      actor: null,
      operation: null,
    }
    removeForeignHeaders(req, config.trustedProxies > 0)
    const school = schoolOfHost(req.headers.host, publicHost)
    if (school) req.headers['x-azora-school'] = school
    return withCorrelation(correlation, async () => {
      record(req, res, visit)
      try {
        await serve(req, res, visit)
      } catch (failure) {
        answerProblem(req, res, failure, log)
      }
    })
  })
  return app
}
