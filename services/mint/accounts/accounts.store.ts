import type { AccountKind, OwnerType } from '@azora/contracts/mint/account-kinds.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { arrayText } from '../transfers/array-text.ts'
import type { AccountState, Change } from './balance.ts'

export type Totals = {
  debitsPosted: string
  creditsPosted: string
  debitsPending: string
  creditsPending: string
}

/** An account as it is stored; totals and limit are decimal strings, which may be more than a number holds. */
export type StoredAccount = Totals & {
  id: string
  kind: AccountKind
  side: 'debit' | 'credit'
  ownerType: OwnerType
  ownerId: string
  currency: string
  mayOverdraw: boolean
  limitMinor: string | null
  openedAt: string
}

const totals = sql`debits_posted::text as debits_posted, credits_posted::text as credits_posted,
  debits_pending::text as debits_pending, credits_pending::text as credits_pending`
const rules = sql`id, currency, side, may_overdraw, limit_minor::text as limit_minor`
const columns = sql`${rules}, kind, owner_type, owner_id, opened_at, ${totals}`

export const stateOf = (
  stored: Omit<StoredAccount, 'kind' | 'ownerType' | 'ownerId' | 'openedAt'>,
): AccountState => ({
  id: stored.id,
  currency: stored.currency,
  side: stored.side,
  mayOverdraw: stored.mayOverdraw,
  limit: stored.limitMinor === null ? null : BigInt(stored.limitMinor),
  debitsPosted: BigInt(stored.debitsPosted),
  creditsPosted: BigInt(stored.creditsPosted),
  debitsPending: BigInt(stored.debitsPending),
  creditsPending: BigInt(stored.creditsPending),
})

/**
 * Lock accounts, in the order of their ids so that no two writers wait for each other in a circle, and read them as
 * they are under the lock.
 */
export async function lockAccounts(tx: Transaction, ids: readonly string[]): Promise<AccountState[]> {
  const rows = await tx.rows<StoredAccount>(sql`
    select ${rules}, ${totals} from accounts where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])
    order by id for no key update`)
  return rows.map(stateOf)
}

/** Of accounts that are locked. @returns how many were changed. */
export function updateTotals(tx: Transaction, changes: readonly Change[]): Promise<number> {
  const of = (name: keyof Change) => arrayText(changes.map(change => String(change[name])))
  return tx.run(sql`
    update accounts a set debits_posted = a.debits_posted + c.debits_posted,
      credits_posted = a.credits_posted + c.credits_posted,
      debits_pending = a.debits_pending + c.debits_pending,
      credits_pending = a.credits_pending + c.credits_pending
    from unnest(${of('id')}::uuid[], ${of('debitsPosted')}::bigint[],
      ${of('creditsPosted')}::bigint[], ${of('debitsPending')}::bigint[], ${of('creditsPending')}::bigint[])
      as c (id, debits_posted, credits_posted, debits_pending, credits_pending)
    where a.organization_id = ${tx.organizationId} and a.id = c.id`)
}

/**
 * Change accounts that are not locked, each where it has what is taken from it and room for what is added, in the order
 * that is given. A condition is looked at once the row is locked (PostgreSQL manual, 13.2.1), so none is out of date.
 *
 * @returns how many were changed, in how many currencies and one of them, and the time once all are locked.
 */
export function changeAccounts(
  tx: Transaction,
  changes: readonly Change[],
): Promise<{ count: number; currencies: number; currency: string; now: string }> {
  const of = (name: keyof Change) => arrayText(changes.map(change => String(change[name])))
  // Any other join would take the accounts in an order of its own, in which two writers could wait for each other.
  tx.send(sql`select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`)
  return tx.one(sql`
    with changed as (
      update accounts a set debits_posted = a.debits_posted + c.debits_posted,
        credits_posted = a.credits_posted + c.credits_posted,
        debits_pending = a.debits_pending + c.debits_pending,
        credits_pending = a.credits_pending + c.credits_pending
      from unnest(${of('id')}::uuid[], ${of('debitsPosted')}::bigint[],
        ${of('creditsPosted')}::bigint[], ${of('debitsPending')}::bigint[], ${of('creditsPending')}::bigint[])
        as c (id, debits_posted, credits_posted, debits_pending, credits_pending)
      where a.organization_id = ${tx.organizationId} and a.id = c.id
        and (a.may_overdraw or case a.side
          when 'credit' then a.credits_posted - a.debits_posted - a.debits_pending - c.debits_posted - c.debits_pending
          else a.debits_posted - a.credits_posted - a.credits_pending - c.credits_posted - c.credits_pending end >= 0)
        and (a.limit_minor is null or case a.side
          when 'credit' then a.credits_posted + a.credits_pending - a.debits_posted + c.credits_posted + c.credits_pending
          else a.debits_posted + a.debits_pending - a.credits_posted + c.debits_posted + c.debits_pending
          end <= a.limit_minor)
      returning a.currency
    )
    select count(*) as count, count(distinct currency) as currencies, min(currency) as currency,
      clock_timestamp() as now
    from changed`)
}

