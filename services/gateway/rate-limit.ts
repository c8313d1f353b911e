import type { RateClass } from '@azora/contracts/operation.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Limiter, LimitVerdict } from '@azora/kit/limits.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import type { Request, Response } from 'express'
import type { Visit } from './access-log.ts'
import { countedAddress } from './addresses.ts'
import { limits, tierOf } from './limits.ts'

const windowSeconds = 60

/** Counts requests against the budgets of `limits.ts`; does nothing when limits are off. */
export function createRateLimit(options: { limiter: Limiter; metrics: Metrics; enabled: boolean }) {
  const { limiter, metrics, enabled } = options

  // Header fields of draft-ietf-httpapi-ratelimit-headers, for the budget that was counted last.
  function tell(res: Response, rateClass: RateClass, verdict: LimitVerdict): void {
    res.setHeader('RateLimit-Policy', `"${rateClass}";q=${verdict.limit};w=${windowSeconds}`)
    res.setHeader('RateLimit', `"${rateClass}";r=${verdict.remaining};t=${verdict.resetSeconds}`)
    if (verdict.allowed) return
    metrics.rateLimited.inc({ class: rateClass })
    throw new AppError('rate_limited', { retryAfterSeconds: Math.max(1, verdict.resetSeconds) })
  }

  return {
    /** Before anything is known of the caller. @throws AppError `rate_limited`. */
    async address(req: Request, res: Response, rateClass: RateClass, visit: Visit): Promise<void> {
      // The portal on this machine asks for everyone at once; its visitors were counted at their own address.
      if (!enabled || (visit.local && rateClass === 'general')) return
      const points = limits.free[rateClass].address
      tell(
        res,
        rateClass,
        await limiter(`address:${rateClass}:${countedAddress(req.ip ?? '')}`, { points, windowSeconds }),
      )
    },
    /** Once it is known who calls. @throws AppError `rate_limited`. */
    async person(res: Response, rateClass: RateClass, { actor }: Visit): Promise<void> {
      if (!enabled || !actor) return
      const points = limits[tierOf(actor.roles)][rateClass].person
      tell(res, rateClass, await limiter(`person:${rateClass}:${actor.userId}`, { points, windowSeconds }))
    },
  }
}
