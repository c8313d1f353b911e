import type { peopleOperations } from '@azora/contracts/auth/people.ts'
import { callerOf } from '@azora/kit/caller.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { endImpersonation, impersonate } from './impersonate.ts'

type ImpersonationHandlers = Pick<Handlers<typeof peopleOperations>, 'impersonate' | 'endImpersonation'>

/** Looking through someone else's eyes. */
export function impersonationHandlers(
  { db, revocations }: Pick<ServiceKit, 'db' | 'revocations'>,
  issuer: Issuer,
  answers: Answers,
): ImpersonationHandlers {
  return {
    async impersonate({ session, ...wanted }, context) {
      return answers.signedIn(await impersonate({ db, issuer }, callerOf(context), wanted), session, context)
    },
    async endImpersonation({ session }, context) {
      try {
        return answers.signedIn(await endImpersonation({ db, issuer }, callerOf(context)), session, context)
      } catch (failure) {
        if (failure instanceof AppError && failure.code === 'session_expired') answers.clearCookies(context)
        throw failure
      } finally {
        revocations.announce()
      }
    },
  }
}
