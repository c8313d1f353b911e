import type { AzoraClient } from '@azora/contracts/client.ts'
import { formatMoney } from '@azora/contracts/money.ts'
import type { InvoiceDocument } from '@azora/documents/document.ts'
import { makeDocument } from '@azora/documents/make-document.ts'
import { composeEmail, type EmailPart } from '@azora/kit/compose-email.ts'
import type { ScopedDatabase } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Attachment, Email } from '@azora/kit/mail.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalInstitution } from '../institutions/institutions.store.ts'
import { selectOptionalSchoolName } from '../schools/schools.store.ts'
import { fileNameOf } from './invoice-document.ts'
import { claimMail, releaseMail, updateMailSent } from './invoice-mails.store.ts'
import { type Invoice, selectOptionalDocument, selectOptionalInvoice } from './invoices.store.ts'

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
  if (!invoice || !document) return
  const to = await addressOf(kit, school, invoice)
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

type Address = { name: string; email: string; school: string; isInstitution: boolean }

async function addressOf(
  { others }: Kit,
  school: ScopedDatabase,
  { buyerId, institutionId }: Invoice,
): Promise<Address | null> {
  if (institutionId) {
    const institution = await selectOptionalInstitution(school, institutionId)
    if (!institution) return null
    const { name, billingEmail: email } = institution
    return { name, email, school: (await selectOptionalSchoolName(school)) ?? '', isInstitution: true }
  }
  if (!buyerId) return null
  try {
    const { organizationId } = school
    const address = await others().auth.getAddress({ organizationId, userId: buyerId })
    return { ...address, isInstitution: false }
  } catch (failure) {
    if (failure instanceof AppError && failure.code === 'not_found') return null
    throw failure
  }
}

type About = Address & {
  invoiceId: string
  publicUrl: string
  pdf: Uint8Array
}

function emailOf(document: InvoiceDocument, about: About): Email {
  const { school, publicUrl, pdf } = about
  const { subject, text } = wordsOf(document, school, about.isInstitution)
  const link: EmailPart = { link: `${publicUrl}/account/payments`, label: 'See your payments' }
  const parts: EmailPart[] = about.isInstitution ? text : [...text, link]
  return {
    ...composeEmail({ to: about.email, subject, name: about.name, parts, schoolName: school, publicUrl }),
    messageId: `<document.${about.invoiceId}@${new URL(publicUrl).hostname}>`,
    attachments: [pdfOf(document, pdf)],
  }
}

/** A document as what is attached to an email. */
export const pdfOf = ({ number }: InvoiceDocument, pdf: Uint8Array): Attachment => ({
  filename: fileNameOf(number),
  contentType: 'application/pdf',
  content: Buffer.from(pdf).toString('base64'),
  encoding: 'base64',
})

/** Emails are in English, so amounts are as in English too. */
function wordsOf(
  document: InvoiceDocument,
  school: string,
  isInstitution: boolean,
): { subject: string; text: string[] } {
  const { number, total, due, lines, dueOn, refersTo } = document
  const amount = formatMoney(total, 'en')
  const what = lines.map(({ description }) => description).join(', ')
  if (document.kind === 'credit_note')
    return {
      subject: `Your credit note ${number} from ${school}`,
      text: [
        `${amount} of invoice ${refersTo ?? ''} was credited: ${what}.`,
        isInstitution
          ? 'The credit note is attached. Nothing of that invoice is to be paid any more.'
          : 'The credit note is attached. How long a refund takes to reach you depends on your bank.',
      ],
    }
  if (due.amountMinor > 0)
    return {
      subject: `Your invoice ${number} from ${school}`,
      text: [
        `Your invoice for ${what} is attached.`,
        `${formatMoney(due, 'en')} is due${dueOn ? ` by ${dueOn}` : ''}.`,
        ...(isInstitution ? ['Please give the number of the invoice with your payment.'] : []),
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
