import type { IncomingMessage } from 'node:http'
import type { Writable } from 'node:stream'
import type { SocketNews, SocketRequests, Told } from '@azora/contracts/room.ts'
import type { Server as Engine } from 'engine.io'
import type { Redis } from 'ioredis'
import type { Server } from 'socket.io'
import { answerFailure } from './answer-failure.ts'
import { AppError } from './errors.ts'
import type { Actor, Identity } from './identity.ts'
import { createLimiter } from './limits.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { type ConnectionBounds, type ConnectionEnd, createOpenConnections } from './open-connections.ts'
import { createPresence } from './presence.ts'
import type { Revocations } from './revocations.ts'
import type { HostedRoom } from './room-host.ts'
import { memoryRoomLog, type RoomLog, redisRoomLog } from './room-log.ts'
import { attend, type MessageBounds, type RoomSocket } from './room-socket.ts'
import { actorOfSocket, refuseSocket, type SocketDoor } from './socket.ts'
import { onTold } from './tell.ts'

/**
 * The rooms of a process: Socket.IO behind the doors of the services that run in it, loaded when the first socket
 * comes. A socket belongs to the service whose door it came through, and enters only that service's rooms; every
 * entrance is asked for, and checked against the contract of the room and by the service that has its rows.
 *
 * What is told reaches the sockets of every process: through Redis, where there is one. See decision 0032.
 */
export type Realtime = {
  /** The door of a service with these rooms. */
  host(service: string, rooms: readonly HostedRoom[]): SocketDoor
  /** End every socket; clients come back, to another process. */
  closeSockets(): void
  stop(): Promise<void>
}

export type RealtimeSettings = {
  /** How many sockets this process holds, and of one person. */
  connections: ConnectionBounds
  messages: MessageBounds
  /** The largest message, in bytes. */
  mostBytes: number
  pingEveryMs: number
  pingTimeoutMs: number
}

const standard: RealtimeSettings = {
  connections: { perPerson: 20, inAll: 5_000 },
  messages: { mostRooms: 50, mostMessages: 200 },
  // An update of a shared document, and its frame.
  mostBytes: 300_000,
  // Well within the minute after which the gateway ends a silent connection.
  pingEveryMs: 25_000,
  pingTimeoutMs: 20_000,
}

type Sockets = Server<SocketRequests, SocketNews>

/** Who a connection belongs to, and through which door it came. */
type Caller = {
  service: string
  actor: Actor
  /** Null until its client has spoken Socket.IO over the connection. */
  socket: RoomSocket | null
  /** It was to be closed, perhaps before Engine.IO had a connection to close. */
  ended: boolean
  close(): void
  letGo(): void
}

type Open = { io: Sockets; engine: Engine; ready(): Promise<void>; close(): Promise<void> }

