import type { SocketAnswer, SocketNews, SocketRequests, Told } from '@azora/contracts/room.ts'
import type { Socket } from 'socket.io'
import { withCorrelation } from './context.ts'
import { AppError, errorBody } from './errors.ts'
import type { Actor } from './identity.ts'
import type { Limiter } from './limits.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Place, Presence } from './presence.ts'
import { type HostedRoom, hear, keysFrom, knock } from './room-host.ts'
import type { RoomLog } from './room-log.ts'
import { roomKey } from './tell.ts'

/** One client's socket: it enters and leaves rooms, and speaks in those that it is in. */

export type RoomSocket = Socket<SocketRequests, SocketNews>

export type MessageBounds = {
  /** Rooms that one socket is in. */
  mostRooms: number
  /** Messages of one person in ten seconds. */
  mostMessages: number
}

type RoomTools = {
  rooms: ReadonlyMap<string, HostedRoom>
  roomLog: RoomLog
  presence: Presence
  limit: Limiter
  bounds: MessageBounds
  log: Logger
  metrics: Metrics
  /** Settles when what was joined is heard from other processes too. */
  ready(): Promise<void>
  /** Close it: it goes on sending although every message is refused. */
  endIt(): void
}

const windowSeconds = 10
// Who is not stopped by so many refusals is no client of ours.
const mostRefused = 500

/** Answer what the client of a socket asks for, for as long as it is connected. */
export function attend(
  socket: RoomSocket,
  { service, actor }: { service: string; actor: Actor },
  tools: RoomTools,
): void {
  const { rooms, presence, limit, bounds, log, metrics } = tools
  // Where others are shown that it is there.
  const seen = new Map<string, Place>()
  let refused = 0

  /** Run what was asked for and answer; who sends no way to answer is not heard. */
  async function answer<T>(reply: unknown, work: () => Promise<T>): Promise<void> {
    if (typeof reply !== 'function') return
    const send = reply as (answer: SocketAnswer<T>) => void
    await withCorrelation(undefined, async () => {
      try {
        send({ ok: true, value: await work() })
      } catch (failure) {
        const { code, message, status, data } = errorBody(failure)
        if (status >= 500) log.error('A message to a room failed', { service, failure })
        const later = data?.retryAfterSeconds ? { retryAfterSeconds: data.retryAfterSeconds } : {}
        send({ ok: false, code, message, ...later })
      }
    })
  }

  function find(name: unknown, given: unknown) {
    const host = typeof name === 'string' ? rooms.get(name) : undefined
    if (!host) throw new AppError('not_found')
    const keys = keysFrom(host, given)
    return { host, keys, key: roomKey(host.room, actor, keys) }
  }

  function depart(key: string): void {
    const place = seen.get(key)
    if (!place) return
    seen.delete(key)
    presence.leave(place, socket.id)
  }

  socket.use(async (packet, next) => {
    const verdict = await limit(actor.userId, { points: bounds.mostMessages, windowSeconds })
    if (verdict.allowed) {
      refused = 0
      return next()
    }
    refused += 1
    if (refused > mostRefused) return tools.endIt()
    void answer(packet.at(-1), async () => {
      throw new AppError('rate_limited', { retryAfterSeconds: verdict.resetSeconds })
    })
  })

  socket.on('enter', (name, given, since, reply) =>
    answer(reply, async () => {
      const { host, keys, key } = find(name, given)
      const after = typeof since === 'string' && /^\d{1,15}-\d{1,10}$/.test(since) ? since : null
      await knock(host, actor, service, keys)
      if (!socket.connected) throw new AppError('unavailable')
      if (socket.rooms.size > bounds.mostRooms) throw new AppError('rate_limited')
      await socket.join(key)
      // What is told from now on arrives; so what is read now leaves no gap before it.
      await tools.ready()
      if (host.room.presence && socket.connected) {
        const place = { key, room: host.room.name, keys }
        seen.set(key, place)
        presence.enter(place, socket.id, actor.userId)
      }
      return { missed: after === null ? [] : await missedSince(tools, key, after), at: Date.now() }
    }),
  )
  socket.on('leave', (name, given, reply) =>
    answer(reply, async () => {
      const { key } = find(name, given)
      await socket.leave(key)
      depart(key)
      return null
    }),
  )
  socket.on('say', (name, given, event, message, reply) =>
    answer(reply, async () => {
      const { host, keys, key } = find(name, given)
      if (!socket.rooms.has(key)) throw new AppError('forbidden')
      metrics.roomMessages.inc({ room: host.room.name, direction: 'heard' })
      const pass = (told: string, payload: unknown) =>
        socket.to(key).emit('told', { id: null, room: host.room.name, keys, event: told, payload })
      return hear(host, { actor, service, keys, pass }, event, message)
    }),
  )
  socket.on('disconnect', () => {
    for (const key of [...seen.keys()]) depart(key)
  })
}

async function missedSince(
  { roomLog, log }: Pick<RoomTools, 'roomLog' | 'log'>,
  key: string,
  since: string,
): Promise<Told[] | null> {
  try {
    return await roomLog.since(key, since)
  } catch (failure) {
    log.debug('What was missed in a room cannot be told', { failure })
    return null
  }
}
