import type { AzoraClient } from '@azora/contracts/client.ts'
import { formatMoney } from '@azora/contracts/money.ts'
import type { InvoiceDocument } from '@azora/documents/document.ts'
import { makeDocument } from '@azora/documents/make-document.ts'
import { composeEmail, type EmailPart } from '@azora/kit/compose-email.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Email } from '@azora/kit/mail.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { fileNameOf } from './invoice-document.ts'
import { claimMail, releaseMail, updateMailSent } from './invoice-mails.store.ts'
import { selectOptionalDocument, selectOptionalInvoice } from './invoices.store.ts'

type Kit = Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'> & {
  /** The other services, on nobody's behalf. */
  others(): AzoraClient
}
type Job = { organizationId: string; invoiceId: string }

/**
 * Send a document to its buyer, as PDF with what it is about. Once, however often the job runs; only where this process
 * dies between sending and noting it, it goes out again, under the same message id. A person who is gone gets none.
 */
export async function mailDocument(kit: Kit, { organizationId, invoiceId }: Job): Promise<void> {
  const school = kit.db.in(organizationId)
  const invoice = await selectOptionalInvoice(school, invoiceId)
  const document = await selectOptionalDocument(school, invoiceId)
  if (!invoice?.buyerId || !document) return
  const to = await addressOf(kit, { organizationId, userId: invoice.buyerId })
  if (!to) return
  const pdf = await makeDocument(document, `mail ${organizationId}`)
  const claimed = await claimMail(school, invoiceId)
  if (claimed === 'sent') return
  if (claimed === 'busy') throw new Error(`Document ${invoiceId} is being sent by another.`)
  try {
    await kit.mail.send(emailOf(document, { ...to, invoiceId, publicUrl: kit.publicUrl, pdf }))
  } catch (failure) {
    await releaseMail(school, invoiceId)
    throw failure
  }
  await updateMailSent(school, invoiceId)
}

async function addressOf({ others }: Kit, person: { organizationId: string; userId: string }) {
  try {
    return await others().auth.getAddress(person)
  } catch (failure) {
    if (failure instanceof AppError && failure.code === 'not_found') return null
    throw failure
  }
}

type About = {
  name: string
  email: string
  school: string
  invoiceId: string
  publicUrl: string
  pdf: Uint8Array
}

function emailOf(document: InvoiceDocument, about: About): Email {
  const { school, publicUrl, pdf } = about
  const { subject, text } = wordsOf(document, school)
  const parts: EmailPart[] = [...text, { link: `${publicUrl}/account/payments`, label: 'See your payments' }]
  return {
    ...composeEmail({ to: about.email, subject, name: about.name, parts, schoolName: school, publicUrl }),
    messageId: `<document.${about.invoiceId}@${new URL(publicUrl).hostname}>`,
    attachments: [
      {
        filename: fileNameOf(document.number),
        contentType: 'application/pdf',
        content: Buffer.from(pdf).toString('base64'),
        encoding: 'base64',
      },
    ],
  }
}

/** Emails are in English, so amounts are as in English too. */
function wordsOf(document: InvoiceDocument, school: string): { subject: string; text: string[] } {
  const { number, total, due, lines, dueOn, refersTo } = document
  const amount = formatMoney(total, 'en')
  const what = lines.map(({ description }) => description).join(', ')
  if (document.kind === 'credit_note')
    return {
      subject: `Your credit note ${number} from ${school}`,
      text: [
        `${amount} of invoice ${refersTo ?? ''} was credited: ${what}.`,
        'The credit note is attached. How long a refund takes to reach you depends on your bank.',
      ],
    }
  if (due.amountMinor > 0)
    return {
      subject: `Your invoice ${number} from ${school}`,
      text: [
        `Your invoice for ${what} is attached.`,
        `${formatMoney(due, 'en')} is due${dueOn ? ` by ${dueOn}` : ''}.`,
      ],
    }
  return {
    subject: `Your receipt from ${school}`,
    text: [
      `Thank you. You paid ${amount} for ${what}.`,
      `Invoice ${number} is attached. It’s your receipt, too.`,
    ],
  }
}
