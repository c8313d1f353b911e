import type { Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** One at a time books what is about a payment, until the transaction ends. */
export async function lockPayment(tx: Transaction, paymentId: string): Promise<void> {
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended('azora payment ' || ${tx.organizationId}::text || ${paymentId}, 0))`,
  )
}

export type Received = { accountId: string; isTax: boolean; left: number }

/** Who received something of a payment, and what of it has not gone back; in the order of their ids. */
export function selectReceived(tx: Transaction, paymentId: string): Promise<Received[]> {
  return tx.rows<Received>(sql`
    select account_id, bool_or(is_tax) as is_tax, sum(amount)::bigint as left from (
      select credit_account_id as account_id, kind = 'tax' as is_tax, amount from transfers
      where organization_id = ${tx.organizationId} and reference_type = 'payment' and reference_id = ${paymentId}
        and kind in ('tax', 'platform', 'school', 'instructor')
      union all
      select debit_account_id, false, -amount from transfers
      where organization_id = ${tx.organizationId} and reference_type = 'payment' and reference_id = ${paymentId}
        and kind = 'refund') as moved
    group by account_id order by account_id`)
}
