import type { Told } from '@azora/contracts/room.ts'
import type { Redis } from 'ioredis'

/**
 * What was told in each room lately, so that who lost the connection for a moment is told what they missed. Nothing
 * rests on it: who was away for longer, or comes back after a restart, reads the page anew.
 */
export type RoomLog = {
  /** Keep what is told; its id. Ids increase within a room. */
  append(key: string, item: Omit<Told, 'id'>): Promise<string>
  /** What came after an id, oldest first; null when that is no longer known. */
  since(key: string, id: string): Promise<Told[] | null>
}

/** For how long things are kept, how many of a room, and how many in the memory of one process (some 10 MB). */
export const keptMs = 120_000
const mostOfRoom = 100
const mostInAll = 20_000

/** The first half of an id: when it was told. */
const timeOf = (id: string): number => Number(id.split('-')[0])

function compare(one: string, two: string): number {
  const [ms = 0, count = 0] = one.split('-').map(Number)
  const [otherMs = 0, otherCount = 0] = two.split('-').map(Number)
  return ms - otherMs || count - otherCount
}

/** In this process. */
export function memoryRoomLog(now: () => number = Date.now): RoomLog {
  // Kept in the order of the last thing told, so that the first is the one to forget.
  const rooms = new Map<string, { items: Told[]; dropped: string | null }>()
  const began = now()
  let lastMs = 0
  let count = 0

  function nextId(): string {
    const ms = Math.max(now(), lastMs)
    count = ms === lastMs ? count + 1 : 0
    lastMs = ms
    return `${ms}-${count}`
  }

  let forgotten = began
  let kept = 0

  function forget(): void {
    const before = now() - keptMs
    for (const [key, { items }] of rooms) {
      const last = timeOf(items.at(-1)?.id ?? '0-0')
      if (last >= before && kept <= mostInAll) break
      rooms.delete(key)
      kept -= items.length
      if (last >= before) forgotten = Math.max(forgotten, last + 1)
    }
  }

  return {
    async append(key, item) {
      const room = rooms.get(key) ?? { items: [], dropped: null }
      const id = nextId()
      room.items.push({ ...item, id })
      if (room.items.length > mostOfRoom) room.dropped = room.items.shift()?.id ?? null
      else kept += 1
      rooms.delete(key)
      rooms.set(key, room)
      forget()
      return id
    },
    async since(key, id) {
      // Before this process was there, or longer ago than anything is kept.
      if (timeOf(id) < Math.max(forgotten, now() - keptMs)) return null
      const room = rooms.get(key)
      if (!room) return []
      if (room.dropped && compare(room.dropped, id) > 0) return null
      return room.items.filter(item => compare(item.id ?? '0-0', id) > 0)
    },
  }
}

// Things told at the same moment by two processes may arrive in the other order than they are kept in, so a little of
// what came before is read again; the client knows by their ids what it has already seen.
const overlapMs = 2_000

/** Shared by all processes, as a stream for each room that vanishes when nothing was told for a while. */
export function redisRoomLog(redis: Redis, now: () => number = Date.now): RoomLog {
  const stream = (key: string) => `azora:room:${key}`
  return {
    async append(key, item) {
      const [added] =
        (await redis
          .multi()
          .xadd(stream(key), 'MAXLEN', mostOfRoom, '*', 'told', JSON.stringify(item))
          .pexpire(stream(key), keptMs)
          .exec()) ?? []
      if (!added || added[0]) throw added?.[0] ?? new Error('Redis kept nothing.')
      return String(added[1])
    },
    async since(key, id) {
      if (timeOf(id) < now() - keptMs) return null
      const entries = await redis.xrange(stream(key), `${Math.max(0, timeOf(id) - overlapMs)}-0`, '+')
      const [oldest] = entries.length >= mostOfRoom ? entries : []
      if (oldest && compare(oldest[0], id) > 0) return null
      return entries.map(([entryId, fields]) => ({ ...JSON.parse(fields[1] ?? '{}'), id: entryId }))
    },
  }
}
