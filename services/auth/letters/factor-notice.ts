import type { Transaction } from '@azora/kit/db.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalSignInOf } from '../accounts/accounts.store.ts'
import { isMfaMissing } from '../sessions/sessions.ts'
import { composeLetter } from './letter.ts'

export const factorNoticeTask = 'auth.send_factor_notice'

/** What changed in how somebody signs in. */
export type FactorNotice = keyof typeof notices

// Who did it themselves reads one line; whoever did not must see at once what it means.
const notices = {
  totp_added: {
    subject: 'An authenticator app was added to your account',
    text: 'An authenticator app was added to your account. Its codes are asked for from now on when you sign in. Other sessions were ended.',
  },
  totp_removed: {
    subject: 'The authenticator app was removed from your account',
    text: 'The authenticator app was removed from your account. Its codes are no longer asked for.',
  },
  passkey_added: {
    subject: 'A passkey was added to your account',
    text: 'A passkey was added to your account. Whoever holds it can sign in.',
  },
  passkey_removed: {
    subject: 'A passkey was removed from your account',
    text: 'A passkey was removed from your account. It no longer signs you in.',
  },
  recovery_codes_renewed: {
    subject: 'Your recovery codes were renewed',
    text: 'You have ten new recovery codes. The earlier ones no longer work.',
  },
  recovery_code_used: {
    subject: 'A recovery code was used to sign in',
    text: 'Somebody signed in to your account with one of your recovery codes. It does not work a second time.',
  },
  codes_refused: {
    subject: 'Somebody tried to sign in to your account',
    text: 'Somebody took the first step of signing in to your account, and then gave five wrong codes. They were not let in. Unless it was you, they know your password: choose another one.',
  },
  factors_reset: {
    subject: 'Your second factors were reset',
    text: 'An administrator removed the authenticator app, the passkeys and the recovery codes from your account, as one does for somebody who lost them.',
  },
} as const

type FactorNoticeJob = { userId: string; organizationId: string | null; change: FactorNotice; at: string }

/** Tell the owner of an account by letter, in the words of the school in which it happened. */
export async function queueFactorNotice(
  tx: Transaction,
  what: { userId: string; organizationId: string | null; change: FactorNotice },
): Promise<void> {
  const job: FactorNoticeJob = { ...what, at: new Date().toISOString() }
  await enqueue(tx, factorNoticeTask, job)
}

/** Who is gone meanwhile gets no letter. */
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
    'Your school asks for a second factor and your account has none now. Until you add one you can learn, and no more.'
  await mail.send(
    composeLetter({
      to: account.email,
      subject,
      name: account.name,
      parts: [
        `${text} This was at ${when}.`,
        ...(isMfaMissing(account) ? [missing] : []),
        { link: `${publicUrl}/account/security`, label: 'See how and where you are signed in' },
        'If this was not you, change your password there, end all other sessions, and tell your school.',
      ],
      schoolName: account.organization.name,
      publicUrl,
    }),
  )
}
