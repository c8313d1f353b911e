import type { ScopedDatabase } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** Everything in the books, as text: two readings are equal when not a byte has changed. */
export async function snapshotOf({ organizationId, one }: ScopedDatabase): Promise<string> {
  const { all } = await one<{ all: string }>(sql`
    select concat(
      (select string_agg(a::text, E'\n' order by a.id) from accounts a where a.organization_id = ${organizationId}), ' | ',
      (select string_agg(t::text, E'\n' order by t.sequence) from transfers t where t.organization_id = ${organizationId}), ' | ',
      (select string_agg(b::text, E'\n' order by b.id) from bookings b where b.organization_id = ${organizationId}), ' | ',
      (select string_agg(e::text, E'\n' order by e.transfer_id) from pending_expiries e
        where e.organization_id = ${organizationId})) as all`)
  return all
}

/** Sets the moment at which a pending transfer times out into the past, as waiting would. */
export async function letTimeOut({ organizationId, run }: ScopedDatabase, transferId: string): Promise<void> {
  await run(sql`
    update pending_expiries set expires_at = now() - interval '1 second'
    where organization_id = ${organizationId} and transfer_id = ${transferId}`)
}

/**
 * Transfers between accounts, of which there is an even number so that no transfer meets itself, by PostgreSQL alone: for
 * journals of millions. The accounts have what comes of them once `settleJournal` was called.
 */
export async function fillJournal(
  { organizationId, run }: ScopedDatabase,
  accountIds: readonly string[],
  count: number,
): Promise<void> {
  await run(sql`
    insert into transfers (organization_id, id, phase, debit_account_id, credit_account_id, amount, released, currency,
      kind, booked_at)
    select ${organizationId}::uuid, gen_random_uuid(), 'posted', ids[1 + n % cardinality(ids)],
      ids[1 + (n * 7 + 1) % cardinality(ids)], 1 + n % 1000, 0, 'ZAR', 'deposit', clock_timestamp()
    from (select ${[...accountIds]}::uuid[] as ids) a, generate_series(1, ${count}::int) n`)
}

export async function settleJournal({ organizationId, transaction }: ScopedDatabase): Promise<void> {
  await transaction(async tx => {
    tx.send(sql`select set_config('statement_timeout', '0', true)`)
    await tx.run(sql`
      update accounts a set debits_posted = s.debits, credits_posted = s.credits from (
        select id, sum(debit) as debits, sum(credit) as credits from (
          select debit_account_id as id, amount as debit, 0 as credit from transfers
          where organization_id = ${organizationId}
          union all
          select credit_account_id, 0, amount from transfers where organization_id = ${organizationId}
        ) m group by id) s
      where a.organization_id = ${organizationId} and a.id = s.id`)
  })
}

/** What stands on the accounts of a currency, by kind: credits less debits. Those with nothing are left out. */
export async function selectBalancesByKind(
  db: ScopedDatabase,
  currency: string,
): Promise<Record<string, number>> {
  const rows = await db.rows<{ kind: string; sum: number }>(sql`
    select a.kind, sum(case when t.credit_account_id = a.id then t.amount else -t.amount end)::bigint as sum
    from transfers t join accounts a on a.organization_id = t.organization_id
      and a.id in (t.debit_account_id, t.credit_account_id)
    where t.organization_id = ${db.organizationId} and a.currency = ${currency}
    group by a.kind having sum(case when t.credit_account_id = a.id then t.amount else -t.amount end) <> 0
    order by a.kind`)
  return Object.fromEntries(rows.map(({ kind, sum }) => [kind, sum]))
}
