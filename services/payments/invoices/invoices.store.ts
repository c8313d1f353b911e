import type { LineCredit } from '@azora/billing/invoices/credit-note.ts'
import type { Taxed } from '@azora/billing/tax/tax.ts'
import type { InvoiceDocument } from '@azora/documents/document.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { type Sql, sql } from '@azora/kit/sql.ts'

export type DocumentKind = 'invoice' | 'credit_note'

/** What a document is for: an order, a period of a subscription, a refund. With the same key there is one. */
export type About = { type: string; id: string; key: string }

export type SettlementMethod = InvoiceDocument['settlements'][number]['code']

/** An invoice or a credit note that went out, without what its PDF says. Amounts in minor units. */
export type Invoice = {
  id: string
  kind: DocumentKind
  number: string
  aboutType: string
  aboutId: string
  invoiceId: string | null
  buyerId: string | null
  /** Whose it is where an institution bought on account; its buyer is then no person. */
  institutionId: string | null
  buyerName: string
  currency: string
  netMinor: number
  taxMinor: number
  totalMinor: number
  /** Of what an institution owes: what is still open of it. */
  dueMinor: number
  issuedOn: string
  dueOn: string | null
  paidOn: string | null
  sandbox: boolean
}

/** Columns of `invoices i`. */
export const invoiceColumns: Sql = sql`
  i.id, i.kind, i.number, i.about_type, i.about_id, i.invoice_id, i.buyer_id, i.institution_id, i.document->'buyer'->>'name' as buyer_name,
  i.currency, i.net_minor, i.tax_minor, i.total_minor, i.issued_on::text, i.due_on::text, i.sandbox,
  coalesce((select o.total_minor - o.paid_minor - o.credited_minor from account_orders o
    where o.organization_id = i.organization_id and o.invoice_id = i.id), i.due_minor) as due_minor,
  (select s.paid_on::text from invoice_settlements s
    where s.organization_id = i.organization_id and s.invoice_id = i.id) as paid_on`

export function selectOptionalInvoice(db: Queryable, invoiceId: string): Promise<Invoice | null> {
  return db.optional<Invoice>(sql`
    select ${invoiceColumns} from invoices i where i.organization_id = ${db.organizationId} and i.id = ${invoiceId}`)
}

/** The document for one thing, where it was made. */
export function selectOptionalInvoiceAbout(
  db: Queryable,
  kind: DocumentKind,
  { type, id, key }: About,
): Promise<Invoice | null> {
  return db.optional<Invoice>(sql`
    select ${invoiceColumns} from invoices i
    where i.organization_id = ${db.organizationId} and i.kind = ${kind} and i.about_type = ${type}
      and i.about_id = ${id} and i.about_key = ${key}`)
}

/** All that its PDF says; the logo is not among it. */
export async function selectOptionalDocument(
  db: Queryable,
  invoiceId: string,
): Promise<InvoiceDocument | null> {
  const row = await db.optional<{ document: InvoiceDocument }>(sql`
    select document from invoices where organization_id = ${db.organizationId} and id = ${invoiceId}`)
  return row?.document ?? null
}

/** Of which series an invoice is. */
export async function selectOptionalPrefix(db: Queryable, invoiceId: string): Promise<string | null> {
  const row = await db.optional<{ prefix: string }>(sql`
    select prefix from invoices where organization_id = ${db.organizationId} and id = ${invoiceId}`)
  return row?.prefix ?? null
}

/** Hold an invoice until the transaction ends, so that what is credited of it is counted one after another. */
export async function lockInvoice(tx: Transaction, invoiceId: string): Promise<void> {
  await tx.run(sql`
    select from invoices where organization_id = ${tx.organizationId} and id = ${invoiceId} for update`)
}

