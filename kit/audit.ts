import type { EventPayload } from '@azora/contracts/events.ts'
import type { Visitor } from './caller.ts'
import type { Transaction } from './db.ts'
import { publish } from './outbox.ts'

type Entry = {
  /** `noun.verb_in_the_past`: `course.published`, `person.suspended`. */
  action: string
  /**
   * With the name that it has at the time, for what other services keep and may delete; it goes to the details. Not
   * for people and what they name for themselves: auth finds those names while they are there.
   */
  subject?: { kind: string; id: string; name?: string }
  /** What changed, without secrets and without anything personal beyond ids: entries outlive accounts. */
  details?: Record<string, unknown>
  /** When nobody is signed in yet: the person on whose account it happened. */
  actorId?: string
}

type By = Visitor | 'system'

/**
 * Write to the audit log of the transaction's school. The entry commits with the change that it tells of, in the
 * outbox, and reaches auth's chain as an event: no entry without the change, no change without the entry.
 *
 * @param service whose transaction it is.
 */
export async function recordAudit(tx: Transaction, service: string, by: By, entry: Entry): Promise<void> {
  const actor = by === 'system' ? null : by.actor
  const actorId = entry.actorId ?? actor?.userId ?? null
  const payload: EventPayload<'audit.recorded'> = {
    organizationId: tx.organizationId,
    action: entry.action,
    actor: { kind: actorId === null ? 'system' : (actor?.kind ?? 'person'), id: actorId },
    impersonatorId: actor?.impersonatorId ?? null,
    subject: entry.subject ? { kind: entry.subject.kind, id: entry.subject.id } : null,
    origin: by === 'system' ? null : { ip: by.ip, userAgent: by.userAgent },
    details: { ...(entry.subject?.name ? { name: entry.subject.name } : {}), ...entry.details },
    at: new Date().toISOString(),
  }
  await publish(tx, service, 'audit.recorded', payload)
}
