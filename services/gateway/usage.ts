import type { Actor } from '@azora/kit/identity.ts'
import type { Logger } from '@azora/kit/log.ts'
import type { Metrics } from '@azora/kit/metrics.ts'
import { v7 as uuidv7 } from 'uuid'

/** Requests of one caller to one operation within one hour, and how they ended. */
export type UsageCount = {
  organizationId: string
  kind: 'person' | 'key' | 'client'
  userId: string
  sourceId: string
  operation: string
  hour: string
  requests: number
  limited: number
  refused: number
  failed: number
}

export type UsageBatch = { batchId: string; counts: UsageCount[] }

const everyMs = 10_000
const mostCounts = 20_000
const batchSize = 5000
const mostBatches = 20
const hourMs = 3_600_000

/**
 * Counts who uses which operation how often, and tells it every few seconds. A batch that could not be told is kept
 * under its id and told again, so that it counts once. What does not fit into bounded memory is lost, and the loss
 * is counted; no request waits for any of this or fails by it.
 */
export function createUsage(options: {
  record(batch: UsageBatch): Promise<unknown>
  log: Logger
  metrics: Metrics
  now?: () => number
}) {
  const { log, metrics, now = Date.now } = options
  let counts = new Map<string, UsageCount>()
  const waiting: UsageBatch[] = []
  let telling: Promise<void> | null = null
  let failing = false

  function close(): void {
    const all = [...counts.values()]
    counts = new Map()
    for (let at = 0; at < all.length; at += batchSize) {
      waiting.push({ batchId: uuidv7(), counts: all.slice(at, at + batchSize) })
    }
    while (waiting.length > mostBatches) lose(waiting.shift() as UsageBatch)
  }

  const lose = (batch: UsageBatch) =>
    metrics.usageLost.inc(batch.counts.reduce((sum, { requests }) => sum + requests, 0))

  async function tell(): Promise<void> {
    close()
    for (let batch = waiting[0]; batch; batch = waiting[0]) {
      try {
        await options.record(batch)
      } catch (failure) {
        if (!failing) log.warn('API usage could not be reported; it is kept and reported later', { failure })
        failing = true
        return
      }
      failing = false
      if (waiting[0] === batch) waiting.shift()
    }
  }

  function flush(): Promise<void> {
    telling ??= tell().finally(() => {
      telling = null
    })
    return telling
  }

  const timer = setInterval(() => void flush(), everyMs)
  timer.unref()

  return {
    /** One request that has ended, with its status. */
    count(actor: Actor, operation: string, status: number): void {
      const hour = Math.floor(now() / hourMs) * hourMs
      const { organizationId, userId, kind } = actor
      const sourceId = kind === 'key' ? actor.sessionId : userId
      const key = `${organizationId} ${kind} ${userId} ${sourceId} ${operation} ${hour}`
      let found = counts.get(key)
      if (!found) {
        if (counts.size >= mostCounts) {
          metrics.usageLost.inc()
          return
        }
        found = {
          organizationId,
          kind: kind ?? 'person',
          userId,
          sourceId,
          operation,
          hour: new Date(hour).toISOString(),
          requests: 0,
          limited: 0,
          refused: 0,
          failed: 0,
        }
        counts.set(key, found)
      }
      found.requests += 1
      if (status === 429) found.limited += 1
      else if (status >= 500) found.failed += 1
      // 499: the caller left before the answer, which is no refusal.
      else if (status >= 400 && status !== 499) found.refused += 1
    },
    flush,
    async stop(): Promise<void> {
      clearInterval(timer)
      await telling
      await flush()
    },
  }
}

export type Usage = ReturnType<typeof createUsage>
