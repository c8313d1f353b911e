import { defineTask, runs } from '@azora/kit/jobs.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { accountNoticeTask, sendAccountNotice } from '../emails/account-notice.ts'
import { emailChangeTask, sendEmailChange } from '../emails/email-change.ts'
import { passwordResetTask, sendPasswordReset } from '../emails/password-reset.ts'
import { registrationTask, sendRegistration } from '../emails/registration.ts'
import { recordRefusedSignIn, refusedSignInTask } from '../sessions/refused-sign-in.ts'
import { purgeUnproved } from './purge.ts'

const purgeTask = defineTask('auth.purge_unproved', { cron: '*/15 * * * *', priority: 'late' })

/** What accounts do in the background: their emails, and what is decided with an email rather than with an answer. */
export function accountsPart(kit: Pick<ServiceKit, 'db' | 'mail' | 'sealing' | 'publicUrl'>) {
  return {
    jobs: [
      runs(registrationTask, job => sendRegistration(kit, job)),
      runs(passwordResetTask, job => sendPasswordReset(kit, job)),
      runs(emailChangeTask, job => sendEmailChange(kit, job)),
      runs(accountNoticeTask, job => sendAccountNotice(kit, job)),
      runs(refusedSignInTask, job => recordRefusedSignIn(kit.db, job)),
      runs(purgeTask, () => purgeUnproved(kit.db)),
    ],
  }
}
