import { randomBytes } from 'node:crypto'
import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { storeLink } from '../invitations/invitations.store.ts'
import { digestOf } from '../tokens/refresh-token.ts'

export const invitationTask = defineTask<InvitationJob>('auth.send_invitation')

type InvitationJob = { invitationId: string; organizationId: string }

/** Write to whom a school invites. The job knows no secret: the link is made with the email. */
export async function queueInvitation(tx: Transaction, job: InvitationJob): Promise<void> {
  await enqueue(tx, invitationTask, job, { key: `invitation:${job.invitationId}` })
}

/**
 * One that was taken back or accepted meanwhile is not sent. The token stands in the fragment, which browsers keep to
 * themselves, so that it reaches no log.
 */
export async function sendInvitation(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { invitationId, organizationId }: InvitationJob,
): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  const key = { id: invitationId, organizationId }
  const invitation = await storeLink(db.in(organizationId), { ...key, digest: digestOf(token) })
  if (!invitation) return
  const { email, name, schoolName, invitedBy, expiresAt } = invitation
  await mail.send(
    composeEmail({
      to: email,
      subject: `Join ${schoolName}`,
      name,
      parts: [
        invitedBy
          ? `${invitedBy} invited you to join ${schoolName}.`
          : `You’re invited to join ${schoolName}.`,
        { link: `${publicUrl}/invitation#token=${token}`, label: 'Accept invitation' },
        `The link works once, until ${expiresAt.slice(0, 10)}.`,
        'If you didn’t expect this invitation, you can ignore it.',
      ],
      schoolName,
      publicUrl,
    }),
  )
}
