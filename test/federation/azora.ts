import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { authContract, authFiles } from '../../contracts/auth.ts'
import { readConfig } from '../../kit/config.ts'
import { AppError } from '../../kit/errors.ts'
import { hostContract } from '../../kit/http.ts'
import { createInternalKey } from '../../kit/internal-key.ts'
import { createMetrics } from '../../kit/metrics.ts'
import { createCsrfToken, csrfCookie, sessionCookies } from '../../kit/session-cookies.ts'
import { sql } from '../../kit/sql.ts'
import { testContext } from '../../kit/testing.ts'
import { selectOptionalAccount } from '../../services/auth/accounts/accounts.store.ts'
import { createAnswers } from '../../services/auth/answers.ts'
import { federationPageHandlers } from '../../services/auth/federation/routes.ts'
import { authFileHandlers, authHandlers } from '../../services/auth/routes.ts'
import { enter } from '../../services/auth/sessions/sign-in.ts'
import { startAuth } from '../../services/auth/testing.ts'
import { createGateway } from '../../services/gateway/gateway.ts'
import { readLimits } from '../../services/gateway/limits.ts'
import { startOutsideProviders } from './outside-provider.ts'
import { createVisitor, proveOutside, type Visitor } from './visitor.ts'

/** Auth as it answers browsers, behind a gateway, and the providers that it trusts, each at an address of its own. */
export async function startFederated({ patienceMs }: { patienceMs?: number } = {}) {
  const auth = await startAuth()
  const handlers: { current: RequestListener } = { current: () => {} }
  const server = createServer((req, res) => handlers.current(req, res))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const outside = await startOutsideProviders()
  const internalKey = createInternalKey('a key of tests, of more than thirty-two letters')
  const logged: string[] = []
  const note = (message: string, fields?: object) => void logged.push(inspect({ message, ...fields }))
  const kit = {
    ...auth,
    publicUrl: url,
    config: readConfig({ AZORA_PUBLIC_URL: url, ...outside.settings }),
    log: { debug: note, info: note, warn: note, error: note },
  }
  const operations = authHandlers(kit, auth.issuer)
  const host = hostContract({
    service: 'auth',
    contract: Object.fromEntries(Object.entries(authContract).filter(([name]) => name in operations)),
    handlers: operations as never,
    files: {
      contract: authFiles,
      handlers: {
        ...authFileHandlers(kit, auth.issuer),
        ...federationPageHandlers(kit, auth.issuer, createAnswers(url), patienceMs),
      } as never,
    },
    identity: auth.identity,
    internalKey,
    db: auth.db,
    log: kit.log,
    metrics: auth.metrics,
  })
  const gateway = createGateway({
    services: new Map([['auth', { v1: host.router }]]),
    sockets: new Map(),
    portal: { handle: async (_req, res) => void res.end('a page') },
    identity: auth.identity,
    internalKey,
    limiter: auth.limiter,
    limits: readLimits(null),
    cache: auth.cache,
    log: kit.log,
    metrics: createMetrics(),
    config: { ...kit.config, rateLimits: false },
    refresh: refreshToken => operations.refresh({ refreshToken }, testContext()),
    exchangeKey: () => Promise.reject(new AppError('unauthenticated')),
    recordUsage: async () => ({ ok: true }),
    readiness: async () => ({ ready: true, parts: {}, problems: [] }),
    mailbox: null,
  })
  handlers.current = gateway.handle

  const api = `${url}/api/v1/auth`
  const post = (visitor: Visitor, path: string, body: object, method = 'POST') =>
    visitor.ask(`${api}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        origin: url,
        'x-azora-csrf': visitor.cookie(url, csrfCookie) ?? '',
      },
      body: JSON.stringify(body),
    })

  /** Give a visitor a new session of someone, as signing in by password would. */
  async function enterAs(visitor: Visitor, userId: string) {
    const owner = { userId, organizationId: auth.north }
    const account = await selectOptionalAccount(auth.db.in(auth.north), owner)
    if (!account) throw new Error('There is no such member.')
    const from = { ip: '127.0.0.1', userAgent: 'test' }
    const { tokens } = await enter({ db: auth.db, issuer: auth.issuer }, account, from, {
      method: 'password',
    })
    for (const text of sessionCookies(tokens, createCsrfToken(tokens.accessToken), false))
      visitor.take(url, text)
  }

  return {
    ...auth,
    url,
    api,
    outside,
    logged,
    post,
    createVisitor,
    /** Go to a provider and come back; the page where it ends. */
    async signIn(
      visitor: Visitor,
      provider: string,
      personId: string,
      query = '',
      halt?: (to: URL) => boolean,
    ) {
      const page = await visitor.open(`${api}/federation/${provider}${query}`)
      return page.url.origin === outside.url ? proveOutside(visitor, page, personId, halt) : page
    },
    /** A visitor with the session of a member who has a password. */
    async member() {
      const person = await auth.addPerson()
      const visitor = createVisitor()
      await enterAs(visitor, person.userId)
      return { ...person, visitor }
    },
    enterAs,
    /** Forget everybody who came from outside, so that each test begins with strangers. */
    async forgetOutsiders() {
      const outsiders = sql`(select id from users where email like '%@outside.example')`
      await auth.db.across.run(sql`delete from sessions where user_id in ${outsiders}`)
      await auth.db.across.run(sql`delete from memberships where user_id in ${outsiders}`)
      await auth.db.across.run(sql`delete from users where id in ${outsiders}`)
    },
    /** Who is signed in, or the status without anyone. */
    async me(visitor: Visitor) {
      const answer = await visitor.ask(`${api}/me`)
      return answer.status === 200 ? JSON.parse(answer.text) : answer.status
    },
    async identitiesOf(userId: string) {
      return auth.db.across.rows<{ provider: string; subject: string; label: string }>(
        sql`select provider, subject, label from identities where user_id = ${userId} order by provider`,
      )
    },
    /** Names and details of the audit entries about someone, oldest first. */
    async auditOf(userId: string) {
      const rows = await auth.db.across.rows<{ payload: { action: string; details: object } }>(sql`
        select payload from outbox where name = 'audit.recorded'
          and (payload -> 'actor' ->> 'id' = ${userId} or payload -> 'subject' ->> 'id' = ${userId}) order by id`)
      return rows.map(({ payload }) => ({ action: payload.action, ...payload.details }))
    },
    async stop() {
      await outside.stop()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      await gateway.stop()
      await auth.dispose()
    },
  }
}

/** What a page of sign-in was told, by its address. */
export const toldBy = (page: { url: URL }) => page.url.searchParams.get('problem')
