import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Version } from '@azora/contracts/contract.ts'
import type { Cache } from '@azora/kit/cache.ts'
import type { Config } from '@azora/kit/config.ts'
import type { Identity } from '@azora/kit/identity.ts'
import type { InternalKey } from '@azora/kit/internal-key.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { Logger } from '@azora/kit/log.ts'
import type { Mail } from '@azora/kit/mail.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import type { SessionTokens } from '@azora/kit/session-cookies.ts'
import type { SocketDoor } from '@azora/kit/socket.ts'
import type { Router } from 'express'
import type { AccessSink } from './access-log.ts'
import type { ExchangeKey } from './api-keys.ts'
import type { Limits } from './limits.ts'
import type { RateLimit } from './rate-limit.ts'
import type { createRequestLog } from './request-log.ts'
import type { createSessions } from './session.ts'
import type { SocketSettings } from './sockets.ts'
import type { silenceMs, Upstream, UpstreamSettings } from './upstream.ts'
import type { UsageBatch } from './usage.ts'

/** A service in this process: its router for each version of the API that it takes part in. */
export type Here = Partial<Record<Version, Router>>

/** What renders the pages: in this process, at one or several addresses, or nothing. */
type PortalTarget =
  | { handle(req: IncomingMessage, res: ServerResponse): Promise<void> }
  | readonly string[]
  | null

export type GatewayOptions = {
  /** Each service in this process, or the base addresses of its processes, by name. */
  services: Map<string, Here | readonly string[]>
  /** The doors for sockets of services in this process; those elsewhere are all asked where they are. */
  sockets: Map<string, SocketDoor>
  portal: PortalTarget
  /** Applications made of files: the folder of each by where it stands, such as `/admin`. */
  apps?: ReadonlyMap<string, string>
  identity: Identity
  internalKey: InternalKey
  limiter: Limiter
  limits: Limits
  cache: Cache
  log: Logger
  metrics: Metrics
  config: Pick<Config, 'publicUrl' | 'corsOrigins' | 'trustedProxies' | 'rateLimits' | 'logLevel'>
  /** Auth's `refresh` operation, whichever way auth is reached. */
  refresh(refreshToken: string): Promise<{ tokens: SessionTokens | null }>
  /** Auth's `exchangeApiKey`. */
  exchangeKey: ExchangeKey
  /** Takes what was counted of the API's use. */
  recordUsage(batch: UsageBatch): Promise<unknown>
  /** How this process and what runs in it are; the gateway itself knows of what runs elsewhere. */
  readiness(): Promise<{ ready: boolean; parts: Record<string, boolean>; problems: string[] }>
  mailbox: Mail['mailbox']
  /** Where the Stripe sandbox listens while it runs. */
  stripeSandbox?: () => Promise<string | null>
  /** Answer `/metrics` to other machines too; by default only to this one. */
  openMetrics?: boolean
  /** Takes the access log as ready JSON lines in bulk; without it each line goes through `log`. */
  accessSink?: AccessSink
  silenceMs?: Partial<Record<keyof typeof silenceMs, number>>
  upstreams?: Partial<UpstreamSettings>
  socketSettings?: Partial<SocketSettings>
}

/** What the gateway's parts share. */
export type GatewayParts = {
  identify: ReturnType<typeof createSessions>
  limit: RateLimit
  targets: Map<string, Here | Upstream>
  portal: Exclude<PortalTarget, readonly string[]> | Upstream
  logExchange: ReturnType<typeof createRequestLog> | null
}
