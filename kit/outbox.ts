import { type EventName, type EventPayload, events, versionOf } from '@azora/contracts/events.ts'
import { v7 as uuidv7 } from 'uuid'
import { correlationId } from './context.ts'
import type { Transaction } from './db.ts'
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

/**
 * Publish an event with the state change it tells of: the row commits or vanishes with the transaction.
 *
 * @param service whose outbox it enters; the transaction must be of that service.
 */
export async function publish<N extends EventName>(
  tx: Transaction,
  service: string,
  name: N,
  payload: EventPayload<N>,
): Promise<void> {
  const valid = events[name].parse(payload)
  await tx.run(sql`
    insert into outbox (id, name, version, organization_id, payload, correlation_id)
    values (${uuidv7()}, ${name}, ${versionOf(name)}, ${payload.organizationId}, ${JSON.stringify(valid)}, ${correlationId()})`)
  tx.afterCommit(() => wakers.get(service)?.())
}
