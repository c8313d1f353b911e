import type { FailedPayment } from '@azora/billing/dunning/schedule.ts'
import type { Invoice as Priced } from '@azora/billing/invoices/invoice.ts'
import type { TaxCategory } from '@azora/billing/tax/tax-rule.ts'
import type { Ratio } from '@azora/contracts/money.ts'
import type { Queryable, Transaction, Unscoped } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'
import type { Buyer } from '../buyers/buyer.ts'

/** As it was worked out when the bill was made. */
export type BillPricing = { buyer: Buyer; taxVersion: number; priced: Priced; descriptions: string[] }

export type Bill = {
  id: string
  subscriptionId: string
  position: number
  /** The one with which the subscription begins. */
  first: boolean
  currency: string
  totalMinor: number
  /** What is paid now: with what earlier bills left to it, without what is left to the next. */
  dueMinor: number
  carriedMinor: number
  pricing: BillPricing
  status: 'open' | 'paid' | 'void'
  invoiceId: string | null
  openedOn: string
  failures: FailedPayment[]
  nextTryOn: string | null
}

const columns: Sql = sql`
  b.id, b.subscription_id, b.position, b.first, b.currency, b.total_minor, b.due_minor, b.carried_minor, b.pricing, b.status,
  b.invoice_id, b.opened_on::text as opened_on, b.failures, b.next_try_on::text as next_try_on`

export function selectOptionalBill(db: Queryable, billId: string): Promise<Bill | null> {
  return db.optional<Bill>(sql`
    select ${columns} from subscription_bills b where b.organization_id = ${db.organizationId} and b.id = ${billId}`)
}

/** Those that are not paid, the oldest first: they are paid in order. */
export function selectOpenBills(db: Queryable, subscriptionId: string): Promise<Bill[]> {
  return db.rows<Bill>(sql`
    select ${columns} from subscription_bills b
    where b.organization_id = ${db.organizationId} and b.subscription_id = ${subscriptionId} and b.status = 'open'
    order by b.position limit 500`)
}

/** How the last line that charges for a day was taxed; each later one takes back what an earlier one charged for it. */
export function selectOptionalBilledLine(
  db: Queryable,
  subscriptionId: string,
  day: string,
): Promise<{ category: TaxCategory; rate: Ratio; taxVersion: number } | null> {
  return db.optional<{ category: TaxCategory; rate: Ratio; taxVersion: number }>(sql`
    select line->>'category' as category, line->'rate' as rate, (b.pricing->>'taxVersion')::int as tax_version
    from subscription_bills b, jsonb_array_elements(b.pricing->'priced'->'lines') as line
    where b.organization_id = ${db.organizationId} and b.subscription_id = ${subscriptionId} and b.status <> 'void'
      and line->'because'->>'code' in ('period', 'remaining_time')
      and line->'because'->>'from' <= ${day} and ${day} < line->'because'->>'until'
    order by b.position desc limit 1`)
}

type NewBill = Pick<
  Bill,
  | 'id'
  | 'subscriptionId'
  | 'first'
  | 'currency'
  | 'totalMinor'
  | 'dueMinor'
  | 'carriedMinor'
  | 'pricing'
  | 'openedOn'
>

/** The caller holds the subscription. */
export async function insertBill(tx: Transaction, bill: NewBill): Promise<void> {
  await tx.run(sql`
    insert into subscription_bills (id, organization_id, subscription_id, position, first, currency, total_minor,
      due_minor, carried_minor, pricing, opened_on)
    select ${bill.id}::uuid, ${tx.organizationId}::uuid, ${bill.subscriptionId}::uuid, coalesce(max(b.position), 0) + 1,
      ${bill.first}, ${bill.currency}, ${bill.totalMinor}::bigint, ${bill.dueMinor}::bigint, ${bill.carriedMinor}::bigint,
      ${JSON.stringify(bill.pricing)}::jsonb, ${bill.openedOn}::date
    from subscription_bills b
    where b.organization_id = ${tx.organizationId} and b.subscription_id = ${bill.subscriptionId}`)
}

