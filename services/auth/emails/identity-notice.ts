import { composeEmail } from '@azora/kit/compose-email.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { defineTask, enqueue } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { selectOptionalSignInOf } from '../accounts/accounts.store.ts'
import { type ProviderId, providerNames } from '../federation/providers.ts'

export const identityNoticeTask = defineTask<IdentityNoticeJob>('auth.send_identity_notice')

type IdentityNotice = {
  userId: string
  organizationId: string
  provider: ProviderId
  change: 'linked' | 'unlinked'
}

type IdentityNoticeJob = IdentityNotice & { at: string }

/** Tell the owner of an account that another way in was opened or closed. */
export async function queueIdentityNotice(tx: Transaction, notice: IdentityNotice): Promise<void> {
  const job: IdentityNoticeJob = { ...notice, at: new Date().toISOString() }
  await enqueue(tx, identityNoticeTask, job)
}

/** Who is gone meanwhile gets no email. */
export async function sendIdentityNotice(
  { db, mail, publicUrl }: Pick<ServiceKit, 'db' | 'mail' | 'publicUrl'>,
  job: IdentityNoticeJob,
): Promise<void> {
  const found = await selectOptionalSignInOf(db.across, job)
  if (!found) return
  const { email, name, organization } = found.account
  const provider = providerNames[job.provider]
  const { subject, text } = {
    linked: {
      subject: `${provider} was linked to your account`,
      text: `A ${provider} account was linked to your account. Anyone who can use it can sign in here.`,
    },
    unlinked: {
      subject: `${provider} was unlinked from your account`,
      text: `You can no longer sign in here with your ${provider} account.`,
    },
  }[job.change]
  const when = `${job.at.slice(0, 16).replace('T', ' ')} UTC`
  const advice =
    'If this wasn’t you, change it in your account, sign out all other sessions, and tell your school:'
  await mail.send(
    composeEmail({
      to: email,
      subject,
      name,
      parts: [
        `${text} This happened on ${when}.`,
        'If this was you, there’s nothing to do.',
        advice,
        { link: `${publicUrl}/account/security`, label: 'Check your account’s security' },
      ],
      schoolName: organization.name,
      publicUrl,
    }),
  )
}
