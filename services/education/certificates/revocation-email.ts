import type { RevocationReason } from '@azora/contracts/education/revocation.ts'
import { composeEmail } from '@azora/kit/compose-email.ts'
import { defineTask } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalRevocation } from './certificates.store.ts'
import { certificateUrl } from './issue-certificate.ts'

export type RevocationEmail = { certificateId: string; organizationId: string }

export const revocationEmailTask = defineTask<RevocationEmail>('education.send_revocation_email')

/** The kinds of reasons as sentences. */
const reasonInWords: Record<RevocationReason, string> = {
  issued_in_error: 'It was issued by mistake.',
  details_wrong: 'Some of its details were wrong.',
  requirements_not_met: 'The requirements of the course were not met.',
  other: 'The school has not made the reason public.',
}

/** Tell the learner that a certificate of theirs was revoked, and why. Who is gone meanwhile gets no email. */
export async function sendRevocationEmail(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { certificateId, organizationId }: RevocationEmail,
): Promise<void> {
  const found = await selectOptionalRevocation(db.in(organizationId), certificateId)
  if (!found) return
  const { email, name, courseTitle, schoolName, note, reason } = found
  await mail.send(
    composeEmail({
      to: email,
      subject: `Your certificate for ${courseTitle} was revoked`,
      name,
      parts: [
        `${schoolName} has revoked your certificate for “${courseTitle}”. It is no longer valid, and everyone who checks it sees that.`,
        ...(reason === 'other' ? [] : [reasonInWords[reason]]),
        `The school’s note to you: ${note}`,
        { link: certificateUrl(publicUrl, certificateId), label: 'Show the certificate' },
        'If you think this is a mistake, please talk to the school.',
      ],
      schoolName,
      publicUrl,
    }),
  )
}
