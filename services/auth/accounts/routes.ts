import type { accountOperations } from '@azora/contracts/auth/accounts.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import { enabledProviders } from '../federation/providers.ts'
import { findOrganization } from '../organizations/organizations.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { confirmEmailChange, startEmailChange } from './change-email.ts'
import { changePassword } from './change-password.ts'
import { ownAccount, rename, whoAmI } from './profile.ts'
import { confirmRegistration, register } from './register.ts'
import { selectRegistrationMode } from './registrations.store.ts'
import { forgotPassword, resetPassword } from './reset-password.ts'

type AccountHandlers = Handlers<typeof accountOperations>

/** One's own account: opening it, its password, its address. */
export function accountHandlers(kit: ServiceKit, issuer: Issuer, answers: Answers): AccountHandlers {
  const { db, limiter, sealing, revocations } = kit
  return {
    organization: (input, context) => findOrganization(db, input.school ?? context.school),
    async signInOptions(input, context) {
      const organization = await findOrganization(db, input.school ?? context.school)
      return {
        organization,
        registration: await selectRegistrationMode(db.across, organization.id),
        providers: enabledProviders(kit.config),
        localMailbox: kit.mail.mailbox !== null,
      }
    },
    register: (input, context) =>
      register({ db, limiter }, { ...input, school: input.school ?? context.school }, context),
    async confirmRegistration({ id, code, session }, context) {
      const signedIn = await confirmRegistration({ db, issuer, limiter, sealing }, { id, code }, context)
      return answers.signedIn(signedIn, session, context)
    },
    async forgotPassword(input, context) {
      await forgotPassword({ db, limiter }, { ...input, school: input.school ?? context.school }, context)
      return { ok: true }
    },
    async resetPassword(input, context) {
      await resetPassword({ db, limiter, revocations }, input, context)
      return { ok: true }
    },
    async changePassword(input, context) {
      await changePassword({ db, limiter, revocations }, callerOf(context), input)
      return { ok: true }
    },
    startEmailChange: ({ email }, context) => startEmailChange({ db, limiter }, callerOf(context), email),
    async confirmEmailChange(input, context) {
      await confirmEmailChange({ db, limiter, sealing }, callerOf(context), input)
      return ownAccount(db, actorOf(context))
    },
    me: (_input, context) => whoAmI(db, actorOf(context)),
    updateMe: ({ name }, context) => rename(db, callerOf(context), name),
  }
}
