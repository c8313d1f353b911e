import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalSignInOf } from '../accounts/accounts.store.ts'
import { isMfaMissing } from '../sessions/sessions.ts'

export const factorNoticeTask = defineTask<FactorNoticeJob>('auth.send_factor_notice')

/** What changed in how someone signs in. */
export type FactorNotice = keyof typeof notices

// Who did it themselves reads one line; anyone who did not must see at once what it means.
const notices = {
  totp_added: {
    subject: 'An authenticator app was added to your account',
    text: 'An authenticator app was added to your account. You will need a code from it when you sign in. All other sessions were signed out.',
  },
  totp_removed: {
    subject: 'The authenticator app was removed from your account',
    text: 'The authenticator app was removed from your account. You no longer need its codes to sign in.',
  },
  passkey_added: {
    subject: 'A passkey was added to your account',
    text: 'A passkey was added to your account. Anyone who holds it can sign in.',
  },
  passkey_removed: {
    subject: 'A passkey was removed from your account',
    text: 'A passkey was removed from your account. You can no longer sign in with it.',
  },
  recovery_codes_renewed: {
    subject: 'You have new recovery codes',
    text: 'Ten new recovery codes were created for your account. The old ones no longer work.',
  },
  recovery_code_used: {
    subject: 'A recovery code was used to sign in',
    text: 'One of your recovery codes was used to sign in to your account. That code no longer works.',
  },
  codes_refused: {
    subject: 'A sign-in to your account was blocked',
    text: 'A sign-in passed its first step, and then five wrong codes were entered. We blocked it. If this wasn’t you, another person may know your password.',
  },
  factors_reset: {
    subject: 'Two-step sign-in was reset',
    text: 'An administrator removed the authenticator app, passkeys and recovery codes from your account. This is done for people who have lost them.',
  },
} as const

type FactorNoticeJob = { userId: string; organizationId: string | null; change: FactorNotice; at: string }

/** Tell the owner of an account by email, in the words of the school in which it happened. */
export async function queueFactorNotice(
  tx: Transaction,
  what: { userId: string; organizationId: string | null; change: FactorNotice },
): Promise<void> {
  const job: FactorNoticeJob = { ...what, at: new Date().toISOString() }
  await enqueue(tx, factorNoticeTask, job)
}

/** Who is gone meanwhile gets no email. */
export async function sendFactorNotice(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  job: FactorNoticeJob,
): Promise<void> {
  const found = await selectOptionalSignInOf(db.across, job)
  if (!found) return
  const { account } = found
  const { subject, text } = notices[job.change]
  const when = `${job.at.slice(0, 16).replace('T', ' ')} UTC`
  const missing =
    'Your school requires two-step sign-in, and your account has none now. Until you set it up, you can only use Azora as a learner.'
  await mail.send(
    composeEmail({
      to: account.email,
      subject,
      name: account.name,
      parts: [
        `${text} This happened on ${when}.`,
        ...(isMfaMissing(account) ? [missing] : []),
        { link: `${publicUrl}/account/security`, label: 'Check your account’s security' },
        'If this wasn’t you, change your password there, sign out all other sessions, and tell your school.',
      ],
      schoolName: account.organization.name,
      publicUrl,
    }),
  )
}
