import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Entered,
  type Room,
  room,
  type SocketAnswer,
  type SocketNews,
  type SocketRequests,
} from '@azora/contracts/room.ts'
import express from 'express'
import type { Redis } from 'ioredis'
import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import { AppError } from './errors.ts'
import type { Actor, Identity } from './identity.ts'
import { createMetrics } from './metrics.ts'
import { createRealtime, type RealtimeSettings } from './realtime.ts'
import { type HostedRoom, hostRoom } from './room-host.ts'

/** A process with sockets, and people who connect to it, for the tests of rooms. */

export const ownRoom = room({
  name: 'school/own',
  summary: 'One’s own.',
  access: 'member',
  of: 'person',
  keys: z.object({}),
  told: { 'thing.changed': z.object({ count: z.number() }) },
})

export const classRoom = room({
  name: 'school/class',
  summary: 'A class.',
  access: 'member',
  of: 'school',
  keys: z.object({ classId: z.uuid() }),
  told: { said: z.object({ text: z.string() }) },
  heard: {
    say: { message: z.object({ text: z.string().max(20) }), answer: z.object({ length: z.number() }) },
  },
  presence: true,
})

export const staffRoom = room({
  name: 'school/staff',
  summary: 'For those who author courses.',
  access: 'course.author',
  of: 'school',
  keys: z.object({}),
  told: {},
})

const school = randomUUID()

/** Someone with a token; of the same school as everybody else unless said otherwise. */
export function somebody(given: Partial<Actor> = {}): Actor & { token: string } {
  return {
    userId: randomUUID(),
    organizationId: school,
    sessionId: randomUUID(),
    roles: ['learner'],
    issuedAt: Date.now() / 1000,
    token: randomUUID(),
    ...given,
  }
}

/** Whether the test's sessions still count. */
export function revocable() {
  const revoked = new Set<string>()
  const listeners = new Set<() => void>()
  return {
    cover: ({ sessionId }: { sessionId: string }) => revoked.has(sessionId),
    onNews(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    revoke(sessionId: string) {
      revoked.add(sessionId)
      for (const listener of listeners) listener()
    },
  }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

type Options = {
  service?: string
  people: (Actor & { token: string })[]
  /** The classes that someone may enter. */
  classes?: string[]
  redis?: Redis | null
  settings?: Partial<RealtimeSettings>
  revocations?: ReturnType<typeof revocable>
  rooms?: HostedRoom[]
  /** What the check of every token waits for. */
  checking?: Promise<void>
}

/** A process that hosts the rooms above, as a service of the name given: each process of a test has its own. */
export async function startRooms(options: Options) {
  const identity: Identity = {
    async verify(token) {
      await options.checking
      const found = options.people.find(one => one.token === token)
      if (!found) throw new AppError('unauthenticated')
      return found
    },
  }
  const log: string[] = []
  const metrics = createMetrics()
  const realtime = createRealtime({
    redis: options.redis ?? null,
    identity,
    revocations: options.revocations ?? revocable(),
    log: { ...quiet, error: (message, fields) => void log.push(`${message} ${JSON.stringify(fields)}`) },
    metrics,
    ...(options.settings ? { settings: options.settings } : {}),
  })
  const service = options.service ?? 'school'
  const door = realtime.host(service, [
    hostRoom(ownRoom, {}),
    hostRoom(classRoom, {
      async enter(_actor, { classId }) {
        if (!options.classes?.includes(classId)) throw new AppError('not_found')
      },
      heard: {
        async say({ text }, { pass }) {
          if (text === 'break') throw new Error('A bug.')
          pass('said', { text })
          return { length: text.length }
        },
      },
    }),
    hostRoom(staffRoom, { enter: async () => {} }),
    ...(options.rooms ?? []),
  ])
  const app = express()
  app.use(`/api/v1/${service}/socket`, door.poll)
  app.get('/health/ready', (_req, res) => void res.end())
  const server = createServer(app)
  server.on('upgrade', door.upgrade)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    service,
    server,
    realtime,
    metrics,
    errors: log,
    /** Once its clients have said goodbye. */
    async close() {
      const open = async () => (await metrics.roomSockets.get()).values[0]?.value ?? 0
      for (let turn = 0; turn < 100 && (await open()) > 0; turn++)
        await new Promise(resolve => setTimeout(resolve, 10))
      await realtime.stop()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Long, for a machine that is busy: it is waited for only where a test fails. */
const answeredWithinMs = 30_000

export type TestSocket = Socket<SocketNews, SocketRequests>

/** Connect; the caller closes it. */
export function connect(
  to: { url: string; service: string },
  token: string,
  transports = ['websocket'],
): TestSocket {
  return io(to.url, {
    path: `/api/v1/${to.service}/socket`,
    transports,
    forceNew: true,
    reconnection: false,
    extraHeaders: { authorization: `Bearer ${token}` },
  })
}

const answered = async <T>(asked: Promise<unknown>): Promise<T | string> => {
  const answer = (await asked) as SocketAnswer<T>
  return answer.ok ? answer.value : answer.code
}

/** What was missed, or the code of the refusal. */
export async function enter(
  socket: TestSocket,
  to: Pick<Room, 'name'> | string,
  keys: unknown,
  since: string | null = null,
) {
  const name = typeof to === 'string' ? to : to.name
  const answer = await answered<Entered>(
    socket.timeout(answeredWithinMs).emitWithAck('enter', name, keys, since),
  )
  return typeof answer === 'string' ? answer : { missed: answer.missed }
}

export const say = (
  socket: TestSocket,
  to: Pick<Room, 'name'>,
  keys: unknown,
  event: string,
  message: unknown,
) => answered(socket.timeout(answeredWithinMs).emitWithAck('say', to.name, keys, event, message))

/** The next news of a kind. */
export function next<E extends keyof SocketNews>(
  socket: TestSocket,
  event: E,
): Promise<Parameters<SocketNews[E]>[0]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No ${event} came.`)), answeredWithinMs).unref()
    socket.once(
      event as 'told',
      (item => {
        clearTimeout(timer)
        resolve(item as never)
      }) as SocketNews['told'],
    )
  })
}

/** Until a socket is connected, is not, or no longer is; what the client library says of it. */
export function until(
  socket: TestSocket,
  event: 'connect' | 'connect_error' | 'disconnect',
): Promise<{ description?: unknown; message?: string } | string | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No ${event} came.`)), answeredWithinMs).unref()
    socket.once(event as 'disconnect', said => {
      clearTimeout(timer)
      resolve(said)
    })
  })
}
