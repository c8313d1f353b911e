import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { operation } from '@azora/contracts/operation.ts'
import { stream } from '@azora/contracts/stream.ts'
import type { ContractRouterClient } from '@orpc/contract'
import express from 'express'
import { z } from 'zod'
import { AppError } from './errors.ts'
import type { StreamContext } from './handlers.ts'
import { hostContract } from './http.ts'
import type { Actor } from './identity.ts'
import type { Logger } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createOpenConnections } from './open-connections.ts'
import type { RequestContext } from './request-context.ts'
import type { StreamEvent } from './streams.ts'

/** A stream of a small contract on a real server, for tests of what every stream of every service is kept to. */

type Note = { number: number; text?: string }
const note = z.object({ number: z.number().int(), text: z.string().optional() })
export const noteContract = {
  notes: {
    followNotes: operation({
      method: 'GET',
      path: '/notes/{topic}/events',
      access: 'member',
      summary: 'Follow',
      tags: ['notes'],
    })
      .input(z.object({ topic: z.string().max(10) }))
      .output(stream(note)),
  },
}
export type NoteClient = ContractRouterClient<typeof noteContract>
export type NoteHandler = (context: StreamContext) => Promise<AsyncIterable<StreamEvent<Note>>>

/** The one person there is, whose token is `learner`. */
export const reader: Actor = {
  userId: randomUUID(),
  organizationId: randomUUID(),
  sessionId: randomUUID(),
  roles: ['learner'],
}

/** A service whose stream a test decides. Call `stop` when done. */
export async function serveNotes() {
  const logged: unknown[] = []
  const log: Logger = { debug() {}, info() {}, warn() {}, error: (_, fields) => void logged.push(fields) }
  const metrics = createMetrics()
  let handler: NoteHandler = () => Promise.reject(new Error('The test gave no handler.'))
  let covered = false
  const listeners = new Set<() => void>()
  const connections = createOpenConnections({
    revocations: {
      cover: () => covered,
      onNews(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    bounds: { perPerson: 2, inAll: 10 },
  })
  const host = hostContract({
    service: 'education',
    contract: noteContract.notes,
    handlers: { followNotes: (_: unknown, context: RequestContext) => handler(context as StreamContext) },
    identity: {
      async verify(token) {
        if (token !== 'learner') throw new AppError('unauthenticated')
        return reader
      },
    },
    internalKey: null,
    db: null,
    connections,
    log,
    metrics,
  })
  const server = createServer(express().use(host.router)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    host,
    connections,
    /** What was logged as a fault of ours. */
    logged,
    serve(given: NoteHandler) {
      handler = given
    },
    /** The reader's session ends. */
    revoke() {
      covered = true
      for (const listener of listeners) listener()
    },
    /** The sum of a metric over its labels. */
    async sumOf(name: string) {
      const found = await metrics.registry.getSingleMetric(name)?.get()
      return found?.values.reduce((sum, { value }) => sum + value, 0)
    },
    async stop() {
      connections.endAll()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

export type Notes = Awaited<ReturnType<typeof serveNotes>>

/** Events one to `last`, those after the one that the reader has. */
export const numbered =
  (last: number): NoteHandler =>
  async ({ lastEventId }) =>
    (async function* () {
      for (let number = Number(lastEventId ?? 0) + 1; number <= last; number++)
        yield { id: String(number), data: { number } }
    })()

/** Some events, and then silence until the reader has left. */
export function quiet(...events: Note[]) {
  let left = () => {}
  const ended = new Promise<void>(resolve => {
    left = resolve
  })
  const follow: NoteHandler = async ({ signal }) =>
    (async function* () {
      try {
        for (const data of events) yield { data }
        while (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve))
      } finally {
        left()
      }
    })()
  return { follow, ended }
}
