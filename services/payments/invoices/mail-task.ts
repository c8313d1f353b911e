import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'

/** Send an invoice or a credit note to its buyer. */
export const mailDocumentTask = defineTask<{ organizationId: string; invoiceId: string }>(
  'payments.mail_document',
  { atOnce: 2 },
)

export function askToMail(tx: Transaction, invoiceId: string): Promise<void> {
  const { organizationId } = tx
  return enqueue(
    tx,
    mailDocumentTask,
    { organizationId, invoiceId },
    { key: `payments.mail_document:${invoiceId}` },
  )
}
