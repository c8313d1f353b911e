import { Redis } from 'ioredis'
import type { Logger } from './log.ts'

/** A Redis connection that answers at once that it is away, instead of holding requests back while it reconnects. */
export function connectRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 3000,
    commandTimeout: 1000,
    retryStrategy: attempt => Math.min(3000, attempt * 100),
  })
  let away = false
  redis.on('error', failure => {
    if (!away) log.warn('Redis is down; counters and caches continue locally', { failure })
    away = true
  })
  redis.on('ready', () => {
    if (away) log.info('Redis is back')
    away = false
  })
  return redis
}
