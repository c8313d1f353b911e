import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What of an invoice is not credited; what took a credit note back counts as not credited again. */
export async function selectLeftOfInvoice(db: Queryable, invoiceId: string): Promise<number> {
  const { left } = await db.one<{ left: number }>(sql`
    select (i.total_minor - coalesce((
      select sum(case when n.kind = 'credit_note' then n.total_minor else -n.total_minor end)
      from invoices n where n.organization_id = i.organization_id and n.invoice_id = i.id), 0))::bigint as left
    from invoices i where i.organization_id = ${db.organizationId} and i.id = ${invoiceId}`)
  return left
}
