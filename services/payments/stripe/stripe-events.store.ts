import type { Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** @returns false for an event that was here before. */
export async function insertOptionalEvent(
  tx: Transaction,
  event: { id: string; type: string; orderId: string | null },
): Promise<boolean> {
  const made = await tx.run(sql`
    insert into stripe_events (id, type, organization_id, order_id)
    values (${event.id}, ${event.type}, ${tx.organizationId}, ${event.orderId}) on conflict (id) do nothing`)
  return made === 1
}

/** Stripe tells an event again for three days at most; what is older is of no more use. */
export async function deleteOldEvents(db: Unscoped): Promise<void> {
  await db.run(sql`delete from stripe_events where received_at < now() - interval '30 days'`)
}

export type ToSettle = { organizationId: string; orderId: string }

// As many as one sweep asks about: the next one is a minute later, and those that waited longest come first.
const mostAtOnce = 100

/** Orders that have been open for two minutes since anyone asked about them, of every school. */
export function selectOldOpenOrders(db: Unscoped): Promise<ToSettle[]> {
  return db.rows<ToSettle>(sql`
    select organization_id, id as order_id from orders
    where status = 'open' and checked_at < now() - interval '2 minutes' order by checked_at limit ${mostAtOnce}`)
}

/** Orders with a refund that has waited for two minutes, of every school. */
export function selectOldRefunds(db: Unscoped): Promise<ToSettle[]> {
  return db.rows<ToSettle>(sql`
    select distinct o.organization_id, o.id as order_id, o.checked_at from refunds r
    join payments p on p.organization_id = r.organization_id and p.id = r.payment_id
    join orders o on o.organization_id = p.organization_id and o.id = p.order_id
    where r.status = 'pending' and r.created_at < now() - interval '2 minutes'
      and o.checked_at < now() - interval '2 minutes'
    order by o.checked_at limit ${mostAtOnce}`)
}
