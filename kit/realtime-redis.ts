import { createShardedAdapter } from '@socket.io/redis-adapter'
import type { Redis } from 'ioredis'
import type { Server } from 'socket.io'
import type { Logger } from './log.ts'

/**
 * Joins the sockets of several processes through Redis. Each room has a channel of its own, and a process listens to
 * those in which it has someone: what is told to a learner reaches the one process that holds their socket.
 */
export function shareThroughRedis(io: Pick<Server, 'adapter'>, redis: Redis, log: Logger) {
  const listening = redis.duplicate({
    enableOfflineQueue: true,
    maxRetriesPerRequest: null,
    // Anyone who waits for a subscription waits for Redis to come back.
    commandTimeout: undefined,
  })
  listening.on('error', () => {}) // the first connection tells of it
  const underWay = new Set<Promise<unknown>>()

  // The adapter does not look at what becomes of its calls: without this, each would end the process when Redis does.
  function follow(call: Promise<unknown>): void {
    const settled = call
      .catch(failure => log.debug('A subscription to a room failed', { failure }))
      .finally(() => underWay.delete(settled))
    underWay.add(settled)
  }

  const sub = {
    on: (event: string, listener: (...given: unknown[]) => void) => listening.on(event, listener),
    ssubscribe: (channel: string) => follow(listening.ssubscribe(channel)),
    sunsubscribe: (channel: string) => follow(listening.sunsubscribe(channel)),
  }
  io.adapter(createShardedAdapter(redis, sub, { channelPrefix: 'azora:rooms', subscriptionMode: 'dynamic' }))

  return {
    /** Settles when what was joined so far is heard, or after a second: Redis may be away. */
    subscribed: () =>
      Promise.race([Promise.all(underWay), new Promise(resolve => setTimeout(resolve, 1000).unref())]),
    close: () => listening.disconnect(),
  }
}
