import type { Transaction } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** What of a course on an invoice is still to be paid, in minor units, by whose it is. */
export type Open = { tax: number; platform: number; school: number; instructor: number }

export type AccountSale = {
  invoiceId: string
  position: number
  courseId: string
  instructorId: string | null
  title: string
  currency: string
  open: Open
}

/** @returns false where it is there already. */
export async function insertAccountSale(tx: Transaction, sale: AccountSale): Promise<boolean> {
  const { open } = sale
  const made = await tx.run(sql`
    insert into account_sales (organization_id, invoice_id, position, course_id, instructor_id, title, currency,
      tax_open, platform_open, school_open, instructor_open)
    values (${tx.organizationId}, ${sale.invoiceId}, ${sale.position}, ${sale.courseId}, ${sale.instructorId},
      ${sale.title}, ${sale.currency}, ${open.tax}, ${open.platform}, ${open.school}, ${open.instructor})
    on conflict (organization_id, invoice_id, position) do nothing`)
  return made === 1
}

/** What is on an invoice, held until the transaction ends: what is paid and cancelled of it is booked one after another. */
export function lockAccountSales(tx: Transaction, invoiceId: string): Promise<AccountSale[]> {
  return tx.rows<AccountSale>(sql`
    select invoice_id, position, course_id, instructor_id, title, currency, json_build_object('tax', tax_open,
      'platform', platform_open, 'school', school_open, 'instructor', instructor_open) as open
    from account_sales where organization_id = ${tx.organizationId} and invoice_id = ${invoiceId}
    order by position for update`)
}

export async function updateOpen(
  tx: Transaction,
  { invoiceId, position, open }: Pick<AccountSale, 'invoiceId' | 'position' | 'open'>,
): Promise<void> {
  await tx.run(sql`
    update account_sales set tax_open = ${open.tax}, platform_open = ${open.platform},
      school_open = ${open.school}, instructor_open = ${open.instructor}
    where organization_id = ${tx.organizationId} and invoice_id = ${invoiceId} and position = ${position}`)
}
