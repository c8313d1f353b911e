import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Logger } from './log.ts'

/**
 * Who is in which room. In one process that is known; in a cluster Redis holds it, and every process that has
 * someone in a room renews a lease. The people of a process whose lease has run out, because it was killed or cannot
 * reach Redis, count as gone, and the processes that are left say so to those who are with them. With nobody in any
 * room nothing is renewed and nobody asks.
 */
export type Presence = {
  enter(place: Place, connection: string, userId: string): void
  leave(place: Place, connection: string): void
  stop(): Promise<void>
}

/** A room among those of all schools, and what its clients know it by. */
export type Place = { key: string; room: string; keys: Record<string, unknown> }

type PresentNow = { version: number; count: number; people: string[] }

/** As many people are named; of a larger crowd the number is told. */
const mostNamed = 200
/** Several who come in the same moment are shown together: a class that enters is one message, not thirty. */
const gatherMs = 100
const leaseMs = 5_000
const renewEveryMs = 1_500
// Longer than any connection lasts; renewed by each who enters.
const roomMs = 24 * 60 * 60_000

const summary = (version: number, userIds: Iterable<string>): PresentNow => {
  const people = [...new Set(userIds)].sort()
  return { version, count: people.length, people: people.slice(0, mostNamed) }
}

// The clock is that of Redis, so that no process's own matters. The first key holds a room's connections
// (`<process>/<connection>` → person), the second the processes and until when each counts as alive.
const change = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZADD', KEYS[2], now + tonumber(ARGV[2]), ARGV[1])
if ARGV[5] == '' then redis.call('HDEL', KEYS[1], ARGV[1] .. '/' .. ARGV[4])
else
  redis.call('HSET', KEYS[1], ARGV[1] .. '/' .. ARGV[4], ARGV[5])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end`

const look = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local found = redis.call('HGETALL', KEYS[1])
local people = { string.format('%.0f', t[1] * 1000000 + t[2]) }
for i = 1, #found, 2 do
  local lease = redis.call('ZSCORE', KEYS[2], string.match(found[i], '^[^/]+'))
  if not lease then redis.call('HDEL', KEYS[1], found[i])
  elseif tonumber(lease) > now then people[#people + 1] = found[i + 1] end
end
return people`

const renew = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, now - 60000)
local known = redis.call('ZSCORE', KEYS[1], ARGV[1]) and 'known' or 'forgotten'
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
local alive = redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')
table.insert(alive, 1, known)
return alive`

const processes = 'azora:presence'
const roomKey = (key: string) => `azora:presence:${key}`

export function createPresence(options: {
  redis: Redis | null
  log: Logger
  /** Tell those in a room, wherever they are connected. */
  show(place: Place, now: PresentNow): void
}): Presence {
  const { redis, log, show } = options
  const self = randomUUID()
  const here = new Map<string, { place: Place; people: Map<string, string> }>()
  const changed = new Map<string, Place>()
  let alive = new Set<string>()
  let gathering: NodeJS.Timeout | null = null
  let renewing: NodeJS.Timeout | null = null
  let lastVersion = 0

  const failed = (failure: unknown) => log.debug('Presence is known to this process alone', { failure })
  // In the order of the calls: entering and leaving at once must not end the wrong way round.
  let writes: Promise<unknown> = Promise.resolve()
  function write(key: string, connection: string, userId: string): void {
    if (!redis) return
    const entry = [roomKey(key), processes, self, leaseMs, roomMs, connection, userId]
    writes = writes.then(() => redis.eval(change, 2, ...entry)).catch(failed)
  }

  async function state(key: string): Promise<PresentNow> {
    lastVersion = Math.max(lastVersion + 1, Date.now() * 1000)
    const local = () => summary(lastVersion, here.get(key)?.people.values() ?? [])
    if (!redis) return local()
    try {
      const [version, ...people] = (await redis.eval(look, 2, roomKey(key), processes)) as string[]
      return summary(Number(version), people)
    } catch (failure) {
      failed(failure)
      return local()
    }
  }

  function gather(places: Iterable<Place>): void {
    for (const place of places) changed.set(place.key, place)
    gathering ??= setTimeout(async () => {
      gathering = null
      const due = [...changed.values()]
      changed.clear()
      await writes
      for (const place of due) show(place, await state(place.key))
    }, gatherMs)
  }

  async function renewLease(redis: Redis): Promise<void> {
    try {
      const [known, ...found] = (await redis.eval(renew, 1, processes, self, leaseMs)) as string[]
      // Redis was emptied, or did not hear of this process for so long that others have removed its people.
      if (known === 'forgotten')
        for (const [key, { people }] of here)
          for (const [connection, userId] of people) write(key, connection, userId)
      if (known === 'forgotten' || alive.symmetricDifference(new Set(found)).size > 0)
        gather([...here.values()].map(({ place }) => place))
      alive = new Set(found)
    } catch (failure) {
      failed(failure)
    }
  }

  function keepLease(): void {
    if (!redis || renewing || here.size === 0) return
    void renewLease(redis)
    renewing = setInterval(() => {
      if (here.size > 0) return void renewLease(redis)
      if (renewing) clearInterval(renewing)
      renewing = null
      alive = new Set()
    }, renewEveryMs)
    renewing.unref()
  }

  return {
    enter(place, connection, userId) {
      const room = here.get(place.key) ?? { place, people: new Map() }
      here.set(place.key, room)
      room.people.set(connection, userId)
      write(place.key, connection, userId)
      keepLease()
      gather([place])
    },
    leave(place, connection) {
      const room = here.get(place.key)
      if (!room?.people.delete(connection)) return
      if (room.people.size === 0) here.delete(place.key)
      write(place.key, connection, '')
      gather([place])
    },
    async stop() {
      if (renewing) clearInterval(renewing)
      if (gathering) clearTimeout(gathering)
      await writes
      if (redis && here.size > 0) await redis.zrem(processes, self).catch(failed)
    },
  }
}
