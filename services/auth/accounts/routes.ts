import { accountOperations } from '@azora/contracts/auth/accounts.ts'
import { AppError } from '@azora/kit/errors.ts'
import { actorOf, type Handlers } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import { notYet } from '../not-yet.ts'
import { findOrganization } from '../organizations/organizations.ts'
import { isMfaMissing } from '../sessions/sessions.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { selectMemberships, selectOptionalAccount } from './accounts.store.ts'

type AccountHandlers = Handlers<typeof accountOperations>

/** One's own account. */
export function accountHandlers(
  { db }: Pick<ServiceKit, 'db'>,
  _issuer: Issuer,
  _answers: Answers,
): AccountHandlers {
  return {
    ...notYet<AccountHandlers>(accountOperations),
    organization: (input, context) => findOrganization(db, input.school ?? context.school),
    async me(_input, context) {
      const actor = actorOf(context)
      const account = await selectOptionalAccount(db.in(actor.organizationId), actor)
      if (!account) throw new AppError('unauthenticated')
      return {
        ...account,
        memberships: await selectMemberships(db.across, account.id),
        impersonatedBy: null,
        mfaEnrolmentRequired: isMfaMissing(account),
      }
    },
  }
}
