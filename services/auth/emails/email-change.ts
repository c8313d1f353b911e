import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { createEmailChangeCode, selectOptionalEmailChange } from '../accounts/email-changes.store.ts'
import { codeMinutes, sealNewCode } from '../accounts/email-code.ts'

export const emailChangeTask = defineTask<EmailChangeJob>('auth.send_email_change', { priority: 'urgent' })

type EmailChangeJob = { changeId: string }

export async function queueEmailChange(tx: Transaction, changeId: string): Promise<void> {
  const job: EmailChangeJob = { changeId }
  await enqueue(tx, emailChangeTask, job, { key: `email-change:${changeId}` })
}

/** What the code of a change is sealed to. */
export const emailChangePlace = (id: string) => `email_changes.code:${id}`

/** To the new address: a code; or, where it belongs to an account already, word that someone wanted it. */
export async function sendEmailChange(
  { db, mail, sealing, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'sealing' | 'publicUrl'>,
  { changeId }: EmailChangeJob,
): Promise<void> {
  const found = await selectOptionalEmailChange(db.across, changeId)
  if (!found) return
  const { id, email, schoolName } = found
  const draft = { to: email, name: null, schoolName, publicUrl }
  if (found.accountExists) {
    const parts = [
      'You, or another person, tried to add this email address to a different account. It already has an account, so it can’t be used for a second one.',
      { link: `${publicUrl}/signin`, label: 'Sign in with this address' },
      'If this wasn’t you, there’s nothing to do. Nothing has changed.',
    ]
    await mail.send(composeEmail({ ...draft, subject: 'This email address already has an account', parts }))
    return
  }
  const place = emailChangePlace(id)
  const sealed = await createEmailChangeCode(db.across, { id, code: sealNewCode(sealing, place) })
  if (!sealed) return
  await mail.send(
    composeEmail({
      ...draft,
      subject: 'Confirm your new email address',
      parts: [
        `Enter this code on the page where you changed your address. It works once, for ${codeMinutes} minutes:`,
        { code: sealing.open(sealed, place) },
        'If you didn’t ask for this, there’s nothing to do. Don’t share the code with anyone.',
      ],
    }),
  )
}
