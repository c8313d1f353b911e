import type { ServerResponse } from 'node:http'
import type { RateClass } from '@azora/contracts/operation.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Limiter, LimitVerdict } from '@azora/kit/limits.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import type { Visit } from './access-log.ts'
import { type Limits, tierOf } from './limits.ts'

/** What an address has used when a request arrives; null when it is not counted. */
export type Arrival = { used: number; resetSeconds: number } | null

type Policy = { name: string; quota: number; remaining: number; resetSeconds: number }

/**
 * Counts requests against the budgets of `limits.json`, in two steps. An address is counted before anything is known
 * of the caller, and only beyond what the widest tier allows is it refused there: until then checking a token costs
 * little. Who calls then says how much the address may use, and draws from a budget of their own.
 */
export function createRateLimit(options: {
  limiter: Limiter
  metrics: Metrics
  limits: Limits
  enabled: boolean
}) {
  const { limiter, metrics, limits, enabled } = options
  const { windowSeconds, tiers } = limits
  const widest = (rateClass: RateClass) =>
    Math.max(...Object.values(tiers).map(classes => classes[rateClass].address))
  const widestAddress = {
    sign_in: widest('sign_in'),
    upload: widest('upload'),
    ai: widest('ai'),
    verify: widest('verify'),
    program: widest('program'),
    general: widest('general'),
  } satisfies Record<RateClass, number>

  function refuse(rateClass: RateClass, resetSeconds: number): never {
    metrics.rateLimited.inc({ class: rateClass })
    throw new AppError('rate_limited', { retryAfterSeconds: Math.max(1, resetSeconds) })
  }

  // Header fields of draft-ietf-httpapi-ratelimit-headers, 10: one item for each budget that was counted.
  function tell(res: ServerResponse | null, rateClass: RateClass, policies: Policy[]): void {
    res?.setHeader(
      'RateLimit-Policy',
      policies.map(({ name, quota }) => `"${rateClass}-${name}";q=${quota};w=${windowSeconds}`).join(', '),
    )
    res?.setHeader(
      'RateLimit',
      policies
        .map(({ name, remaining, resetSeconds }) => `"${rateClass}-${name}";r=${remaining};t=${resetSeconds}`)
        .join(', '),
    )
  }

  const policyOf = (name: string, { limit, remaining, resetSeconds }: LimitVerdict): Policy => ({
    name,
    quota: limit,
    remaining,
    resetSeconds,
  })

  return {
    /** Count the address that a request comes from. @throws AppError `rate_limited` beyond what any tier allows. */
    async arrive(rateClass: RateClass, visit: Visit): Promise<Arrival> {
      if (!enabled || visit.address === null) return null
      // The one who runs this machine may ask for its health and its figures; the portal names its visitors.
      if (visit.local && rateClass === 'general') return null
      const points = widestAddress[rateClass]
      const found = await limiter(`address:${rateClass}:${visit.address}`, { points, windowSeconds })
      if (!found.allowed) refuse(rateClass, found.resetSeconds)
      return { used: found.limit - found.remaining, resetSeconds: found.resetSeconds }
    },

    /**
     * Count the caller who was found; without a response, nothing is told.
     * @throws AppError `rate_limited`.
     */
    async admit(
      res: ServerResponse | null,
      rateClass: RateClass,
      arrival: Arrival,
      actor: Actor | null,
    ): Promise<void> {
      if (!enabled) return
      const allowance = tiers[tierOf(actor)][rateClass]
      const policies: Policy[] = []
      const check = (policy: Policy, allowed: boolean) => {
        policies.push(policy)
        if (allowed) return
        tell(res, rateClass, policies)
        refuse(rateClass, policy.resetSeconds)
      }
      if (arrival) {
        const { used, resetSeconds } = arrival
        const remaining = Math.max(0, allowance.address - used)
        check(
          { name: 'address', quota: allowance.address, remaining, resetSeconds },
          used <= allowance.address,
        )
      }
      if (actor?.kind === 'key') {
        const own = { points: allowance.key, windowSeconds }
        const found = await limiter(`key:${rateClass}:${actor.sessionId}`, own)
        check(policyOf('key', found), found.allowed)
      }
      if (actor) {
        // Also what a key does counts for its owner, so that more keys are no more budget.
        const own = { points: allowance.person, windowSeconds }
        const found = await limiter(`person:${rateClass}:${actor.userId}`, own)
        check(policyOf('person', found), found.allowed)
      }
      if (policies.length > 0) tell(res, rateClass, policies)
    },
  }
}

export type RateLimit = ReturnType<typeof createRateLimit>
