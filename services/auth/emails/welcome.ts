import type { EventPayload } from '@azora/contracts/events.ts'
import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalMember } from './welcome.store.ts'

export const welcomeTask = defineTask<WelcomeJob>('auth.send_welcome')

type WelcomeJob = { userId: string; organizationId: string }

/** An email to who has just joined follows from the event, as a job: no mail server can hold up a registration. */
export async function queueWelcome(tx: Transaction, person: EventPayload<'user.created'>): Promise<void> {
  const job: WelcomeJob = { userId: person.userId, organizationId: person.organizationId }
  await enqueue(tx, welcomeTask, job, { key: `welcome:${person.organizationId}:${person.userId}` })
}

/** Who has left meanwhile gets no email. */
export async function sendWelcome(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { userId, organizationId }: WelcomeJob,
): Promise<void> {
  const member = await selectOptionalMember(db.in(organizationId), { userId, organizationId })
  if (!member) return
  const { email, name, schoolName } = member
  await mail.send(
    composeEmail({
      to: email,
      subject: `Welcome to ${schoolName}`,
      name,
      parts: [
        `Your account at ${schoolName} is ready. Sign in with this email address:`,
        { link: `${publicUrl}/signin`, label: 'Sign in' },
        'Then find a course to start with:',
        { link: `${publicUrl}/courses`, label: 'Browse courses' },
        'If you didn’t create this account, please tell the school.',
      ],
      schoolName,
      publicUrl,
    }),
  )
}
