import type { EventName } from '@azora/contracts/events.ts'
import type { Database } from './db.ts'
import { receive } from './inbox.ts'
import type { Logger } from './log.ts'
import { fallbackMs, startLoop } from './loop.ts'
import type { Metrics } from './metrics.ts'
import type { Notices } from './notices.ts'
import { noteOperations } from './operations-news.ts'
import { type EventEnvelope, onPublished, outboxTopic } from './outbox.ts'
import { sql } from './sql.ts'

const batchSize = 200

/** Where a relay hands events on. Resolves once they are safe on the other side. */
export type Delivery = (events: EventEnvelope[]) => Promise<void>

/** A service in this process that hears events. */
export type Subscriber = { db: Database; names: Set<EventName>; wake(): void }

/** Delivery within one process: straight into the subscribers' inboxes, through PostgreSQL alone. */
export function deliverLocally(subscribers: () => Subscriber[]): Delivery {
  return async batch => {
    for (const subscriber of subscribers()) {
      const heard = batch.filter(event => subscriber.names.has(event.name))
      await receive(subscriber.db, heard)
      if (heard.length > 0) subscriber.wake()
    }
  }
}

/**
 * Moves a service's committed events out of its outbox. An event is marked only after delivery, so a crash in
 * between delivers it twice, never not at all; the inbox knows its id and takes it once.
 */
export function startRelay(options: {
  db: Database
  deliver: Delivery
  log: Logger
  metrics: Metrics
  /** Tells of events that another process published. */
  notices?: Notices
  /** For tests: how often it looks without being woken. */
  idleMs?: number
}) {
  const { db, deliver, log, metrics } = options
  const loop = startLoop({
    name: `Relay of ${db.service}`,
    log,
    idleMs: options.idleMs ?? fallbackMs,
    async step() {
      const batch = await db.infrastructure.rows<EventEnvelope>(sql`
        select id, name, version, organization_id, payload, correlation_id, occurred_at from outbox
        where published_at is null order by id limit ${batchSize}`)
      if (batch.length === 0) return 'idle'
      await deliver(batch)
      await db.infrastructure.run(sql`update outbox set published_at = clock_timestamp()
        where id = any(${batch.map(event => event.id)}::uuid[]) and published_at is null`)
      noteOperations(db.service, batch)
      metrics.eventsPublished.inc({ service: db.service }, batch.length)
      return batch.length === batchSize ? 'more' : 'idle'
    },
  })
  const forget = onPublished(db.service, loop.wake)
  const unhear = options.notices?.on(outboxTopic(db.service), loop.wake)
  return {
    async stop() {
      forget()
      unhear?.()
      await loop.stop()
    },
  }
}
