import { idCursor } from '@azora/kit/cursor.ts'
import type { ScopedDatabase } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectOptionalWebhook } from '../webhooks/webhooks.store.ts'
import { testEvent } from './attempt.ts'
import {
  type DeliveryRow,
  type DeliveryStatus,
  insertDeliveries,
  insertReplay,
  insertReplays,
  selectDeliveries,
  selectFailed,
  selectOptionalDelivery,
} from './deliveries.store.ts'
import { bodyOf } from './fan-out.ts'

/** The log of deliveries of a school, and sending again. */

// As many as one request may put into the queue; one with more asks again.
const mostReplays = 10_000

async function mustExist(db: ScopedDatabase, webhookId: string): Promise<void> {
  if (!(await selectOptionalWebhook(db, webhookId))) throw new AppError('not_found')
}

/** @throws AppError `not_found`, `invalid_input`. */
export async function listDeliveries(
  db: ScopedDatabase,
  which: {
    webhookId: string
    status?: DeliveryStatus | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<{ items: DeliveryRow[]; nextCursor: string | null }> {
  const before = idCursor(which.cursor) ?? null
  await mustExist(db, which.webhookId)
  const { webhookId, limit, status } = which
  const rows = await selectDeliveries(db, { webhookId, status: status ?? null, before, limit: limit + 1 })
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** @throws AppError `not_found`. */
export async function getDelivery(db: ScopedDatabase, deliveryId: string) {
  const found = await selectOptionalDelivery(db, deliveryId)
  if (!found) throw new AppError('not_found')
  return found
}

/** @throws AppError `not_found`. */
export function replayDelivery(
  db: ScopedDatabase,
  deliveryId: string,
  wake: () => void,
): Promise<DeliveryRow> {
  return db.transaction(async tx => {
    const made = await insertReplay(tx, { id: uuidv7(), of: deliveryId })
    if (!made) throw new AppError('not_found')
    tx.afterCommit(wake)
    return made
  })
}

/** @returns how many go out again. @throws AppError `not_found`. */
export async function replayFailed(
  db: ScopedDatabase,
  { webhookId, since }: { webhookId: string; since: string },
  wake: () => void,
): Promise<number> {
  await mustExist(db, webhookId)
  return db.transaction(async tx => {
    const failed = await selectFailed(tx, { webhookId, since, limit: mostReplays })
    tx.afterCommit(wake)
    return insertReplays(
      tx,
      failed.map(of => ({ id: uuidv7(), of })),
    )
  })
}

/** A message that says nothing, sent once and also to a webhook that is paused. @throws AppError `not_found`. */
export async function testWebhook(
  db: ScopedDatabase,
  webhookId: string,
  wake: () => void,
): Promise<DeliveryRow> {
  await mustExist(db, webhookId)
  const id = uuidv7()
  await db.transaction(async tx => {
    await insertDeliveries(tx, [{ id, webhookId }], {
      organizationId: tx.organizationId,
      eventId: uuidv7(),
      event: testEvent,
      personId: null,
      body: bodyOf(testEvent, new Date().toISOString(), { webhookId }),
    })
    tx.afterCommit(wake)
  })
  return getDelivery(db, id)
}
