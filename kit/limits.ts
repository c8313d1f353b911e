import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'

export type LimitVerdict = { allowed: boolean; limit: number; remaining: number; resetSeconds: number }

/**
 * Counts against a budget of `points` per `windowSeconds`. A `change` of -1 gives back what an earlier call took,
 * for attempts that turn out not to count.
 */
export type Limiter = (
  key: string,
  budget: { points: number; windowSeconds: number },
  change?: 1 | -1,
) => Promise<LimitVerdict>

/** Told when the counts leave Redis and when they are shared again. */
export type LimiterWatch = { fellBack(): void; shared(): void }

/**
 * One limiter for all budgets: in this process, or shared through Redis in one atomic step. When Redis is away the
 * counts go on locally, so that a lost cache neither opens the gates nor closes them.
 */
export function createLimiter(redis: Redis | null, watch?: LimiterWatch): Limiter {
  type Pair = { local: RateLimiterMemory; shared: RateLimiterRedis | null }
  const limiters = new Map<string, Pair>()
  redis?.on('ready', () => watch?.shared())

  function pairOf(points: number, windowSeconds: number): Pair {
    const name = `${points}/${windowSeconds}`
    let pair = limiters.get(name)
    if (!pair) {
      const settings = { keyPrefix: `azora:limit:${name}`, points, duration: windowSeconds }
      const shared = redis
        ? new RateLimiterRedis({ ...settings, storeClient: redis, rejectIfRedisNotReady: true })
        : null
      pair = { local: new RateLimiterMemory(settings), shared }
      limiters.set(name, pair)
    }
    return pair
  }

  return async (key, { points, windowSeconds }, change = 1) => {
    const { local, shared } = pairOf(points, windowSeconds)
    const verdict = (result: RateLimiterRes, allowed: boolean): LimitVerdict => ({
      allowed,
      limit: points,
      remaining: Math.max(0, result.remainingPoints),
      resetSeconds: Math.ceil(result.msBeforeNext / 1000),
    })
    const count = async (limiter: RateLimiterMemory | RateLimiterRedis) => {
      try {
        return verdict(await (change === 1 ? limiter.consume(key) : limiter.reward(key)), true)
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return verdict(refused, false)
        throw refused
      }
    }
    if (!shared) return count(local)
    try {
      return await count(shared)
    } catch {
      // Whatever is wrong with Redis, its own connection has logged it.
      watch?.fellBack()
      return count(local)
    }
  }
}
