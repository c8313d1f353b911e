import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

export function selectWalletsOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select id, currency, balance::text as balance, sandbox, blockchain_address, created_at from wallets
    where organization_id = ${db.organizationId} and user_id = ${userId} order by created_at`)
}

export function selectWalletTransactionsOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select x.wallet_id, x.id, x.type, x.amount, x.currency, x.status, x.stripe_id, x.blockchain_tx_hash, x.description,
      x.created_at, m.sender_name, m.recipient_name, m.note
    from wallets w join transactions x on x.organization_id = w.organization_id and x.wallet_id = w.id
    left join wallet_messages m on m.organization_id = x.organization_id and m.transfer_id = x.id
    where w.organization_id = ${db.organizationId} and w.user_id = ${userId} order by x.sequence`)
}

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

export function selectCourseSalesOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select booking_id, payment_id, course_id, title, currency, gross from course_sales
    where organization_id = ${db.organizationId} and instructor_id = ${userId} order by booking_id`)
}

export function selectAccountSalesOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select invoice_id, course_id, title, currency, instructor_open from account_sales
    where organization_id = ${db.organizationId} and instructor_id = ${userId} order by invoice_id, position`)
}

export function selectSplitRulesOf(db: Queryable, userId: string): Promise<object[]> {
  return db.rows<object>(sql`
    select name, version, valid_from, created_at from split_rules
    where organization_id = ${db.organizationId} and created_by = ${userId} order by created_at`)
}

/**
 * The accounts stay with what is on them, as the law asks of books; whose they were is not known any more. What was
 * written with a transfer goes.
 */
export async function updateOwnerErased(tx: Transaction, userId: string): Promise<void> {
  // First, since it waits for a payment of one that is being booked, which makes a sale of theirs.
  await tx.run(sql`
    update account_sales set instructor_id = gen_random_uuid()
    where organization_id = ${tx.organizationId} and instructor_id = ${userId}`)
  await tx.run(sql`
    update course_sales set instructor_id = gen_random_uuid()
    where organization_id = ${tx.organizationId} and instructor_id = ${userId}`)
  await tx.run(sql`
    update wallet_messages set sender_id = null, sender_name = '', note = ''
    where organization_id = ${tx.organizationId} and sender_id = ${userId}`)
  await tx.run(sql`
    update wallet_messages set recipient_id = null, recipient_name = '', note = ''
    where organization_id = ${tx.organizationId} and recipient_id = ${userId}`)
  await tx.run(sql`
    update accounts set owner_id = gen_random_uuid()::text, owner_erased_at = now(), blockchain_address = null
    where organization_id = ${tx.organizationId} and owner_type = 'person' and owner_id = ${userId}`)
}
