import type { AccountKind } from '@azora/contracts/mint/account-kinds.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import type { Totals } from './accounts.store.ts'

export type KindTotals = {
  kind: AccountKind
  side: 'debit' | 'credit'
  currency: string
  accounts: number
  debits: string
  credits: string
}

/** What was posted to the accounts of each kind. */
export function selectTrialBalance(db: Queryable): Promise<KindTotals[]> {
  return db.rows<KindTotals>(sql`
    select kind, side, currency, count(*) as accounts, sum(debits_posted)::text as debits,
      sum(credits_posted)::text as credits
    from accounts where organization_id = ${db.organizationId} group by kind, side, currency order by currency, kind`)
}

/** The same with what was booked until a time, from the journal. */
export function selectTrialBalanceAsOf(db: Queryable, asOf: string): Promise<KindTotals[]> {
  return db.rows<KindTotals>(sql`
    with moves as (
      select debit_account_id as id, amount as debit, 0::bigint as credit from transfers
      where organization_id = ${db.organizationId} and phase in ('posted', 'post') and booked_at <= ${asOf}
      union all
      select credit_account_id, 0, amount from transfers
      where organization_id = ${db.organizationId} and phase in ('posted', 'post') and booked_at <= ${asOf}
    ), sums as (select id, sum(debit) as debits, sum(credit) as credits from moves group by id)
    select a.kind, a.side, a.currency, count(*) as accounts, coalesce(sum(s.debits), 0)::text as debits,
      coalesce(sum(s.credits), 0)::text as credits
    from accounts a left join sums s on s.id = a.id
    where a.organization_id = ${db.organizationId} and a.opened_at <= ${asOf}
    group by a.kind, a.side, a.currency order by a.currency, a.kind`)
}

/** The totals of several accounts as of a time; those to which nothing was booked by then are missing. */
export function selectManyTotalsAsOf(
  db: Queryable,
  ids: readonly string[],
  asOf: string,
): Promise<(Totals & { id: string })[]> {
  return db.rows(sql`
    with moves as (
      select debit_account_id as id, true as debit, phase, amount, released from transfers
      where organization_id = ${db.organizationId} and debit_account_id = any(${[...ids]}::uuid[]) and booked_at <= ${asOf}
      union all
      select credit_account_id, false, phase, amount, released from transfers
      where organization_id = ${db.organizationId} and credit_account_id = any(${[...ids]}::uuid[]) and booked_at <= ${asOf}
    )
    select id, coalesce(sum(amount) filter (where debit and phase in ('posted', 'post')), 0)::text as debits_posted,
      coalesce(sum(amount) filter (where not debit and phase in ('posted', 'post')), 0)::text as credits_posted,
      coalesce(sum(case phase when 'pending' then amount else -released end) filter (where debit), 0)::text
        as debits_pending,
      coalesce(sum(case phase when 'pending' then amount else -released end) filter (where not debit), 0)::text
        as credits_pending
    from moves group by id`)
}
