import type { peopleOperations } from '@azora/contracts/auth/people.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { acceptInvitation, lookUpInvitation } from './accept.ts'
import { invite, listInvitations, resendInvitation, revokeInvitation } from './invite.ts'

type InvitationHandlers = Pick<
  Handlers<typeof peopleOperations>,
  | 'invite'
  | 'listInvitations'
  | 'resendInvitation'
  | 'revokeInvitation'
  | 'lookUpInvitation'
  | 'acceptInvitation'
>

/** Asking people to come to a school. */
export function invitationHandlers(
  { db, limiter }: Pick<ServiceKit, 'db' | 'limiter'>,
  issuer: Issuer,
  answers: Answers,
): InvitationHandlers {
  return {
    invite: (input, context) => invite(db, callerOf(context), input),
    listInvitations: (input, context) => listInvitations(db, actorOf(context).organizationId, input),
    resendInvitation: ({ invitationId }, context) => resendInvitation(db, callerOf(context), invitationId),
    revokeInvitation: ({ invitationId }, context) => revokeInvitation(db, callerOf(context), invitationId),
    lookUpInvitation: ({ token }) => lookUpInvitation(db, token),
    async acceptInvitation({ session, ...given }, context) {
      const { actor, ip, userAgent } = context
      const outcome = await acceptInvitation({ db, issuer, limiter }, { ...given, actor }, { ip, userAgent })
      return answers.outcome(outcome, session, context)
    },
  }
}
