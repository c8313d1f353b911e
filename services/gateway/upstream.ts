import { createHash } from 'node:crypto'
import { AppError } from '@azora/kit/errors.ts'
import type { Logger } from '@azora/kit/log.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import type { Request, Response } from 'express'
import CircuitBreaker from 'opossum'
import { type Forwarding, mostConnections, NoAnswer } from './forward.ts'

/**
 * A part of the system that runs in other processes, one or several. Each process has a circuit breaker of its own
 * and a bound on what may be under way, so that one that hangs holds a bounded number of requests and none of those
 * for other parts. Requests go to the one with the least under way among those that say they are ready.
 */
export type Upstream = {
  part: string
  /** @throws AppError `unavailable`. */
  forward(req: Request, res: Response, wish: Wish): Promise<void>
  /**
   * The process that a socket goes to: the same one for the same session, while the processes stay the same, whichever
   * gateway asks. @throws AppError `unavailable`.
   */
  pick(sessionId: string): URL
  /** Pass on a poll, which waits as long as a socket would be silent. @throws AppError `unavailable`. */
  poll(req: Request, res: Response, sessionId: string): Promise<void>
  /** Whether at least one process can be sent to. */
  isUp(): boolean
  stop(): void
}

/** How long a part may be silent, by what is asked of it; an upload and a download keep talking. */
export const silenceMs = { json: 15_000, ai: 120_000, stream: 60_000 } as const

export type Wish = {
  /** How long the part may be silent. */
  silenceMs: number
  /** Whether the request may be sent again when nobody answered. */
  repeatable: boolean
  /** What was read of a body already. */
  body: Buffer | null
  /** A stream of events is answered when it begins: open ones take no place among the requests under way. */
  streams?: boolean
}

type Instance = {
  url: URL
  ready: boolean
  pending: number
  breaker: CircuitBreaker<[() => Promise<void>], void>
}

export type UpstreamSettings = {
  /** How often each process is asked whether it is ready. */
  healthEveryMs: number
  /** After this time a broken circuit lets one request through to see. */
  breakMs: number
}

const mostAttempts = 3
// One repetition for ten requests, and a handful at hand: a part that is down is not also buried under repetitions.
const budgetPerRequest = 0.1
const mostBudget = 10

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/**
 * The process that holds a session's sockets: the one for which the digest of both is the highest, so that every
 * gateway chooses alike without asking, and one that goes moves only its own (rendezvous hashing).
 */
function holderOf<T extends { url: URL }>(sessionId: string, candidates: readonly T[]): T {
  const weighed = candidates.map(one => {
    const digest = createHash('sha256').update(`${sessionId} ${one.url.host}`).digest('hex')
    return { one, digest }
  })
  const [first] = weighed.toSorted((a, b) => (a.digest < b.digest ? 1 : -1))
  if (!first) throw new AppError('unavailable')
  return first.one
}

