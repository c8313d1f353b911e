import type { EventName } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { v7 as uuidv7 } from 'uuid'
import { insertDeliveries, selectListeningWebhooks } from './deliveries.store.ts'

/** The body of a message, as the Standard Webhooks specification recommends it. */
export const bodyOf = (type: string, timestamp: string, data: unknown) =>
  JSON.stringify({ type, timestamp, data })

/** The person whom an event is about, or names. */
function personIn(payload: object): string | null {
  const { userId, instructorId } = payload as { userId?: string; instructorId?: string }
  return userId ?? instructorId ?? null
}

const listening = new WeakMap<Transaction, Map<string, Promise<{ id: string }[]>>>()

/** Who listens, read once for all events of a name and school that are told in one transaction. */
function listenersOf(tx: Transaction, name: EventName): Promise<{ id: string }[]> {
  const known = listening.get(tx) ?? new Map<string, Promise<{ id: string }[]>>()
  listening.set(tx, known)
  const key = `${tx.organizationId} ${name}`
  const found = known.get(key) ?? selectListeningWebhooks(tx, name)
  known.set(key, found)
  return found
}

/** Tell of an event to every webhook of its school that asked for it, within the reaction to it. */
export async function fanOut(
  tx: Transaction,
  name: EventName,
  payload: object,
  event: { id: string; occurredAt: string },
  wake: () => void,
): Promise<void> {
  const webhooks = await listenersOf(tx, name)
  if (webhooks.length === 0) return
  await insertDeliveries(
    tx,
    webhooks.map(webhook => ({ id: uuidv7(), webhookId: webhook.id })),
    {
      organizationId: tx.organizationId,
      eventId: event.id,
      event: name,
      personId: personIn(payload),
      body: bodyOf(name, new Date(event.occurredAt).toISOString(), payload),
    },
  )
  tx.afterCommit(wake)
}
