import type {
  KeysOf,
  Present,
  SocketAnswer,
  SocketNews,
  SocketRequests,
  Told,
} from '@azora/contracts/room.ts'
import type { RoomName, Rooms } from '@azora/contracts/rooms.ts'
import type { Socket } from 'socket.io-client'
import { csrfHeader, refreshSession } from '../calls/caller.ts'

/**
 * The page's connections to rooms: one for each service, while anyone on the page follows one of its rooms. The client
 * of Socket.IO is loaded for it, once the page is idle, and never where the device asks to save data: then, as without
 * a connection at all, the page is as fresh as it was when it came.
 */

type Follower = {
  /** Something was told in the room; null when it is not known what was missed, so that all is to be read again. */
  onNews(item: Told | null): void
  onPresent?(state: Present): void
  /** Whether what happens is told at the moment. */
  onLive?(live: boolean): void
}

type Place = {
  room: RoomName
  keys: Record<string, unknown>
  followers: Set<Follower>
  /** The id of the last thing told, or the time of what the page shows. */
  since: string | null
  seen: string[]
  live: boolean
}

type Connection = {
  socket: Promise<Socket<SocketNews, SocketRequests>>
  places: Map<string, Place>
  /** By how much the server's clock is ahead of ours. */
  serverAheadMs: number
}

const connections = new Map<string, Connection>()
// As many as are told again after a short drop: see overlap in kit/room-log.ts.
const mostSeen = 200
// So long may a connection be dead before its end is noticed: two pings that did not come.
const unnoticedMs = 50_000
const longestPauseMs = 30_000

/** Every service leads to the rooms that belong to none. */
const serviceOf = (room: string) => (room.includes('/') ? (room.split('/')[0] as string) : 'auth')
const placeKey = (room: string, keys: Record<string, unknown>) => JSON.stringify([room, keys])

const savesData = () =>
  (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true

/** When the page has come and has nothing else to do. */
function whenIdle(): Promise<void> {
  const idle = () =>
    new Promise<void>(resolve =>
      'requestIdleCallback' in window
        ? window.requestIdleCallback(() => resolve(), { timeout: 3000 })
        : setTimeout(resolve, 500),
    )
  if (document.readyState === 'complete') return idle()
  return new Promise(resolve =>
    window.addEventListener('load', () => void idle().then(resolve), { once: true }),
  )
}

/** When somebody looks at the page: one in the background does not keep a session alive. */
function whenVisible(): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve()
  return new Promise(resolve => {
    const look = () => {
      if (document.visibilityState !== 'visible') return
      document.removeEventListener('visibilitychange', look)
      resolve()
    }
    document.addEventListener('visibilitychange', look)
  })
}

/** When the device says that it has a line again, or after a while. */
function mayHaveALine(): Promise<void> {
  return new Promise(resolve => {
    const settled = () => {
      clearTimeout(timer)
      removeEventListener('online', settled)
      resolve()
    }
    const timer = setTimeout(settled, longestPauseMs)
    addEventListener('online', settled)
  })
}

const isLater = (one: string, two: string): boolean => {
  const [ms = 0, count = 0] = one.split('-').map(Number)
  const [otherMs = 0, otherCount = 0] = two.split('-').map(Number)
  return ms > otherMs || (ms === otherMs && count > otherCount)
}

function hear(connection: Connection, item: Told): void {
  const place = connection.places.get(placeKey(item.room, item.keys))
  if (!place) return
  if (item.id) {
    if (place.seen.includes(item.id)) return
    place.seen = [...place.seen.slice(1 - mostSeen), item.id]
    if (!place.since || isLater(item.id, place.since)) place.since = item.id
  }
  for (const follower of place.followers) follower.onNews(item)
}

function setLive(place: Place, live: boolean): void {
  if (place.live === live) return
  place.live = live
  for (const follower of place.followers) follower.onLive?.(live)
}

async function enter(connection: Connection, place: Place): Promise<void> {
  const socket = await connection.socket.catch(() => null)
  if (!socket?.connected) return
  const answer = await socket
    .timeout(10_000)
    .emitWithAck('enter', place.room, place.keys, place.since)
    .catch((): SocketAnswer<never> => ({ ok: false, code: 'unavailable', message: '' }))
  // Refused, the page is as it would be without a connection.
  if (!answer.ok) return
  setLive(place, true)
  connection.serverAheadMs = answer.value.at - Date.now()
  if (answer.value.missed === null) {
    place.since = `${answer.value.at}-0`
    for (const follower of place.followers) follower.onNews(null)
  }
  for (const item of answer.value.missed ?? []) hear(connection, item)
}

