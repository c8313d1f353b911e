import type { sessionOperations } from '@azora/contracts/auth/sessions.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { Handlers } from '@azora/kit/handlers.ts'
import { actorOf } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { listSessions, revokeOtherSessions, revokeSession, switchOrganization } from './own-sessions.ts'

type OwnSessionHandlers = Pick<
  Handlers<typeof sessionOperations>,
  'listSessions' | 'revokeSession' | 'revokeOtherSessions' | 'switchOrganization'
>

/** Where one is signed in. */
export function ownSessionHandlers(
  { db, revocations }: Pick<ServiceKit, 'db' | 'revocations'>,
  issuer: Issuer,
  answers: Answers,
): OwnSessionHandlers {
  return {
    listSessions: async (_input, context) => ({ items: await listSessions(db, actorOf(context)) }),
    async revokeSession({ sessionId }, context) {
      await revokeSession(db, callerOf(context), sessionId)
      revocations.announce()
      if (sessionId === actorOf(context).sessionId) answers.clearCookies(context)
      return { ok: true }
    },
    async revokeOtherSessions(_input, context) {
      const ended = await revokeOtherSessions(db, callerOf(context))
      revocations.announce()
      return { ended }
    },
    async switchOrganization({ organizationId, session }, context) {
      const signedIn = await switchOrganization({ db, issuer }, callerOf(context), organizationId)
      return answers.signedIn(signedIn, session, context)
    },
  }
}
