import { formatMoney } from '@azora/contracts/money.ts'
import { makeDocument } from '@azora/documents/make-document.ts'
import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Task } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalInstitution } from '../institutions/institutions.store.ts'
import { selectOptionalDocument } from '../invoices/invoices.store.ts'
import { pdfOf } from '../invoices/mail-document.ts'
import { selectOptionalSchoolName } from '../schools/schools.store.ts'
import { selectOptionalAccountOrder } from './account-orders.store.ts'
import type { reminderTask } from './overdue-task.ts'
import { openOf } from './shown-order.ts'

type Reminder = typeof reminderTask extends Task<infer Payload> ? Payload : never

/** Remind an institution of an invoice, with its PDF. One that was paid or cancelled meanwhile is not reminded of. */
export async function sendReminder(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { organizationId, orderId, reminder }: Reminder,
): Promise<void> {
  const school = db.in(organizationId)
  const order = await selectOptionalAccountOrder(school, orderId)
  if (!order || openOf(order) === 0) return
  const institution = await selectOptionalInstitution(school, order.institutionId)
  const document = await selectOptionalDocument(school, order.invoiceId)
  if (!institution || !document) return
  const schoolName = (await selectOptionalSchoolName(school)) ?? document.seller.name
  const open = formatMoney({ amountMinor: openOf(order), currency: order.currency }, 'en')
  const pdf = await makeDocument(document, `mail ${organizationId}`)
  await mail.send({
    ...composeEmail({
      to: institution.billingEmail,
      subject: `Reminder: invoice ${order.invoiceNumber} from ${schoolName} is overdue`,
      name: institution.name,
      parts: [
        `${open} of invoice ${order.invoiceNumber} for ${order.courseTitle} was due by ${order.dueOn}.`,
        'If you have paid it in the last few days, there is nothing more to do. The invoice is attached; please give its number with your payment.',
      ],
      schoolName,
      publicUrl,
    }),
    messageId: `<reminder.${orderId}.${reminder}@${new URL(publicUrl).hostname}>`,
    attachments: [pdfOf(document, pdf)],
  })
}
