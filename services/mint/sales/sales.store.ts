import type { Queryable, Transaction } from '@azora/kit/db.ts'
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
        and kind in ('tax', 'platform', 'school', 'instructor', 'refund_failed')
      union all
      select debit_account_id, false, -amount from transfers
      where organization_id = ${tx.organizationId} and reference_type = 'payment' and reference_id = ${paymentId}
        and kind in ('refund', 'chargeback')) as moved
    group by account_id having sum(amount) > 0 order by account_id`)
}

/** What of each payment, or bill of a subscription, is booked as cash at the processor, without its fees. Of one that is not booked there is nothing. */
export function selectProcessorCash(
  db: Queryable,
  paymentIds: readonly string[],
): Promise<{ paymentId: string; amountMinor: number }[]> {
  return db.rows<{ paymentId: string; amountMinor: number }>(sql`
    select t.reference_id as payment_id,
      sum(case when t.debit_account_id = a.id then t.amount else -t.amount end)::bigint as amount_minor
    from transfers t join accounts a on a.organization_id = t.organization_id and a.kind = 'cash_at_processor'
      and a.id in (t.debit_account_id, t.credit_account_id)
    where t.organization_id = ${db.organizationId} and t.reference_type in ('payment', 'subscription_bill')
      and t.reference_id = any(${[...paymentIds]}::text[]) and t.kind <> 'processor_fee'
    group by t.reference_id`)
}
