import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export function selectAccountsOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select id, kind, currency, side, debits_posted::text as debits_posted, credits_posted::text as credits_posted,
      debits_pending::text as debits_pending, credits_pending::text as credits_pending, opened_at
    from accounts where organization_id = ${db.organizationId} and owner_type = 'person' and owner_id = ${userId}
    order by opened_at`)
}

/** What moved on the accounts of a person, and what they had booked themselves. */
export function selectTransfersOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    with own as (
      select id from accounts
      where organization_id = ${db.organizationId} and owner_type = 'person' and owner_id = ${userId}
    )
    select id, phase, kind, amount::text as amount, currency, description, booked_at,
      case when debit_account_id in (select id from own) then debit_account_id end as debit_account_id,
      case when credit_account_id in (select id from own) then credit_account_id end as credit_account_id,
      created_by is not distinct from ${userId}::uuid as asked_for
    from transfers
    where organization_id = ${db.organizationId} and (created_by = ${userId}
      or debit_account_id in (select id from own) or credit_account_id in (select id from own))
    order by sequence`)
}

export function selectBookingsOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select id, kind, description, booked_at from bookings
    where organization_id = ${db.organizationId} and created_by = ${userId} order by booked_at`)
}

export function selectSplitRulesOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select name, version, valid_from, created_at from split_rules
    where organization_id = ${db.organizationId} and created_by = ${userId} order by created_at`)
}

/** The accounts stay, as the law asks of books; whose they were is not known any more. */
export async function updateOwnerErased(tx: Transaction, userId: string): Promise<void> {
  await tx.run(sql`
    update accounts set owner_id = gen_random_uuid()::text, owner_erased_at = now()
    where organization_id = ${tx.organizationId} and owner_type = 'person' and owner_id = ${userId}`)
}
