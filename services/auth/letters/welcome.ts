import type { EventPayload } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalMember } from './welcome.store.ts'

export const welcomeTask = 'auth.send_welcome'

type WelcomeJob = { userId: string; organizationId: string }

/** A letter to who has just joined follows from the event, as a job: no mail server can hold up a registration. */
export async function queueWelcome(tx: Transaction, person: EventPayload<'user.created'>): Promise<void> {
  const job: WelcomeJob = { userId: person.userId, organizationId: person.organizationId }
  await enqueue(tx, welcomeTask, job, { key: `welcome:${person.organizationId}:${person.userId}` })
}

/** Who has left meanwhile gets no letter. */
export async function sendWelcome(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { userId, organizationId }: WelcomeJob,
): Promise<void> {
  const member = await selectOptionalMember(db.in(organizationId), { userId, organizationId })
  if (!member) return
  await mail.send({
    to: member.email,
    subject: `Welcome to ${member.schoolName}`,
    text: [
      `Hello ${member.name},`,
      `your account at ${member.schoolName} is open. Sign in with this e-mail address:`,
      `${publicUrl}/signin`,
      'The courses you can take are here:',
      `${publicUrl}/courses`,
      'If you did not open this account, you need not do anything; tell the school if you like.',
    ].join('\n\n'),
  })
}
