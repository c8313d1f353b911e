import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** One at a time books what is about a payment, until the transaction ends. */
export async function lockPayment(tx: Transaction, paymentId: string): Promise<void> {
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended('azora payment ' || ${tx.organizationId}::text || ${paymentId}, 0))`,
  )
}

/** A transfer by which somebody received something of a payment. */
export type Received = {
  id: string
  accountId: string
  /** Of which course: its sale is a booking. */
  bookingId: string | null
  isTax: boolean
  amount: number
  /** What of it went back by transfers that name it. */
  back: number
  /** What went back of all that the account received, by transfers from before they named one. */
  unnamed: number
}

/** Who received something of a payment, in the order of their accounts, and what of it went back and did not come again. */
export function selectReceived(tx: Transaction, paymentId: string): Promise<Received[]> {
  return tx.rows<Received>(sql`
    with of_payment as (
      select * from transfers
      where organization_id = ${tx.organizationId} and reference_type = 'payment' and reference_id = ${paymentId}
    ), gone as (
      select debit_account_id as account_id, corrects_id as received_id, amount from of_payment
      where kind in ('refund', 'chargeback')
      union all
      select r.debit_account_id, r.corrects_id, -f.amount
      from of_payment f join of_payment r on r.id = f.corrects_id and r.kind = 'refund'
      where f.kind = 'refund_failed'
    )
    select t.id, t.credit_account_id as account_id, t.booking_id, t.kind = 'tax' as is_tax, t.amount,
      coalesce((select sum(g.amount) from gone g where g.received_id = t.id), 0)::bigint as back,
      coalesce((select sum(g.amount) from gone g
        where g.account_id = t.credit_account_id and g.received_id is null), 0)::bigint as unnamed
    from of_payment t where t.kind in ('tax', 'platform', 'school', 'instructor')
    order by t.credit_account_id, t.id`)
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
