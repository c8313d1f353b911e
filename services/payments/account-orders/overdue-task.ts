import { defineTask } from '@azora/kit/jobs.ts'

/** Look for invoices on account that are late; in the morning of most schools. */
export const findOverdueTask = defineTask('payments.find_overdue_invoices', { cron: '20 5 * * *' })

/** Remind an institution of an invoice; `reminder` counts them, from one. */
export const reminderTask = defineTask<{ organizationId: string; orderId: string; reminder: number }>(
  'payments.send_invoice_reminder',
)
