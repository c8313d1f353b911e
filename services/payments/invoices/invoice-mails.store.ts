import type { Queryable } from '@azora/kit/db.ts'
import { sql } from '@azora/kit/sql.ts'

/** How long one who sends it may take, before another may think that they died. */
const claimMinutes = 10

/**
 * Claim the sending of a document.
 * @returns `sent` where it went out before, `busy` while another sends it.
 */
export async function claimMail(db: Queryable, invoiceId: string): Promise<'claimed' | 'sent' | 'busy'> {
  const claimed = await db.run(sql`
    insert into invoice_mails (organization_id, invoice_id) values (${db.organizationId}, ${invoiceId})
    on conflict (invoice_id) do update set claimed_at = now()
    where invoice_mails.organization_id = excluded.organization_id and invoice_mails.sent_at is null
      and invoice_mails.claimed_at < now() - ${claimMinutes}::int * interval '1 minute'`)
  if (claimed === 1) return 'claimed'
  const { sent } = await db.one<{ sent: boolean }>(sql`
    select sent_at is not null as sent from invoice_mails
    where organization_id = ${db.organizationId} and invoice_id = ${invoiceId}`)
  return sent ? 'sent' : 'busy'
}

export async function updateMailSent(db: Queryable, invoiceId: string): Promise<void> {
  await db.run(sql`
    update invoice_mails set sent_at = now()
    where organization_id = ${db.organizationId} and invoice_id = ${invoiceId}`)
}

/** It did not go out, so another may try at once. */
export async function releaseMail(db: Queryable, invoiceId: string): Promise<void> {
  await db.run(sql`
    delete from invoice_mails
    where organization_id = ${db.organizationId} and invoice_id = ${invoiceId} and sent_at is null`)
}
