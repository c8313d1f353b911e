import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { importOperations } from '@azora/contracts/education/import.ts'
import type { StreamContext } from '@azora/kit/handlers.ts'
import { hostContract } from '@azora/kit/http.ts'
import type { Actor, Identity } from '@azora/kit/identity.ts'
import type { Logger } from '@azora/kit/log.ts'
import { createMetrics } from '@azora/kit/metrics.ts'
import { createOpenConnections } from '@azora/kit/open-connections.ts'
import { createRealtime } from '@azora/kit/realtime.ts'
import type { RequestContext } from '@azora/kit/request-context.ts'
import { hostRoom } from '@azora/kit/room-host.ts'
import type { StreamEvent } from '@azora/kit/streams.ts'
import { signToken, startGateway } from '@azora/service-gateway/testing.ts'
import express from 'express'
import { eventText, news, ownRoom, state } from './connections-wire.ts'

/**
 * One process of `connections.ts`: a bare handler of streams, a service with a stream and a room in the product's own
 * parts, or a gateway before it. Says its address to its parent; asked for it, collects garbage first and answers.
 */

const [kind, serviceUrl = ''] = process.argv.slice(2)
const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} }
const everyone = { perPerson: 100_000, inAll: 100_000 }

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** What a stream costs that does nothing but write, and wait for its reader. */
function bare(): Promise<string> {
  return listen(
    createServer((req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' })
      res.write(': open\n\n')
      if (req.url?.endsWith('/idle')) return
      const write = () => {
        while (!res.destroyed && res.write(eventText));
      }
      res.on('drain', write)
      write()
    }),
  )
}

/** A service whose stream never ends: without a pause, or for one import without an event. */
async function service(): Promise<string> {
  const reader: Actor = {
    userId: randomUUID(),
    organizationId: randomUUID(),
    sessionId: randomUUID(),
    roles: ['instructor'],
  }
  const identity: Identity = { verify: async () => reader }
  const revocations = { cover: () => false, onNews: () => () => {} }
  const metrics = createMetrics()
  async function* events(importId: string, signal: AbortSignal): AsyncGenerator<StreamEvent<typeof state>> {
    if (importId === state.id) while (!signal.aborted) yield { id: news, data: state }
    else await new Promise(resolve => signal.addEventListener('abort', resolve))
  }
  const host = hostContract({
    service: 'education',
    contract: { watchImport: importOperations.watchImport },
    handlers: {
      watchImport: async (input: unknown, context: RequestContext) =>
        events((input as { importId: string }).importId, (context as StreamContext).signal),
    },
    identity,
    internalKey: null,
    db: null,
    connections: createOpenConnections({ revocations, bounds: everyone }),
    log: quiet,
    metrics,
  })
  const realtime = createRealtime({
    redis: null,
    identity,
    revocations,
    log: quiet,
    metrics,
    // All of them are of one person here.
    settings: { connections: everyone, messages: { mostRooms: 50, mostMessages: everyone.perPerson } },
  })
  const door = realtime.host('education', [hostRoom(ownRoom, {})])
  const server = createServer(
    express().use('/api/v1/education/socket', door.poll).use('/api/v1', host.router),
  )
  server.on('upgrade', door.upgrade)
  return listen(server)
}

async function gateway() {
  const started = await startGateway({
    services: new Map([['education', [serviceUrl]]]),
    accessSink: () => {},
    limiter: async (_key, { points }) => ({
      allowed: true,
      limit: points,
      remaining: points,
      resetSeconds: 60,
    }),
    socketSettings: { mostPerPerson: everyone.perPerson },
  })
  return { url: started.url, token: await signToken({ roles: ['instructor'] }) }
}

process.on('message', () => {
  globalThis.gc?.()
  process.send?.('collected')
})
process.send?.(
  kind === 'gateway'
    ? await gateway()
    : { url: kind === 'bare' ? await bare() : await service(), token: 'any' },
)
