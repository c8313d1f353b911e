import type { Price } from '@azora/contracts/money.ts'
import type { Queryable, Transaction } from '@azora/kit/db.ts'
import { none, type Sql, sql } from '@azora/kit/sql.ts'

/** What the finance office says of an institution. */
export type InstitutionTerms = {
  name: string
  legalName: string
  address: string[]
  country: string
  taxNumber: string | null
  billingEmail: string
  termsDays: number
  creditLimits: Price[]
  status: 'active' | 'closed'
}

export type Institution = InstitutionTerms & { id: string; version: number }

/** Columns of `institutions n`. */
const columns: Sql = sql`
  n.id, n.name, n.legal_name, n.address, n.country, n.tax_number, n.billing_email, n.terms_days, n.credit_limits,
  n.status, n.version`

export function selectOptionalInstitution(db: Queryable, institutionId: string): Promise<Institution | null> {
  return db.optional<Institution>(sql`
    select ${columns} from institutions n where n.organization_id = ${db.organizationId} and n.id = ${institutionId}`)
}

/** Hold an institution until the transaction ends: what it orders is ordered one after another. */
export function lockOptionalInstitution(tx: Transaction, institutionId: string): Promise<Institution | null> {
  return tx.optional<Institution>(sql`
    select ${columns} from institutions n
    where n.organization_id = ${tx.organizationId} and n.id = ${institutionId} for no key update`)
}

type Found = {
  status?: Institution['status'] | undefined
  search?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** A page of institutions, the newest first. */
export async function selectInstitutions(
  db: Queryable,
  { status, search, cursor, limit }: Found,
): Promise<{ items: Institution[]; nextCursor: string | null }> {
  const rows = await db.rows<Institution>(sql`
    select ${columns} from institutions n where n.organization_id = ${db.organizationId}
    ${status ? sql`and n.status = ${status}` : none}
    ${search ? sql`and strpos(lower(n.name || ' ' || n.legal_name), lower(${search})) > 0` : none}
    ${cursor ? sql`and n.id < ${cursor}` : none}
    order by n.id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export async function insertInstitution(tx: Transaction, id: string, terms: InstitutionTerms): Promise<void> {
  await tx.run(sql`
    insert into institutions (id, organization_id, name, legal_name, address, country, tax_number, billing_email,
      terms_days, credit_limits, status)
    values (${id}, ${tx.organizationId}, ${terms.name}, ${terms.legalName}, ${terms.address}::text[], ${terms.country},
      ${terms.taxNumber}, ${terms.billingEmail}, ${terms.termsDays}, ${JSON.stringify(terms.creditLimits)}::jsonb,
      ${terms.status})`)
}

/** The next version of one that is held. */
export async function updateInstitution(tx: Transaction, id: string, terms: InstitutionTerms): Promise<void> {
  await tx.run(sql`
    update institutions set name = ${terms.name}, legal_name = ${terms.legalName},
      address = ${terms.address}::text[], country = ${terms.country}, tax_number = ${terms.taxNumber},
      billing_email = ${terms.billingEmail}, terms_days = ${terms.termsDays},
      credit_limits = ${JSON.stringify(terms.creditLimits)}::jsonb, status = ${terms.status}, version = version + 1
    where organization_id = ${tx.organizationId} and id = ${id}`)
}
