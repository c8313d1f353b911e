import type { Transaction } from '@azora/kit/db.ts'
import { enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalSignInOf } from '../accounts/accounts.store.ts'
import { composeLetter } from './letter.ts'

export const accountNoticeTask = 'auth.send_account_notice'

const notices = {
  password_set: {
    subject: 'Your account has a password now',
    text: 'A password was set for your account, which had none. Other sessions were ended.',
  },
  password_changed: {
    subject: 'Your password was changed',
    text: 'The password of your account was changed. Other sessions were ended.',
  },
  password_reset: {
    subject: 'Your password was changed',
    text: 'A new password was set for your account with the link from a letter. All sessions were ended.',
  },
  email_changed: {
    subject: 'The e-mail address of your account was changed',
    text: 'Your account has another e-mail address now. This one no longer signs you in.',
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

/** Who is gone meanwhile gets no letter. */
export async function sendAccountNotice(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  job: AccountNoticeJob,
): Promise<void> {
  // Whoever left the school in which it happened is told in the name of another.
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
      : { link: publicUrl, label: 'The school' }
  const advice =
    job.to === null
      ? 'If it was not you, somebody else knows your password or reads your letters. Set a new password at once, and tell your school:'
      : 'If it was not you, somebody else uses your account. Tell your school at once:'
  await mail.send(
    composeLetter({
      to: job.to ?? email,
      subject,
      name,
      parts: [`${text} This was at ${when}.`, 'If it was you, you need not do anything.', advice, remedy],
      schoolName: organization.name,
      publicUrl,
    }),
  )
}
