import type { ServiceKit } from '@azora/kit/service.ts'
import { accountNoticeTask, sendAccountNotice } from '../emails/account-notice.ts'
import { emailChangeTask, sendEmailChange } from '../emails/email-change.ts'
import { passwordResetTask, sendPasswordReset } from '../emails/password-reset.ts'
import { registrationTask, sendRegistration } from '../emails/registration.ts'
import { recordRefusedSignIn, refusedSignInTask } from '../sessions/refused-sign-in.ts'
import { purgeUnproved } from './purge.ts'

const purgeTask = 'auth.purge_unproved'

/** What accounts do in the background: their emails, and what is decided with an email rather than with an answer. */
export function accountsPart(kit: Pick<ServiceKit, 'db' | 'mail' | 'sealing' | 'publicUrl'>) {
  return {
    jobs: {
      [registrationTask]: (job: Parameters<typeof sendRegistration>[1]) => sendRegistration(kit, job),
      [passwordResetTask]: (job: Parameters<typeof sendPasswordReset>[1]) => sendPasswordReset(kit, job),
      [emailChangeTask]: (job: Parameters<typeof sendEmailChange>[1]) => sendEmailChange(kit, job),
      [accountNoticeTask]: (job: Parameters<typeof sendAccountNotice>[1]) => sendAccountNotice(kit, job),
      [refusedSignInTask]: (job: Parameters<typeof recordRefusedSignIn>[1]) =>
        recordRefusedSignIn(kit.db, job),
      [purgeTask]: () => purgeUnproved(kit.db),
    },
    schedules: [{ task: purgeTask, cron: '*/15 * * * *' }],
  }
}
