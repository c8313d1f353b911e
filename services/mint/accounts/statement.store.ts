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

/**
 * What was posted in the period, in the order in which it was. Each side is read along its own index as far as the page
 * goes, so that the page of an account with millions of lines costs no more than another.
 */
export function selectLines(
  db: Queryable,
  { accountId, from, until, after, limit }: Period & { limit: number },
): Promise<StoredLine[]> {
  const line = sql`t.id as transfer_id, t.sequence, t.booked_at as at, t.kind, t.description, t.booking_id,
    t.amount::text as amount`
  const within = sql`t.organization_id = ${db.organizationId} and t.phase in ('posted', 'post')
    and t.booked_at >= ${from} and t.booked_at < ${until} and (${after}::bigint is null or t.sequence > ${after}::bigint)`
  return db.rows<StoredLine>(sql`
    with debited as (
      select ${line}, true as is_debit, t.credit_account_id as counter_account_id from transfers t
      where t.debit_account_id = ${accountId} and ${within} order by t.sequence limit ${limit}
    ), credited as (
      select ${line}, false as is_debit, t.debit_account_id as counter_account_id from transfers t
      where t.credit_account_id = ${accountId} and ${within} order by t.sequence limit ${limit}
    )
    select * from debited union all select * from credited order by sequence limit ${limit}`)
}
