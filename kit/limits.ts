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

/**
 * One limiter for all budgets: in this process, or shared through Redis. When Redis is away the counts go on
 * locally (`insuranceLimiter`), so that a lost cache neither opens the gates nor closes them.
 */
export function createLimiter(redis: Redis | null): Limiter {
  const limiters = new Map<string, RateLimiterMemory | RateLimiterRedis>()
  return async (key, { points, windowSeconds }, change = 1) => {
    const name = `${points}/${windowSeconds}`
    let limiter = limiters.get(name)
    if (!limiter) {
      const settings = { keyPrefix: `azora:limit:${name}`, points, duration: windowSeconds }
      const local = new RateLimiterMemory(settings)
      limiter = redis
        ? new RateLimiterRedis({
            ...settings,
            storeClient: redis,
            insuranceLimiter: local,
            rejectIfRedisNotReady: true,
          })
        : local
      limiters.set(name, limiter)
    }
    const verdict = (result: RateLimiterRes, allowed: boolean): LimitVerdict => ({
      allowed,
      limit: points,
      remaining: Math.max(0, result.remainingPoints),
      resetSeconds: Math.ceil(result.msBeforeNext / 1000),
    })
    try {
      return verdict(await (change === 1 ? limiter.consume(key) : limiter.reward(key)), true)
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return verdict(refused, false)
      throw refused
    }
  }
}
