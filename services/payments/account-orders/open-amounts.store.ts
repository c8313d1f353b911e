import type { Price } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What institutions owe, once in each currency. One that owes nothing is not in it. */
export async function selectOpenOf(
  db: Queryable,
  institutionIds: readonly string[],
  sandbox: boolean,
): Promise<Map<string, Price[]>> {
  const rows = await db.rows<{ institutionId: string; currency: string; amountMinor: number }>(sql`
    select institution_id, currency, sum(total_minor - paid_minor - credited_minor)::bigint as amount_minor
    from account_orders
    where organization_id = ${db.organizationId} and institution_id = any(${[...institutionIds]}::uuid[])
      and sandbox = ${sandbox} and paid_minor + credited_minor < total_minor
    group by institution_id, currency order by institution_id, currency`)
  return new Map(
    [...Map.groupBy(rows, ({ institutionId }) => institutionId)].map(([id, open]) => [
      id,
      open.map(({ amountMinor, currency }) => ({ amountMinor, currency })),
    ]),
  )
}

/** What an institution owes, and the day by which the oldest of it was to be paid; null where nothing is open. */
export function selectDebt(
  db: Queryable,
  { institutionId, currency, sandbox }: { institutionId: string; currency: string; sandbox: boolean },
): Promise<{ openMinor: number; oldestDueOn: string | null }> {
  return db.one<{ openMinor: number; oldestDueOn: string | null }>(sql`
    select coalesce(sum(total_minor - paid_minor - credited_minor) filter (where currency = ${currency}), 0)::bigint
      as open_minor, min(due_on)::text as oldest_due_on
    from account_orders
    where organization_id = ${db.organizationId} and institution_id = ${institutionId} and sandbox = ${sandbox}
      and paid_minor + credited_minor < total_minor`)
}

export type Receivable = {
  institutionId: string
  institutionName: string
  invoiceNumber: string
  issuedOn: string
  dueOn: string
  /** Zero or less where it is not late. */
  daysLate: number
  currency: string
  totalMinor: number
  paidMinor: number
  creditedMinor: number
}

/** Everything that institutions owe, by institution, the oldest first. @param on today, at the clocks of the school */
export function selectReceivables(
  db: Queryable,
  { on, sandbox }: { on: string; sandbox: boolean },
): Promise<Receivable[]> {
  return db.rows<Receivable>(sql`
    select o.institution_id, n.name as institution_name, i.number as invoice_number, i.issued_on::text,
      o.due_on::text, ${on}::date - o.due_on as days_late, o.currency, o.total_minor, o.paid_minor, o.credited_minor
    from account_orders o
    join institutions n on n.organization_id = o.organization_id and n.id = o.institution_id
    join invoices i on i.organization_id = o.organization_id and i.id = o.invoice_id
    where o.organization_id = ${db.organizationId} and o.sandbox = ${sandbox}
      and o.paid_minor + o.credited_minor < o.total_minor
    order by n.name, n.id, o.due_on, o.id`)
}
