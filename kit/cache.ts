import type { Redis } from 'ioredis'
import { refuseInsideTransaction } from './context.ts'

/** Values that may vanish at any time: losing the cache loses no data. */
export type Cache = {
  get<T>(key: string): Promise<T | null>
  set(key: string, value: unknown, ttlSeconds: number): Promise<void>
  delete(key: string): Promise<void>
}

/** In this process, bounded: the entry that was set first goes first. */
export function memoryCache(maxEntries = 10_000): Cache {
  const entries = new Map<string, { value: string; until: number }>()
  return {
    async get<T>(key: string) {
      const entry = entries.get(key)
      if (!entry) return null
      if (entry.until <= Date.now()) {
        entries.delete(key)
        return null
      }
      return JSON.parse(entry.value) as T
    },
    async set(key, value, ttlSeconds) {
      entries.delete(key)
      entries.set(key, { value: JSON.stringify(value), until: Date.now() + ttlSeconds * 1000 })
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value as string)
    },
    async delete(key) {
      entries.delete(key)
    },
  }
}

/** Shared by the processes of a cluster. When Redis is away, reads miss and writes are dropped. */
export function redisCache(redis: Redis, onError: (failure: unknown) => void): Cache {
  const attempt = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    refuseInsideTransaction('A call to Redis')
    try {
      return await work()
    } catch (failure) {
      onError(failure)
      return otherwise
    }
  }
  const name = (key: string) => `azora:cache:${key}`
  return {
    async get<T>(key: string) {
      const text = await attempt(() => redis.get(name(key)), null)
      return text === null ? null : (JSON.parse(text) as T)
    },
    async set(key, value, ttlSeconds) {
      await attempt(() => redis.set(name(key), JSON.stringify(value), 'EX', ttlSeconds), null)
    },
    async delete(key) {
      await attempt(() => redis.del(name(key)), 0)
    },
  }
}
