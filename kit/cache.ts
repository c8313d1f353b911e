import type { Redis } from 'ioredis'
import { refuseInsideTransaction } from './context.ts'

/** Values that may vanish at any time: losing the cache loses no data. */
export type Cache = {
  get<T>(key: string): Promise<T | null>
  set(key: string, value: unknown, ttlSeconds: number): Promise<void>
  delete(key: string): Promise<void>
}

const sweepEveryMs = 60_000

/**
 * In this process, bounded in entries and bytes: the entry that was set first goes first, and what has run out is
 * swept once a minute, as entries are set. A value larger than all the room is not kept.
 */
export function memoryCache(most = { entries: 10_000, bytes: 64_000_000 }): Cache & { size(): number } {
  const entries = new Map<string, { value: string; bytes: number; until: number }>()
  let bytes = 0
  let sweptAt = Date.now()

  function remove(key: string): void {
    bytes -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }

  function sweep(): void {
    if (Date.now() - sweptAt < sweepEveryMs) return
    sweptAt = Date.now()
    for (const [key, { until }] of entries) if (until <= Date.now()) remove(key)
  }

  return {
    size: () => entries.size,
    async get<T>(key: string) {
      const entry = entries.get(key)
      if (!entry) return null
      if (entry.until <= Date.now()) {
        remove(key)
        return null
      }
      return JSON.parse(entry.value) as T
    },
    async set(key, value, ttlSeconds) {
      remove(key)
      sweep()
      const text = JSON.stringify(value)
      // A string takes up to two bytes a character.
      const size = 2 * (key.length + text.length)
      if (size > most.bytes) return
      entries.set(key, { value: text, bytes: size, until: Date.now() + ttlSeconds * 1000 })
      bytes += size
      while (entries.size > most.entries || bytes > most.bytes) remove(entries.keys().next().value as string)
    },
    async delete(key) {
      remove(key)
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