/** Documents of one thing are made one after another, until the transaction ends. */
export async function lockAbout(tx: Transaction, { type, id }: Pick<About, 'type' | 'id'>): Promise<void> {
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended('azora invoice ' || ${tx.organizationId}::text || ${type}::text || ${id}::text, 0))`,
  )
}

/** The next number of a series; others wait for it until the transaction ends, and it is free again if that fails. */
export async function takeNumber(tx: Transaction, prefix: string, kind: DocumentKind): Promise<number> {
  const { lastNumber } = await tx.one<{ lastNumber: number }>(sql`
    insert into document_series (organization_id, prefix, kind, last_number)
    values (${tx.organizationId}, ${prefix}, ${kind}, 1)
    on conflict (organization_id, prefix, kind) do update set last_number = document_series.last_number + 1
    returning last_number`)
  return lastNumber
}

export type NewDocument = {
  id: string
  kind: DocumentKind
  prefix: string
  sequence: number
  about: About
  invoiceId: string | null
  buyerId: string | null
  institutionId: string | null
  sandbox: boolean
  document: InvoiceDocument
  /** For each line of the document: what it is of, and the line of the invoice that a credit note takes back. */
  items: readonly { item: string; creditedPosition: number | null }[]
}

export async function insertDocument(tx: Transaction, made: NewDocument): Promise<void> {
  const { document, about } = made
  await tx.run(sql`
    insert into invoices (organization_id, id, kind, number, prefix, sequence, about_type, about_id, about_key, invoice_id,
      buyer_id, institution_id, currency, net_minor, tax_minor, total_minor, due_minor, issued_on, due_on, sandbox, document)
    values (${tx.organizationId}, ${made.id}, ${made.kind}, ${document.number}, ${made.prefix}, ${made.sequence},
      ${about.type}, ${about.id}, ${about.key}, ${made.invoiceId}, ${made.buyerId}, ${made.institutionId},
      ${document.currency},
      ${document.net.amountMinor}, ${document.tax.amountMinor}, ${document.total.amountMinor},
      ${document.due.amountMinor}, ${document.issuedOn}, ${document.dueOn}, ${made.sandbox},
      ${JSON.stringify(document)}::jsonb)`)
  const { lines } = document
  const each = <T>(pick: (line: (typeof lines)[number], at: number) => T) => lines.map(pick)
  await tx.run(sql`
    insert into invoice_lines (organization_id, invoice_id, position, credited_position, item, description, category,
      rate_numerator, rate_denominator, net_minor, tax_minor)
    select ${tx.organizationId}::uuid, ${made.id}::uuid, line.* from unnest(
      ${each((_, at) => at)}::int[], ${made.items.map(one => one.creditedPosition)}::int[],
      ${made.items.map(one => one.item)}::text[], ${each(one => one.description)}::text[],
      ${each(one => one.category)}::text[], ${each(one => one.rate.numerator)}::int[],
      ${each(one => one.rate.denominator)}::int[], ${each(one => one.net.amountMinor)}::bigint[],
      ${each(one => one.tax.amountMinor)}::bigint[]) as line`)
}

/** @returns false where it was paid already. */
export async function insertOptionalSettlement(
  tx: Transaction,
  settled: { invoiceId: string; method: SettlementMethod; paidOn: string },
): Promise<boolean> {
  const made = await tx.run(sql`
    insert into invoice_settlements (organization_id, invoice_id, method, paid_on)
    values (${tx.organizationId}, ${settled.invoiceId}, ${settled.method}, ${settled.paidOn})
    on conflict (invoice_id) do nothing`)
  return made === 1
}

type LineRow = { position: number; creditedPosition: number | null; netMinor: number; taxMinor: number }

const taxed = ({ netMinor, taxMinor }: LineRow, currency: string): Taxed => ({
  net: { amountMinor: netMinor, currency },
  tax: { amountMinor: taxMinor, currency },
  gross: { amountMinor: netMinor + taxMinor, currency },
})

/** What each line of an invoice came to, and what credit notes have taken back of them. */
export async function selectLinesAndCredits(
  db: Queryable,
  { id, currency }: Pick<Invoice, 'id' | 'currency'>,
): Promise<{ lines: Taxed[]; credited: LineCredit[] }> {
  const lines = await db.rows<LineRow>(sql`
    select position, credited_position, net_minor, tax_minor from invoice_lines
    where organization_id = ${db.organizationId} and invoice_id = ${id} order by position`)
  // An invoice that takes a credit note back counts the other way.
  const credits = await db.rows<LineRow>(sql`
    select l.position, l.credited_position,
      case n.kind when 'credit_note' then l.net_minor else -l.net_minor end as net_minor,
      case n.kind when 'credit_note' then l.tax_minor else -l.tax_minor end as tax_minor
    from invoices n join invoice_lines l on l.organization_id = n.organization_id and l.invoice_id = n.id
    where n.organization_id = ${db.organizationId} and n.invoice_id = ${id} order by n.id, l.position`)
  return {
    lines: lines.map(line => taxed(line, currency)),
    credited: credits.map(line => ({ line: line.creditedPosition ?? 0, ...taxed(line, currency) })),
  }
}

/** The lines of its invoice that a credit note takes back, in the order of its own, with what of each. */
export function selectCreditedLines(
  db: Queryable,
  noteId: string,
): Promise<{ position: number; netMinor: number; taxMinor: number }[]> {
  return db.rows<{ position: number; netMinor: number; taxMinor: number }>(sql`
    select credited_position as position, net_minor, tax_minor from invoice_lines
    where organization_id = ${db.organizationId} and invoice_id = ${noteId} order by invoice_lines.position`)
}