export async function updateInvoiced(tx: Transaction, billId: string, invoiceId: string): Promise<void> {
  await tx.run(sql`
    update subscription_bills set invoice_id = ${invoiceId}
    where organization_id = ${tx.organizationId} and id = ${billId}`)
}

export async function updateBillPaid(tx: Transaction, billId: string, paidAt: string): Promise<void> {
  await tx.run(sql`
    update subscription_bills set status = 'paid', paid_at = ${paidAt}, next_try_on = null
    where organization_id = ${tx.organizationId} and id = ${billId}`)
}

/** Nothing of it is owed any more; the credit that it would have used is free again. */
export async function voidBill(tx: Transaction, billId: string): Promise<void> {
  await tx.run(sql`
    update subscription_bills set status = 'void', next_try_on = null
    where organization_id = ${tx.organizationId} and id = ${billId} and status = 'open'`)
  await tx.run(
    sql`delete from credit_uses where organization_id = ${tx.organizationId} and bill_id = ${billId}`,
  )
  await tx.run(sql`
    update subscription_bills set carried_into = null
    where organization_id = ${tx.organizationId} and carried_into = ${billId}`)
}

export async function updateTries(
  tx: Transaction,
  billId: string,
  { failures, nextTryOn }: Pick<Bill, 'failures' | 'nextTryOn'>,
): Promise<void> {
  await tx.run(sql`
    update subscription_bills set failures = ${JSON.stringify(failures)}::jsonb, next_try_on = ${nextTryOn}
    where organization_id = ${tx.organizationId} and id = ${billId}`)
}

type ToTry = { organizationId: string; id: string; subscriptionId: string; nextTryOn: string }

/** Those with something to do by a day, of every school, from a place on. */
export function selectBillsToTry(
  db: Unscoped,
  by: string,
  after: Pick<ToTry, 'nextTryOn' | 'id'> | null,
  limit: number,
): Promise<ToTry[]> {
  return db.rows<ToTry>(sql`
    select organization_id, id, subscription_id, next_try_on::text as next_try_on from subscription_bills
    where status = 'open' and next_try_on <= ${by}::date
      and (${after?.nextTryOn ?? null}::date is null
        or (next_try_on, id) > (${after?.nextTryOn ?? null}::date, ${after?.id ?? null}::uuid))
    order by next_try_on, id limit ${limit}`)
}

/** What earlier bills of a subscription left to the next one, and no bill has taken over yet. */
export async function selectCarried(db: Queryable, subscriptionId: string): Promise<number> {
  const { sum } = await db.one<{ sum: number }>(sql`
    select coalesce(sum(carried_minor), 0)::bigint as sum from subscription_bills
    where organization_id = ${db.organizationId} and subscription_id = ${subscriptionId}
      and carried_minor > 0 and carried_into is null and status <> 'void'`)
  return sum
}

/** A bill takes over what earlier ones left. The caller holds the subscription. */
export async function updateCarriedInto(
  tx: Transaction,
  subscriptionId: string,
  billId: string,
): Promise<void> {
  await tx.run(sql`
    update subscription_bills set carried_into = ${billId}
    where organization_id = ${tx.organizationId} and subscription_id = ${subscriptionId}
      and carried_minor > 0 and carried_into is null and status <> 'void' and id <> ${billId}`)
}

/** Leave what is due of a bill to the next one. */
export async function updateLeftToNext(tx: Transaction, billId: string): Promise<void> {
  await tx.run(sql`
    update subscription_bills set carried_minor = carried_minor + due_minor, due_minor = 0
    where organization_id = ${tx.organizationId} and id = ${billId}`)
}

/** The invoices that are paid with a bill since it took them over. */
export async function selectInvoicesCarriedInto(db: Queryable, billId: string): Promise<string[]> {
  const rows = await db.rows<{ invoiceId: string }>(sql`
    with recursive carried as (
      select id, invoice_id from subscription_bills
      where organization_id = ${db.organizationId} and carried_into = ${billId}
      union all
      select b.id, b.invoice_id from subscription_bills b join carried c on b.carried_into = c.id
      where b.organization_id = ${db.organizationId}
    )
    select invoice_id from carried where invoice_id is not null`)
  return rows.map(({ invoiceId }) => invoiceId)
}
