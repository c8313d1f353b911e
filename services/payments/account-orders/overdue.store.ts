import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Orders of any school whose invoice may be late: at the clocks of some of them the day has changed already. */
export function selectMayBeOverdue(db: Unscoped): Promise<{ organizationId: string; orderId: string }[]> {
  return db.rows<{ organizationId: string; orderId: string }>(sql`
    select organization_id, id as order_id from account_orders
    where paid_minor + credited_minor < total_minor and due_on <= current_date order by due_on, id`)
}

export async function selectReminded(db: Queryable, orderId: string): Promise<number> {
  const { reminded } = await db.one<{ reminded: number }>(sql`
    select reminded from account_orders where organization_id = ${db.organizationId} and id = ${orderId}`)
  return reminded
}

export async function updateReminded(tx: Transaction, orderId: string, reminded: number): Promise<void> {
  await tx.run(sql`
    update account_orders set reminded = ${reminded}
    where organization_id = ${tx.organizationId} and id = ${orderId}`)
}
