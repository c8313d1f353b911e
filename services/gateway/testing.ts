import { createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createIdentity, tokenAudience, tokenIssuer } from '@azora/kit/identity.ts'
import { createLimiter } from '@azora/kit/limits.ts'
import type { Logger } from '@azora/kit/log.ts'
import { createMetrics } from '@azora/kit/metrics.ts'
import type { SessionTokens } from '@azora/kit/session-cookies.ts'
import express, { type Router } from 'express'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { createGateway, type GatewayOptions } from './gateway.ts'

/** Everything a gateway needs to be tested on a free port, without a database. */

const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
const keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'test', alg: 'EdDSA' }]

export const ids = {
  user: '019f0000-0000-7000-8000-00000000000a',
  school: '019f0000-0000-7000-8000-00000000000b',
  session: '019f0000-0000-7000-8000-00000000000c',
}

/** An access token as auth signs them. */
export function signToken(options: { roles?: string[]; expiresIn?: string } = {}): Promise<string> {
  return new SignJWT({ org: ids.school, sid: ids.session, roles: options.roles ?? ['learner'] })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
    .setSubject(ids.user)
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
function echoService(): Router {
  const router = express.Router()
  router.use((req, res) => {
    res.json({ method: req.method, url: req.url, headers: req.headers })
  })
  return router
}

type Line = { message: string; fields: Record<string, unknown> }

export async function listen(app: RequestListener): Promise<{
  url: string
  port: number
  close(): Promise<void>
}> {
  const server = createServer(app)
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
  const app = createGateway({
    services: new Map([
      ['auth', echoService()],
      ['education', echoService()],
    ]),
    portal: null,
    identity: createIdentity(async () => ({ keys })),
    limiter: createLimiter(null),
    log,
    metrics: createMetrics(),
    refresh: async () => ({ tokens: null }),
    readiness: async () => ({ ready: true, parts: {} }),
    mailbox: null,
    ...options,
    config: {
      publicUrl: 'http://localhost:8080',
      corsOrigins: [],
      trustedProxies: 0,
      rateLimits: true,
      ...options.config,
    },
  })
  return { ...(await listen(app)), lines }
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
