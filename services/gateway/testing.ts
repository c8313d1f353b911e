import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { memoryCache } from '@azora/kit/cache.ts'
import { AppError } from '@azora/kit/errors.ts'
import { accessTokenType, createIdentity, tokenAudience, tokenIssuer } from '@azora/kit/identity.ts'
import { createInternalKey } from '@azora/kit/internal-key.ts'
import { createLimiter } from '@azora/kit/limits.ts'
import type { Logger } from '@azora/kit/log.ts'
import { createMetrics } from '@azora/kit/metrics.ts'
import type { SessionTokens } from '@azora/kit/session-cookies.ts'
import express, { type Router } from 'express'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createGateway } from './gateway.ts'
import type { GatewayOptions, Here } from './gateway-options.ts'
import { readLimits } from './limits.ts'

/** Everything a gateway needs to be tested on a free port, without a database. */

const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
const keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'test', alg: 'EdDSA' }]

export const ids = {
  user: '019f0000-0000-7000-8000-00000000000a',
  school: '019f0000-0000-7000-8000-00000000000b',
  session: '019f0000-0000-7000-8000-00000000000c',
}

export const { privateKey, publicKey } = pair
export const identity = () => createIdentity(async () => ({ keys }))
export const internalKey = createInternalKey('a secret of thirty-two characters or more')

type TokenOptions = {
  roles?: string[]
  expiresIn?: string
  userId?: string
  sessionId?: string
  claims?: Record<string, unknown>
}

/** An access token as auth signs them. */
export function signToken(options: TokenOptions = {}): Promise<string> {
  const { roles = ['learner'], userId = ids.user, sessionId = ids.session } = options
  return new SignJWT({ org: ids.school, sid: sessionId, roles, ...options.claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: accessTokenType })
    .setSubject(userId)
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setIssuedAt()
    .setExpirationTime(options.expiresIn ?? '15m')
    .setJti(crypto.randomUUID())
    .sign(pair.privateKey)
}

export async function sessionTokens(): Promise<SessionTokens> {
  return {
    accessToken: await signToken(),
    accessExpiresAt: new Date(Date.now() + 900_000).toISOString(),
    refreshToken: 'next-refresh-token',
    refreshExpiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  }
}

/** A service that answers every request with what it was asked. */
export function echoService(): Here {
  const router = express.Router()
  router.use((req, res) => {
    res.json({ method: req.method, url: req.url, headers: req.headers })
  })
  return inProcess(router)
}

/** A service in this process that has one router for all. */
export const inProcess = (router: Router): Here => ({ v1: router, v2: router })

type Line = { message: string; fields: Record<string, unknown> }

export async function listen(
  app: RequestListener,
  upgrade?: (req: IncomingMessage, socket: Duplex, head: Buffer) => void,
): Promise<{
  url: string
  port: number
  close(): Promise<void>
}> {
  const server = createServer(app)
  if (upgrade) server.on('upgrade', upgrade)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}

/** A gateway on a free port, and the lines it logged. */
export async function startGateway(options: Partial<GatewayOptions> = {}) {
  const lines: Line[] = []
  const write = (message: string, fields: Record<string, unknown> = {}) =>
    void lines.push({ message, fields })
  const log: Logger = { debug: write, info: write, warn: write, error: write }
  const metrics = options.metrics ?? createMetrics()
  const gateway = createGateway({
    services: new Map([
      ['auth', echoService()],
      ['education', echoService()],
    ]),
    sockets: new Map(),
    portal: null,
    identity: identity(),
    internalKey,
    limiter: createLimiter(null),
    limits: readLimits(null),
    cache: memoryCache(),
    log,
    metrics,
    refresh: async () => ({ tokens: null }),
    exchangeKey: async () => {
      throw new AppError('unauthenticated')
    },
    recordUsage: async () => ({ ok: true }),
    readiness: async () => ({ ready: true, parts: {}, problems: [] }),
    mailbox: null,
    ...options,
    config: {
      publicUrl: 'http://localhost:8080',
      corsOrigins: [],
      trustedProxies: 0,
      rateLimits: true,
      logLevel: 'info',
      ...options.config,
    },
  })
  const listening = await listen(gateway.handle, gateway.upgrade)
  return {
    ...listening,
    lines,
    metrics,
    gateway,
    async close() {
      await listening.close()
      await gateway.stop()
    },
  }
}

/** Send a request target exactly as written; fetch would tidy it up first. @returns the status. */
export function statusOfRaw(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, agent: false }, res => {
      res.resume()
      resolve(res.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}
