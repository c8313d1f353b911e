import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export type Purpose = 'purchase' | 'deposit_refund'

/** The one under way of an order, whose row is locked, or a new one. @returns its id */
export async function startPurchase(
  tx: Transaction,
  { id, orderId }: { id: string; orderId: string },
): Promise<string> {
  const held = await tx.one<{ walletHoldId: string }>(sql`
    update orders set wallet_hold_id = coalesce(wallet_hold_id, ${id})
    where organization_id = ${tx.organizationId} and id = ${orderId} returning wallet_hold_id`)
  if (held.walletHoldId === id) await insertHold(tx, { id, orderId, purpose: 'purchase' })
  return held.walletHoldId
}

export async function insertHold(
  tx: Transaction,
  hold: { id: string; orderId: string; purpose: Purpose },
): Promise<void> {
  await tx.run(sql`
    insert into wallet_holds (id, organization_id, order_id, purpose)
    values (${hold.id}, ${tx.organizationId}, ${hold.orderId}, ${hold.purpose})`)
}

export async function selectOptionalHoldState(
  db: Queryable,
  id: string,
): Promise<'started' | 'taken' | 'released' | null> {
  const row = await db.optional<{ state: 'started' | 'taken' | 'released' }>(sql`
    select state from wallet_holds where organization_id = ${db.organizationId} and id = ${id}`)
  return row?.state ?? null
}

/** End one that is under way, and free its order. @returns false where it has ended already. */
export async function endHold(
  tx: Transaction,
  { id, orderId, state }: { id: string; orderId: string; state: 'taken' | 'released' },
): Promise<boolean> {
  const ended = await tx.run(sql`
    update wallet_holds set state = ${state}, ended_at = clock_timestamp()
    where organization_id = ${tx.organizationId} and id = ${id} and state = 'started'`)
  await tx.run(sql`
    update orders set wallet_hold_id = null
    where organization_id = ${tx.organizationId} and id = ${orderId} and wallet_hold_id = ${id}`)
  return ended === 1
}

export type Hold = { organizationId: string; id: string; orderId: string }

// As many as one sweep ends: the next one is a minute later.
const mostAtOnce = 500

/** Those of every school that have been under way for longer than any request lives. */
export function selectForgotten(db: Unscoped): Promise<Hold[]> {
  return db.rows<Hold>(sql`
    select organization_id, id, order_id from wallet_holds
    where state = 'started' and started_at < now() - interval '2 minutes' order by started_at limit ${mostAtOnce}`)
}
