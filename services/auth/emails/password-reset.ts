import { createHash, randomBytes } from 'node:crypto'
import { recordAudit } from '@azora/kit/audit.ts'
import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalSignIn } from '../accounts/accounts.store.ts'
import { linkExpiry, linkMinutes } from '../accounts/email-code.ts'
import { insertPasswordReset } from '../accounts/password-resets.store.ts'

export const passwordResetTask = defineTask<PasswordResetJob>('auth.send_password_reset', {
  priority: 'urgent',
})

type PasswordResetJob = {
  email: string
  organizationId: string | null
  ip: string
  userAgent: string
}

/** Queued for every address alike; whether it has an account is looked up when the email is to be written. */
export async function queuePasswordReset(tx: Transaction, job: PasswordResetJob): Promise<void> {
  await enqueue(tx, passwordResetTask, job)
}

/** How a token from an email is stored. */
export const digestOfToken = (token: string) => createHash('sha256').update(token).digest('hex')

/** The job knows no secret: the link is made with the email. Earlier links go on working, each for its own time. */
export async function sendPasswordReset(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  { email, organizationId, ip, userAgent }: PasswordResetJob,
): Promise<void> {
  const found = await selectOptionalSignIn(db.across, { email, organizationId })
  if (!found) return
  const { account } = found
  const token = randomBytes(32).toString('base64url')
  await db.in(account.organization.id).transaction(async tx => {
    await insertPasswordReset(tx, {
      digest: digestOfToken(token),
      organizationId: account.organization.id,
      userId: account.id,
      expiresAt: linkExpiry(),
    })
    const subject = { kind: 'person', id: account.id }
    const entry = { action: 'password.reset_requested', subject }
    await recordAudit(tx, 'auth', { actor: null, ip, userAgent }, entry)
  })
  const { name } = account
  await mail.send(
    composeEmail({
      to: account.email,
      subject: 'Reset your password',
      name,
      parts: [
        'You, or another person, asked to reset the password of your account. Choose a new one here:',
        { link: `${publicUrl}/reset-password#token=${token}`, label: 'Reset password' },
        `The link works once, for ${linkMinutes} minutes. Setting a new password signs you out everywhere.`,
        'If this wasn’t you, there’s nothing to do. Your password stays the same.',
      ],
      schoolName: account.organization.name,
      publicUrl,
    }),
  )
}