export function createRealtime(options: {
  redis: Redis | null
  identity: Identity
  revocations: Pick<Revocations, 'cover' | 'onNews'>
  log: Logger
  metrics: Metrics
  settings?: Partial<RealtimeSettings>
}): Realtime {
  const { redis, identity, log, metrics } = options
  const settings = { ...standard, ...options.settings }
  const hosted = new Map<string, Map<string, HostedRoom>>()
  // By the handshake that Engine.IO keeps, and by the id under which a connection that polls comes back.
  const callers = new WeakMap<IncomingMessage, Caller>()
  const connections = new Map<string, Caller>()
  const forget: (() => void)[] = []
  const roomLog: RoomLog = redis ? redisRoomLog(redis) : memoryRoomLog()
  const limit = createLimiter(null)
  const held = createOpenConnections({
    revocations: options.revocations,
    bounds: settings.connections,
    changed: count => metrics.roomSockets.set(count),
  })
  let opening: Promise<Open> | null = null
  let opened: Open | null = null
  let closing = false
  const presence = createPresence({
    redis,
    log,
    show({ key, room, keys }, now) {
      opened?.io.to(key).emit('present', { room, keys, ...now })
    },
  })

  async function open(): Promise<Open> {
    const [{ Server }, { Server: EngineServer }] = await Promise.all([
      import('socket.io'),
      import('engine.io'),
    ])
    const io: Sockets = new Server({ serveClient: false, connectTimeout: 10_000 })
    const shared = redis ? (await import('./realtime-redis.ts')).shareThroughRedis(io, redis, log) : null
    const engine = new EngineServer({
      transports: ['polling', 'websocket'],
      maxHttpBufferSize: settings.mostBytes,
      pingInterval: settings.pingEveryMs,
      pingTimeout: settings.pingTimeoutMs,
      perMessageDeflate: false,
      httpCompression: false,
    })
    io.bind(engine)
    engine.on('connection', connection => {
      const caller = callers.get(connection.request)
      if (!caller) return connection.close(true)
      caller.close = () => connection.close(true)
      connections.set(connection.id, caller)
      connection.once('close', () => {
        connections.delete(connection.id)
        caller.letGo()
      })
      if (caller.ended) caller.close()
    })
    io.on('connection', socket => {
      const caller = callers.get(socket.conn.request)
      const rooms = caller && hosted.get(caller.service)
      if (!rooms) return void socket.disconnect(true)
      caller.socket = socket
      attend(socket, caller, {
        rooms,
        roomLog,
        presence,
        limit,
        bounds: settings.messages,
        log,
        metrics,
        ready: made.ready,
        endIt: () => end(caller, 'rate_limited'),
      })
    })
    const made: Open = {
      io,
      engine,
      ready: async () => void (await shared?.subscribed()),
      async close() {
        engine.close()
        await io.close()
        shared?.close()
      },
    }
    opened = made
    return made
  }

  const opens = (): Promise<Open> => {
    opening ??= open().catch(failure => {
      opening = null
      throw failure
    })
    return opening
  }

  /** Say why and close; without a word where a client comes back by itself, which is when this process stops. */
  function end(caller: Caller, why: ConnectionEnd | 'rate_limited'): void {
    const { socket } = caller
    if (!socket || why === 'stopping') {
      caller.ended = true
      caller.close()
      return
    }
    socket.emit('ended', why)
    socket.disconnect(true)
  }

  /** @param gone told when the request ends, so that a handshake that came to nothing does not count on. */
  async function admit(service: string, req: IncomingMessage, gone: Writable): Promise<void> {
    const actor = await actorOfSocket(req, identity)
    // Who left during the check is told of by nothing more, and would keep a place.
    if (gone.destroyed) return
    const [id, ...more] = new URL(req.url ?? '/', 'http://socket').searchParams.getAll('sid')
    // Engine.IO takes the last of several, so the one that is checked here might be another.
    if (more.length > 0) throw new AppError('invalid_input')
    const known = id === undefined ? null : connections.get(id)
    if (known) {
      // The id of a connection is no secret that would stand for its person.
      const same =
        known.service === service &&
        known.actor.userId === actor.userId &&
        known.actor.organizationId === actor.organizationId &&
        known.actor.sessionId === actor.sessionId
      if (!same) throw new AppError('forbidden')
      return
    }
    const caller: Caller = {
      service,
      actor,
      socket: null,
      ended: false,
      close() {},
      letGo() {},
    }
    caller.letGo = held.hold(actor, why => end(caller, why))
    callers.set(req, caller)
    gone.once('close', () => {
      if (![...connections.values()].includes(caller)) caller.letGo()
    })
  }

  async function told(key: string, item: Omit<Told, 'id'>): Promise<void> {
    metrics.roomMessages.inc({ room: item.room, direction: 'told' })
    const id = await roomLog.append(key, item).catch(failure => {
      log.debug('What was told in a room could not be kept', { failure })
      return null
    })
    // Without Redis, a process that nobody has connected to has nobody to tell.
    const sockets = redis && !closing ? await opens() : opened
    sockets?.io.to(key).emit('told', { ...item, id })
  }

  return {
    host(service, rooms) {
      hosted.set(service, new Map(rooms.map(one => [one.room.name, one])))
      forget.push(
        onTold(service, (key, item) => {
          told(key, item).catch(failure => log.warn('A room could not be told', { failure }))
        }),
      )
      const admitted = async (req: IncomingMessage, gone: Writable) => {
        await admit(service, req, gone)
        return (await opens()).engine
      }
      return {
        upgrade(req, socket, head) {
          socket.on('error', () => socket.destroy())
          admitted(req, socket).then(
            engine => !socket.destroyed && engine.handleUpgrade(req, socket, head),
            failure => refuseSocket(socket, failure, log),
          )
        },
        poll(req, res) {
          admitted(req, res).then(
            engine => res.destroyed || engine.handleRequest(req, res),
            failure => res.destroyed || answerFailure(req, res, failure, log),
          )
        },
      }
    },
    closeSockets() {
      closing = true
      held.endAll()
    },
    async stop() {
      closing = true
      for (const undo of forget) undo()
      await opened?.close()
      await presence.stop()
    },
  }
}
