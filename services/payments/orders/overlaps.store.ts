import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { isPaidTwice, itemLeft } from './orders.store.ts'

/** Orders of one buyer that have a course in common. */

/** One at a time makes an order for a buyer, until the transaction ends. */
export async function lockBuyer(tx: Transaction, buyerId: string): Promise<void> {
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended('azora buyer ' || ${tx.organizationId}::text || ${buyerId}::text, 0))`,
  )
}

/** The open orders of other things in which one of the courses is. */
export async function selectOpenOverlapping(
  db: Queryable,
  { buyerId, about, courseIds }: { buyerId: string; about: string; courseIds: readonly string[] },
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select o.id from orders o
    where o.organization_id = ${db.organizationId} and o.buyer_id = ${buyerId} and o.status = 'open'
      and o.about <> ${about} and o.about not like 'gift:%' and exists (select from order_items i
        where i.organization_id = o.organization_id and i.order_id = o.id
          and i.course_id = any(${[...courseIds]}::uuid[]))
    order by o.id`)
  return rows.map(({ id }) => id)
}

/** An order with what is left of the courses that were paid in another order too, while this one was open. */
export type PaidTwice = { orderId: string; paidAt: string; currency: string; amountMinor: number }

/** Of one order, or of all that were paid since a time. */
export function selectPaidTwice(
  db: Queryable,
  among: { orderId: string } | { from: string; sandbox: boolean },
): Promise<PaidTwice[]> {
  const which =
    'orderId' in among
      ? sql`and o.id = ${among.orderId}`
      : sql`and o.paid_at >= ${among.from} and o.sandbox = ${among.sandbox}`
  return db.rows<PaidTwice>(sql`
    select o.id as order_id, o.paid_at, o.currency, sum(${itemLeft(sql`o`, sql`i`)})::bigint as amount_minor
    from orders o join order_items i on i.organization_id = o.organization_id and i.order_id = o.id
    where o.organization_id = ${db.organizationId} and o.status = 'paid' ${which} and ${isPaidTwice}
    group by o.organization_id, o.id order by o.id`)
}
