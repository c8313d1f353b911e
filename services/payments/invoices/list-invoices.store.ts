import type { Money } from '@azora/contracts/money.ts'
import type { Queryable } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'
import { type DocumentKind, type Invoice, invoiceColumns } from './invoices.store.ts'

export type InvoiceFilter = {
  kind?: DocumentKind | undefined
  /** `2026-11` */
  month?: string | undefined
  buyerId?: string | undefined
  number?: string | undefined
}

const conditions = ({ kind, month, buyerId, number }: InvoiceFilter): Sql => sql`
  ${kind ? sql`and i.kind = ${kind}` : none}
  ${month ? sql`and i.issued_on >= ${`${month}-01`}::date and i.issued_on < ${`${month}-01`}::date + interval '1 month'` : none}
  ${buyerId ? sql`and i.buyer_id = ${buyerId}` : none}
  ${number ? sql`and starts_with(lower(i.number), lower(${number}))` : none}`

/** A page of documents, the newest first. */
export async function selectInvoices(
  db: Queryable,
  { cursor, limit, ...filter }: InvoiceFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: Invoice[]; nextCursor: string | null }> {
  const rows = await db.rows<Invoice>(sql`
    select ${invoiceColumns} from invoices i
    where i.organization_id = ${db.organizationId} ${conditions(filter)}
    ${cursor ? sql`and i.id < ${cursor}` : none}
    order by i.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export type ExportedLine = {
  id: string
  position: number
  kind: DocumentKind
  number: string
  refersTo: string | null
  issuedOn: string
  paidOn: string | null
  buyerName: string
  buyerTaxNumber: string | null
  description: string
  category: string
  rateNumerator: number
  rateDenominator: number
  netMinor: number
  taxMinor: number
  currency: Money['currency']
  sandbox: boolean
}

/** Lines of documents after one of them, in the order in which the documents were made. */
export function selectLinesAfter(
  db: Queryable,
  filter: InvoiceFilter,
  after: { id: string; position: number } | null,
  limit: number,
): Promise<ExportedLine[]> {
  return db.rows<ExportedLine>(sql`
    select i.id, l.position, i.kind, i.number, i.document->>'refersTo' as refers_to, i.issued_on::text,
      i.document->'buyer'->>'name' as buyer_name, i.document->'buyer'->>'taxNumber' as buyer_tax_number, l.description,
      l.category, l.rate_numerator, l.rate_denominator, l.net_minor, l.tax_minor, i.currency, i.sandbox,
      (select s.paid_on::text from invoice_settlements s
        where s.organization_id = i.organization_id and s.invoice_id = i.id) as paid_on
    from invoices i join invoice_lines l on l.organization_id = i.organization_id and l.invoice_id = i.id
    where i.organization_id = ${db.organizationId} ${conditions(filter)}
    ${after ? sql`and (i.id, l.position) > (${after.id}::uuid, ${after.position}::int)` : none}
    order by i.id, l.position limit ${limit}`)
}