async function open(service: string, connection: Connection): Promise<Socket<SocketNews, SocketRequests>> {
  await whenIdle()
  const { io } = await import('socket.io-client')
  const socket: Socket<SocketNews, SocketRequests> = io({
    path: `/api/v1/${service}/socket`,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    extraHeaders: csrfHeader(),
    reconnectionDelay: 1000,
    reconnectionDelayMax: longestPauseMs,
    timeout: 10_000,
  })
  const silent = () => {
    const known = `${Date.now() + connection.serverAheadMs - unnoticedMs}-0`
    for (const place of connection.places.values()) {
      // Up to then everything was told, so that is all that has to be asked for.
      if (place.live && place.since && isLater(known, place.since)) place.since = known
      setLive(place, false)
    }
  }

  /** With a new token, if there still is a session; a page that nobody looks at waits until somebody does. */
  async function comeBack(): Promise<void> {
    socket.disconnect()
    await whenVisible()
    while (connection.places.size > 0) {
      const renewed = await refreshSession().catch(() => null)
      if (renewed === null) {
        await mayHaveALine()
        continue
      }
      if (!renewed) return
      socket.io.opts.extraHeaders = csrfHeader()
      return void socket.connect()
    }
  }

  socket.on('connect', () => {
    for (const place of connection.places.values()) void enter(connection, place)
  })
  socket.on('told', item => hear(connection, item))
  socket.on('present', state => {
    const place = connection.places.get(placeKey(state.room, state.keys))
    for (const follower of place?.followers ?? []) follower.onPresent?.(state)
  })
  socket.on('ended', why => {
    if (why === 'rate_limited') socket.disconnect()
    else void comeBack()
  })
  socket.on('disconnect', silent)
  socket.on('connect_error', failure => {
    silent()
    const status = (failure as Error & { description?: unknown }).description
    if (status === 401) void comeBack()
    // A page seen through borrowed eyes has no rooms.
    else if (status === 403) socket.disconnect()
    // Something swallows WebSockets without a word: begin without them.
    else if (failure.message === 'timeout') socket.io.opts.transports = ['polling', 'websocket']
  })
  return socket
}

function leave(service: string, connection: Connection, place: Place): void {
  connection.places.delete(placeKey(place.room, place.keys))
  const last = connection.places.size === 0
  if (last) connections.delete(service)
  void connection.socket.then(
    socket => {
      if (last) socket.disconnect()
      else if (socket.connected) socket.emit('leave', place.room, place.keys, () => {})
    },
    () => {
      // There never was one.
    },
  )
}

/**
 * Follow what is told in a room, until the returned function is called.
 * @param since the time at which what the page shows was read, in milliseconds, by the server's clock; null when it
 * is read after this.
 */
export function follow<N extends RoomName>(
  room: N,
  keys: KeysOf<Rooms[N]>,
  since: number | null,
  follower: Follower,
): () => void {
  if (savesData()) return () => {}
  const service = serviceOf(room)
  let connection = connections.get(service)
  if (!connection) {
    const made: Connection = { socket: Promise.resolve() as never, places: new Map(), serverAheadMs: 0 }
    made.socket = open(service, made)
    connections.set(service, made)
    made.socket.catch((failure: unknown) => {
      console.warn('The client of rooms could not be loaded.', failure)
      if (connections.get(service) === made) connections.delete(service)
    })
    connection = made
  }
  const at = placeKey(room, keys)
  const known = connection.places.get(at)
  const place: Place = known ?? {
    room,
    keys,
    followers: new Set(),
    since: since === null ? null : `${since}-0`,
    seen: [],
    live: false,
  }
  place.followers.add(follower)
  if (known?.live) follower.onLive?.(true)
  if (!known) {
    connection.places.set(at, place)
    void enter(connection, place)
  }
  const holder = connection
  return () => {
    place.followers.delete(follower)
    if (place.followers.size === 0 && holder.places.get(at) === place) leave(service, holder, place)
  }
}
