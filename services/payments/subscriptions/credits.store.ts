import type { Credit, CreditUse } from '@azora/billing/credit/credit.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'
import { v7 as uuidv7 } from 'uuid'

type Row = { id: string; leftMinor: number; currency: string }

/** The sandbox's money is none, and pays nothing of what is real. */
type Owner = { ownerId: string; sandbox: boolean }

/** What somebody has to their credit, the oldest first. */
export async function selectCredits(
  db: Queryable,
  { ownerId, sandbox }: Owner,
  currency: string,
): Promise<Credit[]> {
  const rows = await db.rows<Row>(sql`
    select c.id, c.currency, (c.amount_minor - coalesce((select sum(u.amount_minor) from credit_uses u
      where u.organization_id = c.organization_id and u.credit_id = c.id), 0))::bigint as left_minor
    from customer_credits c
    where c.organization_id = ${db.organizationId} and c.owner_id = ${ownerId} and c.sandbox = ${sandbox}
      and c.currency = ${currency}
    order by c.id`)
  return rows
    .filter(({ leftMinor }) => leftMinor > 0)
    .map(({ id, leftMinor }) => ({
      id,
      kind: 'proration',
      left: { amountMinor: leftMinor, currency },
      expiresOn: null,
    }))
}

/** Credits of a person are given and used one after another, until the transaction ends. */
export async function lockCredits(tx: Transaction, ownerId: string): Promise<void> {
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended('azora credits ' || ${tx.organizationId}::text || ${ownerId}::text, 0))`,
  )
}

export async function insertCreditUses(
  tx: Transaction,
  billId: string,
  uses: readonly CreditUse[],
): Promise<void> {
  await tx.run(sql`
    insert into credit_uses (organization_id, bill_id, credit_id, amount_minor)
    select ${tx.organizationId}::uuid, ${billId}::uuid, u.id, u.amount
    from unnest(${uses.map(({ id }) => id)}::uuid[], ${uses.map(({ amount }) => amount.amountMinor)}::bigint[])
      as u (id, amount)`)
}

export async function insertCredit(
  tx: Transaction,
  credit: Owner & { currency: string; amountMinor: number; billId: string },
): Promise<void> {
  await tx.run(sql`
    insert into customer_credits (id, organization_id, owner_id, sandbox, currency, amount_minor, bill_id)
    values (${uuidv7()}, ${tx.organizationId}, ${credit.ownerId}, ${credit.sandbox}, ${credit.currency},
      ${credit.amountMinor}, ${credit.billId})`)
}
