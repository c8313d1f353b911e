import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { keyOperations, oauthPages } from '@azora/contracts/auth/keys.ts'
import { hostContract } from '@azora/kit/http.ts'
import { type Actor, createIdentity } from '@azora/kit/identity.ts'
import { noNotices } from '@azora/kit/notices.ts'
import { createRevocations } from '@azora/kit/revocations.ts'
import { testContext } from '@azora/kit/testing.ts'
import express from 'express'
import { startAuth } from '../testing.ts'
import { publishedKeys } from '../tokens/signing-keys.ts'
import { keyHandlers, oauthPageHandlers } from './routes.ts'

/** Auth with revocations that are really read, and its operations for keys on a port. For tests. */
export async function startKeys() {
  const auth = await startAuth()
  const revocations = createRevocations({
    fetchNews: async after => {
      const news = await auth.handlers.revocations({ after }, testContext())
      return { last: news.last, items: [...news.items] }
    },
    redis: null,
    notices: noNotices,
    log: auth.log,
  })
  const identity = createIdentity(
    async () => (await publishedKeys(auth.db)) as { keys: Record<string, unknown>[] },
    revocations,
  )
  const kit = { ...auth, revocations, identity }
  const host = hostContract({
    service: 'auth',
    contract: keyOperations,
    handlers: keyHandlers(kit, auth.issuer) as never,
    files: { contract: oauthPages, handlers: oauthPageHandlers(kit, auth.issuer) as never },
    identity,
    internalKey: null,
    db: auth.db,
    log: auth.log,
    metrics: auth.metrics,
  })
  const server = createServer(express().use('/api/v1', host.router)).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`

  return {
    ...kit,
    host,
    url,
    /** Someone who has just proved who they are. */
    async person(roles: ('learner' | 'instructor' | 'admin')[], organizationId = auth.north) {
      const { userId, email } = await auth.addPerson(roles, organizationId)
      const actor: Actor = {
        userId,
        organizationId,
        roles,
        sessionId: crypto.randomUUID(),
        authenticatedAt: Math.floor(Date.now() / 1000),
      }
      return { userId, email, actor, context: testContext(actor) }
    },
    /** Until every process knows what was revoked. */
    async revocationsRead(covered: () => Promise<boolean>) {
      for (let tries = 0; tries < 400; tries++) {
        if (await covered()) return
        await new Promise(resolve => setTimeout(resolve, 5))
      }
      throw new Error('The revocation was not read.')
    },
    async dispose() {
      await revocations.stop()
      server.close()
      server.closeAllConnections()
      await auth.dispose()
    },
  }
}
