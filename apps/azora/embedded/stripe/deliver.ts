import { createHmac } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import type { Logger } from '@azora/kit/log.ts'
import type { WebhookFault } from './faults.ts'
import type { Delivery, Store } from './store.ts'

/**
 * Tells endpoints what happened until they answer 2xx: at first at once, then after growing pauses for three days, as
 * Stripe does. What is still to be told is in the store, so it is told after a restart too; the order is not promised.
 */
const minute = 60_000
const hour = 60 * minute
const pausesMs = [
  1000,
  5000,
  30_000,
  2 * minute,
  10 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  24 * hour,
]
const answersWithinMs = 10_000
const atOnce = 4

export type Sender = {
  /** Look for what is to be told now. */
  wake(): void
  /** For tests: when nothing is to be told at this moment. */
  idle(): Promise<void>
  stop(): Promise<void>
}

type Options = {
  store: Store
  nowMs: () => number
  log: Logger
  fault: ((told: { id: string; type: string; attempt: number }) => Promise<WebhookFault | null>) | null
}

/** `t=…,v1=…`: what the SDK's `constructEvent` checks. Source: https://docs.stripe.com/webhooks#verify-manually */
function signatureOf(payload: string, secret: string, atS: number): string {
  return `t=${atS},v1=${createHmac('sha256', secret).update(`${atS}.${payload}`).digest('hex')}`
}

export function createSender({ store, nowMs, log, fault }: Options): Sender {
  const running = new Map<number, Promise<void>>()
  const ending = new AbortController()
  const ended = new Promise<null>(resolve => ending.signal.addEventListener('abort', () => resolve(null)))

  async function send(delivery: Delivery): Promise<boolean> {
    const event = store.find('event', delivery.event)
    const endpoint = store.find('webhook_endpoint', delivery.endpoint)
    const { secret, deleted } = store.hidden(delivery.endpoint)
    if (!event || !endpoint || !secret || deleted || endpoint.status !== 'enabled') return true
    const asked = fault?.({ id: event.id, type: event.type, attempt: delivery.attempts + 1 })
    const wanted = await Promise.race([asked, ended])
    if (wanted === 'never') return true
    const payload = JSON.stringify(event, null, 2)
    const post = async () => {
      const answer = await fetch(endpoint.url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'User-Agent': 'Stripe/1.0 (sandbox)',
          // By the true clock, which the one who checks it has.
          'Stripe-Signature': signatureOf(payload, secret, Math.floor(Date.now() / 1000)),
        },
        body: payload,
        signal: AbortSignal.any([ending.signal, AbortSignal.timeout(answersWithinMs)]),
      })
      await answer.body?.cancel()
      return answer.ok
    }
    if (wanted === 'twice') await post()
    return post()
  }

  async function tell(delivery: Delivery): Promise<void> {
    const told = await send(delivery).catch(() => false)
    if (ending.signal.aborted) return
    if (told) return store.transaction(() => store.endDelivery(delivery.seq, delivery.event))
    const pause = pausesMs[delivery.attempts]
    if (pause !== undefined) return store.delayDelivery(delivery.seq, nowMs() + pause)
    log.warn('A webhook of the Stripe sandbox was given up', {
      event: delivery.event,
      attempts: delivery.attempts + 1,
    })
    store.transaction(() => store.endDelivery(delivery.seq, delivery.event))
  }

  // When this one is no longer among those under way.
  const wakeSoon = () => void setImmediate(wake)

  function wake(): void {
    if (ending.signal.aborted) return
    for (const delivery of store.deliveriesDue(nowMs(), atOnce + running.size)) {
      if (running.size >= atOnce) return
      if (running.has(delivery.seq)) continue
      const work = tell(delivery)
        .then(wakeSoon, failure => log.error('A webhook of the Stripe sandbox failed', { failure }))
        .finally(() => running.delete(delivery.seq))
      running.set(delivery.seq, work)
    }
  }

  return {
    wake,
    async idle() {
      wake()
      while (running.size > 0) {
        await Promise.all(running.values())
        // Past the waking that each of them asks for.
        await after(1)
      }
    },
    async stop() {
      ending.abort()
      await Promise.allSettled(running.values())
    },
  }
}
