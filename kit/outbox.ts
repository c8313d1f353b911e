import { type EventName, type EventPayload, versionOf } from '@azora/contracts/events.ts'
import { publishedPayload } from '@azora/contracts/publishable.ts'
import { v7 as uuidv7 } from 'uuid'
import { correlationId } from './context.ts'
import type { Transaction } from './db.ts'
import { noticeChannel } from './notices.ts'
import { sql } from './sql.ts'

/** An event as it travels between services. */
export type EventEnvelope = {
  id: string
  name: EventName
  /** Of the payload's shape: `versionOf` in contracts/events.ts. */
  version: number
  organizationId: string
  payload: unknown
  correlationId: string
  occurredAt: string
}

const wakers = new Map<string, () => void>()

/** The relay of a service says how to wake it when an event has been committed. */
export function onPublished(service: string, wake: () => void): () => void {
  wakers.set(service, wake)
  return () => wakers.delete(service)
}

/** No listener could ever store the event, so it is not published. */
export class UnstorableEvent extends Error {
  override name = 'UnstorableEvent'
}

/**
 * Publish an event with the state change it tells of: the row commits or vanishes with the transaction.
 *
 * @param service whose outbox it enters; the transaction must be of that service.
 * @throws UnstorableEvent
 */
export async function publish<N extends EventName>(
  tx: Transaction,
  service: string,
  name: N,
  payload: EventPayload<N>,
): Promise<void> {
  const checked = publishedPayload(name, payload)
  if ('fault' in checked) throw new UnstorableEvent(`${name}: ${checked.fault}`)
  tx.send(sql`
    insert into outbox (id, name, version, organization_id, payload, correlation_id)
    values (${uuidv7()}, ${name}, ${versionOf(name)}, ${payload.organizationId}, ${JSON.stringify(checked.payload)}, ${correlationId()})`)
  if (wakers.has(service)) tx.afterCommit(() => wakers.get(service)?.())
  // Only here, in a command beside the running system: a notice makes commits wait for each other.
  else tx.send(sql`select pg_notify(${noticeChannel}, ${outboxTopic(service)})`)
}

/** Told of where a service published something, and no relay of it runs. */
export const outboxTopic = (service: string) => `outbox:${service}`
