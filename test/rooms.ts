import type { SocketAnswer, SocketNews, SocketRequests, Told } from '@azora/contracts/room.ts'
import { io, type Socket } from 'socket.io-client'

/** Rooms as a client of the running system enters them. */

export type RoomClient = Socket<SocketNews, SocketRequests>

/** The service whose socket leads to a room; every one of them does to those that belong to none. */
export const serviceOf = (room: string) => (room.includes('/') ? (room.split('/')[0] as string) : 'auth')

/** Connect with a token; the caller disconnects. */
export function connectAs(
  url: string,
  token: string | null,
  service = 'education',
  transports: ('websocket' | 'polling')[] = ['polling'],
): RoomClient {
  return io(url, {
    path: `/api/v1/${service}/socket`,
    transports,
    forceNew: true,
    reconnection: false,
    ...(token ? { extraHeaders: { authorization: `Bearer ${token}` } } : {}),
  })
}

/** `entered`, or the code of the refusal: of the connection, or of the room. */
export async function ask(socket: RoomClient, room: string, keys: object): Promise<string> {
  const refused = new Promise<string>(resolve =>
    socket.once('connect_error', failure => {
      const { description } = failure as Error & { description?: unknown }
      resolve(description === 401 ? 'unauthenticated' : `${description ?? failure.message}`)
    }),
  )
  const entered = socket
    .timeout(20_000)
    .emitWithAck('enter', room, keys, null)
    .then((answer: SocketAnswer<unknown>) => (answer.ok ? 'entered' : answer.code))
  entered.catch(() => {})
  return Promise.race([refused, entered])
}

/** Everything that is told from now on, and a wait for the first that fits. */
export function hearing(socket: RoomClient) {
  const items: Told[] = []
  const waiting = new Set<() => void>()
  socket.on('told', item => {
    items.push(item)
    for (const look of waiting) look()
  })
  return {
    items,
    until(fits: (item: Told) => boolean): Promise<Told> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`Nothing that fits was told, only ${JSON.stringify(items)}.`))
        }, 20_000)
        const look = () => {
          const found = items.find(fits)
          if (!found) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      })
    },
  }
}
