import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalSignInOf } from '../accounts/accounts.store.ts'

export const accountNoticeTask = defineTask<AccountNoticeJob>('auth.send_account_notice')

const notices = {
  password_set: {
    subject: 'A password was added to your account',
    text: 'You can now sign in with a password. All other sessions were signed out.',
  },
  password_changed: {
    subject: 'Your password was changed',
    text: 'The password of your account was changed. All other sessions were signed out.',
  },
  password_reset: {
    subject: 'Your password was changed',
    text: 'A new password was set with a link from an email. All sessions were signed out.',
  },
  email_changed: {
    subject: 'Your email address was changed',
    text: 'Your account now has another email address. You can no longer sign in with this one.',
  },
} as const

/** What changed about an account that its owner should know of. */
type AccountNotice = keyof typeof notices

type AccountNoticeJob = {
  userId: string
  organizationId: string
  change: AccountNotice
  at: string
  /** Where to write, when it is no longer the address of the account. */
  to: string | null
}

export async function queueAccountNotice(
  tx: Transaction,
  what: { userId: string; organizationId: string; change: AccountNotice; to?: string },
): Promise<void> {
  const job: AccountNoticeJob = { ...what, to: what.to ?? null, at: new Date().toISOString() }
  await enqueue(tx, accountNoticeTask, job)
}

/** Who is gone meanwhile gets no email. */
export async function sendAccountNotice(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  job: AccountNoticeJob,
): Promise<void> {
  // One who left the school in which it happened is told in the name of another.
  const found =
    (await selectOptionalSignInOf(db.across, job)) ??
    (await selectOptionalSignInOf(db.across, { ...job, organizationId: null }))
  if (!found) return
  const { name, email, organization } = found.account
  const { subject, text } = notices[job.change]
  const when = `${job.at.slice(0, 16).replace('T', ' ')} UTC`
  const remedy =
    job.to === null
      ? { link: `${publicUrl}/forgot-password`, label: 'Set a new password' }
      : { link: publicUrl, label: 'Go to the school' }
  const advice =
    job.to === null
      ? 'If this wasn’t you, another person may know your password or read your email. Set a new password now, and tell your school:'
      : 'If this wasn’t you, another person is using your account. Tell your school now:'
  await mail.send(
    composeEmail({
      to: job.to ?? email,
      subject,
      name,
      parts: [`${text} This happened on ${when}.`, 'If this was you, there’s nothing to do.', advice, remedy],
      schoolName: organization.name,
      publicUrl,
    }),
  )
}
