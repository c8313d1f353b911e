import { composeEmail, type EmailPart } from '@azora/kit/compose-email.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { codeMinutes, sealNewCode } from '../accounts/email-code.ts'
import { createRegistrationCode, selectOptionalRegistration } from '../accounts/registrations.store.ts'

export const registrationTask = defineTask<RegistrationJob>('auth.send_registration', { priority: 'urgent' })

type RegistrationJob = { registrationId: string }

/**
 * Who asked for an account gets an email, whether or not the address has one already. That is looked up with the
 * email, not with the request, so no answer can tell it by its words or by its time.
 */
export async function queueRegistration(tx: Transaction, registrationId: string): Promise<void> {
  const job: RegistrationJob = { registrationId }
  await enqueue(tx, registrationTask, job, { key: `registration:${registrationId}` })
}

/** What the code of a registration is sealed to. */
export const registrationPlace = (id: string) => `registrations.code:${id}`

// The name that was given stands in no email: a stranger could write to anyone in the school's voice by it. Nor
// does the link name the registration: in a browser that did not begin it, where a stranger may have, it opens none.
export async function sendRegistration(
  { db, mail, sealing, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'sealing' | 'publicUrl'>,
  { registrationId }: RegistrationJob,
): Promise<void> {
  const found = await selectOptionalRegistration(db.across, registrationId)
  if (!found) return
  const { id, organizationId, email, schoolName } = found
  const draft = { to: email, name: null, schoolName, publicUrl }
  if (found.accountExists) {
    const subject = `You already have an account: ${schoolName}`
    await mail.send(composeEmail({ ...draft, subject, parts: aboutKnownAddress(schoolName, publicUrl) }))
    return
  }
  const place = registrationPlace(id)
  const sealed = await createRegistrationCode(db.across, {
    id,
    organizationId,
    code: sealNewCode(sealing, place),
  })
  if (!sealed) return
  const code = sealing.open(sealed, place)
  await mail.send(
    composeEmail({
      ...draft,
      subject: `Your code for ${schoolName}`,
      parts: [
        `Use this code to finish creating your account at ${schoolName}:`,
        { code },
        `Enter it on the page where you signed up, or use this button in the same browser. The code works once, for ${codeMinutes} minutes.`,
        { link: `${publicUrl}/signup#code=${code}`, label: 'Create account' },
        'If you didn’t sign up, there’s nothing to do: no account is created without the code. Don’t share it with anyone.',
      ],
    }),
  )
}

function aboutKnownAddress(schoolName: string, publicUrl: string): EmailPart[] {
  return [
    `You, or another person, tried to sign up at ${schoolName} with this email address. It already has an account, so you can sign in:`,
    { link: `${publicUrl}/signin`, label: 'Sign in' },
    'Forgot your password? Set a new one:',
    { link: `${publicUrl}/forgot-password`, label: 'Set a new password' },
    `If your account belongs to another school, ask ${schoolName} for an invitation.`,
    'If this wasn’t you, there’s nothing to do. Nothing has changed.',
  ]
}
