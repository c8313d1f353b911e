import { withCorrelation } from '@azora/kit/context.ts'
import type { Database } from '@azora/kit/db.ts'
import type { Logger } from '@azora/kit/log.ts'
import { fallbackMs, startLoop } from '@azora/kit/loop.ts'
import type { Sealing } from '@azora/kit/sealing.ts'
import type { CallOptions } from '../webhooks/call.ts'
import { attempt } from './attempt.ts'
import { type Claimed, claimDue } from './claims.store.ts'

/**
 * Sends what waits in the table of deliveries. Not as background jobs: few of those run at once, and a few endpoints
 * that keep us waiting for fifteen seconds would hold up everybody's deliveries. Here many are in flight, two of them
 * for one webhook, so that all hundred of a school leave places to others; and webhooks that have just failed share
 * places of their own, so that endpoints that hang cannot take those of endpoints that answer.
 *
 * A row is claimed for a minute before it is sent. A process that dies leaves its claims behind; when they have run
 * out, another sends again under the same `webhook-id`: at least once, as the specification promises.
 */
export type Sender = { wake(): void; stop(): Promise<void> }

const places = { healthy: 250, others: 100 }
const perWebhook = { healthy: 2, others: 1 }
const leaseSeconds = 60

export function startSender(options: {
  db: Database
  sealing: Sealing
  log: Logger
  calls: CallOptions
  /** For how long stopping waits for answers. */
  graceMs: number
}): Sender {
  const { db, log } = options
  const stopping = new AbortController()
  const inFlight = { healthy: new Set<Promise<void>>(), others: new Set<Promise<void>>() }

  function begin(group: Set<Promise<void>>, claimed: Claimed): void {
    const work = withCorrelation(undefined, () => attempt(options, claimed, stopping.signal))
      .then(pauseSeconds => {
        if (pauseSeconds !== null) loop.wakeIn(pauseSeconds * 1000)
      })
      .catch(failure => log.error('A delivery could not be sent or recorded', { id: claimed.id, failure }))
      .finally(() => {
        group.delete(work)
        loop.wake()
      })
    group.add(work)
  }

  const loop = startLoop({
    name: 'Sending to webhooks',
    log,
    idleMs: fallbackMs,
    async step() {
      for (const kind of ['healthy', 'others'] as const) {
        const group = inFlight[kind]
        const limit = places[kind] - group.size
        if (limit <= 0) continue
        const claimed = await claimDue(db.across, {
          healthy: kind === 'healthy',
          limit,
          perWebhook: perWebhook[kind],
          leaseSeconds,
        })
        for (const one of claimed) begin(group, one)
      }
      return 'idle' // each that ends wakes the loop
    },
  })

  return {
    wake: loop.wake,
    async stop() {
      await loop.stop()
      const cut = setTimeout(() => stopping.abort(), options.graceMs)
      await Promise.all([...inFlight.healthy, ...inFlight.others])
      clearTimeout(cut)
    },
  }
}
