import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** The statements of this transaction may take as long as a journal asks. */
export function lift(tx: Transaction): void {
  tx.send(sql`select set_config('statement_timeout', '0', true)`)
}

/**
 * Every balance from its entries, beside what the account says: in one statement, so of one moment, and grouped by
 * PostgreSQL, which keeps on disk what its `work_mem` does not hold.
 *
 * @returns how many transfers and accounts there are, and the lowest id of an account that differs: other totals, an entry
 * in another currency, or entries of an account that is not there.
 */
export function compareBalances(
  db: Queryable,
): Promise<{ transfers: number; accounts: number; differing: string | null }> {
  return db.one(sql`
    with sides as (
      select t.debit_account_id as id, 1 as transfers, 0 as accounts, t.currency,
        case when t.phase in ('posted', 'post') then t.amount else 0 end as debits_posted, 0 as credits_posted,
        case when t.phase = 'pending' then t.amount else -t.released end as debits_pending, 0 as credits_pending
      from transfers t where t.organization_id = ${db.organizationId}
      union all
      select t.credit_account_id, 0, 0, t.currency,
        0, case when t.phase in ('posted', 'post') then t.amount else 0 end,
        0, case when t.phase = 'pending' then t.amount else -t.released end
      from transfers t where t.organization_id = ${db.organizationId}
      union all
      select a.id, 0, 1, a.currency, -a.debits_posted, -a.credits_posted, -a.debits_pending, -a.credits_pending
      from accounts a where a.organization_id = ${db.organizationId}
    ), sums as (
      select id, sum(transfers) as transfers, sum(accounts) as accounts,
        min(currency) <> max(currency) or sum(debits_posted) <> 0 or sum(credits_posted) <> 0
          or sum(debits_pending) <> 0 or sum(credits_pending) <> 0 as differs
      from sides group by id
    )
    select coalesce(sum(transfers), 0) as transfers, coalesce(sum(accounts), 0) as accounts,
      min(id::text) filter (where differs or accounts = 0) as differing
    from sums`)
}

/** The lowest id of a transfer that resolves something which is not pending, or another amount or accounts than it. */
export async function selectOptionalWrongResolution(db: Queryable): Promise<string | null> {
  const { wrong } = await db.one<{ wrong: string | null }>(sql`
    select min(t.id::text) as wrong from transfers t
    left join transfers p on p.organization_id = ${db.organizationId} and p.id = t.pending_id
    where t.organization_id = ${db.organizationId} and t.pending_id is not null
      and (p.phase = 'pending' and p.amount = t.released and t.amount <= p.amount
        and p.debit_account_id = t.debit_account_id and p.credit_account_id = t.credit_account_id) is not true`)
  return wrong
}

export type Verification = {
  startedAt: string
  finishedAt: string
  transfers: number
  accounts: number
  sealed: number
  durationMs: number
  difference: 'chain' | 'balance' | 'resolution' | null
  differenceAt: string | null
}

export async function insertVerification(
  tx: Transaction,
  id: string,
  found: Omit<Verification, 'finishedAt'>,
): Promise<void> {
  await tx.run(sql`
    insert into verifications (organization_id, id, started_at, transfers, accounts, sealed, duration_ms, difference,
      difference_at)
    values (${tx.organizationId}, ${id}, ${found.startedAt}, ${found.transfers}, ${found.accounts}, ${found.sealed},
      ${found.durationMs}, ${found.difference}, ${found.differenceAt})`)
}

export function selectOptionalLatestVerification(db: Queryable): Promise<Verification | null> {
  return db.optional<Verification>(sql`
    select started_at, finished_at, transfers, accounts, sealed, duration_ms, difference, difference_at from verifications
    where organization_id = ${db.organizationId} order by finished_at desc limit 1`)
}
