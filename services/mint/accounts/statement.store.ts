import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** A period of an account, and after which of its lines to go on. */
export type Period = { accountId: string; from: string; until: string; after: number | null }

/** What was posted before the lines that come next. */
export function selectPostedBefore(
  db: Queryable,
  { accountId, from, until, after }: Period,
): Promise<{ debits: string; credits: string }> {
  return db.one(sql`
    with moves as (
      select true as debit, amount, sequence, booked_at from transfers
      where organization_id = ${db.organizationId} and debit_account_id = ${accountId} and phase in ('posted', 'post')
      union all
      select false, amount, sequence, booked_at from transfers
      where organization_id = ${db.organizationId} and credit_account_id = ${accountId} and phase in ('posted', 'post')
    )
    select coalesce(sum(amount) filter (where debit), 0)::text as debits,
      coalesce(sum(amount) filter (where not debit), 0)::text as credits
    from moves
    where booked_at < ${from} or (booked_at < ${until} and sequence <= ${after}::bigint)`)
}

export type StoredLine = {
  transferId: string
  sequence: number
  at: string
  kind: string
  description: string | null
  bookingId: string | null
  counterAccountId: string
  isDebit: boolean
  amount: string
}

/** What was posted in the period, in the order in which it was. */
export function selectLines(
  db: Queryable,
  { accountId, from, until, after, limit }: Period & { limit: number },
): Promise<StoredLine[]> {
  return db.rows<StoredLine>(sql`
    select id as transfer_id, sequence, booked_at as at, kind, description, booking_id, amount::text as amount,
      debit_account_id = ${accountId} as is_debit,
      case when debit_account_id = ${accountId} then credit_account_id else debit_account_id end as counter_account_id
    from transfers
    where organization_id = ${db.organizationId} and (debit_account_id = ${accountId} or credit_account_id = ${accountId})
      and phase in ('posted', 'post') and booked_at >= ${from} and booked_at < ${until}
      and (${after}::bigint is null or sequence > ${after}::bigint)
    order by sequence limit ${limit}`)
}