export function createUpstream(options: {
  part: string
  urls: readonly (string | URL)[]
  forwarding: Forwarding
  log: Logger
  metrics: Metrics
  settings: UpstreamSettings
}): Upstream {
  const { part, forwarding, log, metrics, settings } = options
  const instances: Instance[] = options.urls.map(url => ({
    url: new URL(url),
    ready: true,
    pending: 0,
    breaker: new CircuitBreaker((work: () => Promise<void>) => work(), {
      timeout: false,
      capacity: mostConnections,
      // Being full is no failure of the process: it is neither left alone for it nor sent more.
      errorFilter: (failure: { code?: string }) => failure.code === 'ESEMLOCKED',
      volumeThreshold: 5,
      errorThresholdPercentage: 50,
      resetTimeout: settings.breakMs,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
    }),
  }))
  let budget = mostBudget
  let turn = 0

  for (const { breaker, url } of instances) {
    breaker.on('open', () => log.warn('A part is left alone for a while', { part, address: url.host }))
    breaker.on('close', () => log.info('A part answers again', { part, address: url.host }))
  }
  const isBroken = ({ breaker }: Instance) => breaker.opened && !breaker.halfOpen

  function report(instance: Instance): void {
    const up = instance.ready && !isBroken(instance)
    metrics.upstreamUp.set({ part, address: instance.url.host }, up ? 1 : 0)
  }

  async function look(instance: Instance): Promise<void> {
    const before = instance.ready
    instance.ready = await fetch(new URL('/health/ready', instance.url), {
      signal: AbortSignal.timeout(2000),
    }).then(
      async answer => {
        await answer.body?.cancel()
        return answer.ok
      },
      () => false,
    )
    // It has come back, perhaps as a new process: what its predecessor failed at is no longer held against it.
    if (!before && instance.ready && instance.breaker.opened) instance.breaker.close()
    if (before !== instance.ready)
      log.info(instance.ready ? 'A part is ready' : 'A part is not ready', {
        part,
        address: instance.url.host,
      })
    report(instance)
  }

  // Each by itself, so that one that hangs does not keep the others from being seen.
  const looking = new Set<Instance>()
  const timer = setInterval(() => {
    for (const instance of instances) {
      if (looking.has(instance)) continue
      looking.add(instance)
      void look(instance).finally(() => looking.delete(instance))
    }
  }, settings.healthEveryMs)
  timer.unref()

  function available(not: Set<Instance>): Instance[] {
    const closed = instances.filter(instance => !isBroken(instance))
    const fresh = closed.filter(instance => !not.has(instance))
    const open = fresh.length > 0 ? fresh : closed
    // None that says it is ready: one that is there may still know more than our last look.
    const ready = open.filter(instance => instance.ready)
    return ready.length > 0 ? ready : open
  }

  function choose(not: Set<Instance>): Instance | null {
    const candidates = available(not)
    if (candidates.length < 2) return candidates[0] ?? null
    const start = turn++ % candidates.length
    let best = candidates[start] as Instance
    for (let step = 1; step < candidates.length; step++) {
      const other = candidates[(start + step) % candidates.length] as Instance
      if (other.pending < best.pending) best = other
    }
    return best
  }

  async function attempt(instance: Instance, req: Request, res: Response, wish: Wish): Promise<void> {
    instance.pending += 1
    try {
      await instance.breaker.fire(() => forwarding.web(req, res, instance.url, wish))
    } finally {
      instance.pending -= 1
    }
  }

  return {
    part,
    async forward(req, res, wish) {
      budget = Math.min(mostBudget, budget + budgetPerRequest)
      const tried = new Set<Instance>()
      for (let count = 1; ; count++) {
        const instance = choose(tried)
        if (!instance) throw new AppError('unavailable')
        tried.add(instance)
        try {
          return await attempt(instance, req, res, wish)
        } catch (failure) {
          const again =
            failure instanceof NoAnswer &&
            !failure.timedOut &&
            wish.repeatable &&
            count < mostAttempts &&
            budget >= 1 &&
            !res.destroyed
          if (!again) throw new AppError('unavailable', {}, { cause: failure })
          budget -= 1
          metrics.upstreamRetries.inc({ part })
          // Not all at the same moment: those who lost the connection together would otherwise come back together.
          await pause(10 + Math.random() * 40 * count)
        }
      }
    },
    pick: sessionId => holderOf(sessionId, available(new Set())).url,
    async poll(req, res, sessionId) {
      const { url } = holderOf(sessionId, available(new Set()))
      // Not through the circuit: a poll waits by design, and would take a place that requests need.
      try {
        await forwarding.poll(req, res, url)
      } catch (failure) {
        throw new AppError('unavailable', {}, { cause: failure })
      }
    },
    isUp: () => instances.some(instance => instance.ready && !isBroken(instance)),
    stop() {
      clearInterval(timer)
      for (const { breaker } of instances) breaker.shutdown()
    },
  }
}