/** Which account: there is one of each kind, owner and currency. */
export type AccountKey = { kind: AccountKind; ownerType: OwnerType; ownerId: string; currency: string }

type NewAccount = AccountKey & Pick<StoredAccount, 'id' | 'side' | 'mayOverdraw' | 'limitMinor'>

/** Unless it is there already, or is being opened just now; then this waits for that. */
export async function insertAccount(tx: Transaction, account: NewAccount): Promise<void> {
  await tx.run(sql`
    insert into accounts (organization_id, id, kind, side, owner_type, owner_id, currency, may_overdraw, limit_minor)
    values (${tx.organizationId}, ${account.id}, ${account.kind}, ${account.side}, ${account.ownerType},
      ${account.ownerId}, ${account.currency}, ${account.mayOverdraw}, ${account.limitMinor})
    on conflict (organization_id, kind, owner_type, owner_id, currency) do nothing`)
}

export function selectOptionalAccountOf(
  db: Queryable,
  { kind, ownerType, ownerId, currency }: AccountKey,
): Promise<StoredAccount | null> {
  return db.optional<StoredAccount>(sql`
    select ${columns} from accounts where organization_id = ${db.organizationId} and kind = ${kind}
      and owner_type = ${ownerType} and owner_id = ${ownerId} and currency = ${currency}`)
}

export function selectOptionalAccount(db: Queryable, id: string): Promise<StoredAccount | null> {
  return db.optional<StoredAccount>(
    sql`select ${columns} from accounts where organization_id = ${db.organizationId} and id = ${id}`,
  )
}

/** In the order of their ids. */
export function selectAccounts(
  db: Queryable,
  { after, limit, ...filter }: AccountFilter & { after: string | undefined; limit: number },
): Promise<StoredAccount[]> {
  return db.rows<StoredAccount>(sql`
    select ${columns} from accounts where organization_id = ${db.organizationId}
      and (${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})
      and (${filter.currency ?? null}::text is null or currency = ${filter.currency ?? null})
      and (${filter.ownerId ?? null}::text is null or owner_id = ${filter.ownerId ?? null})
      and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
    order by id limit ${limit}`)
}

export type AccountFilter = {
  kind?: AccountKind | undefined
  currency?: string | undefined
  ownerId?: string | undefined
}

/** The totals as of a time. Of what was still pending then, it does not matter how it was resolved later. */
export function selectTotalsAsOf(db: Queryable, id: string, asOf: string): Promise<Totals> {
  return db.one<Totals>(sql`
    with moves as (
      select true as debit, phase, amount, released from transfers
      where organization_id = ${db.organizationId} and debit_account_id = ${id} and booked_at <= ${asOf}
      union all
      select false, phase, amount, released from transfers
      where organization_id = ${db.organizationId} and credit_account_id = ${id} and booked_at <= ${asOf}
    )
    select coalesce(sum(amount) filter (where debit and phase in ('posted', 'post')), 0)::text as debits_posted,
      coalesce(sum(amount) filter (where not debit and phase in ('posted', 'post')), 0)::text as credits_posted,
      coalesce(sum(case phase when 'pending' then amount else -released end) filter (where debit), 0)::text
        as debits_pending,
      coalesce(sum(case phase when 'pending' then amount else -released end) filter (where not debit), 0)::text
        as credits_pending
    from moves`)
}
