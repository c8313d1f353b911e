import { sessionOperations } from '@azora/contracts/auth/sessions.ts'
import type { Handlers } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import { notYet } from '../not-yet.ts'
import type { Issuer } from '../tokens/issuer.ts'

type OwnSessionHandlers = Pick<
  Handlers<typeof sessionOperations>,
  'listSessions' | 'revokeSession' | 'revokeOtherSessions' | 'switchOrganization'
>

/** Where one is signed in. */
export function ownSessionHandlers(
  _kit: Pick<ServiceKit, 'db' | 'revocations'>,
  _issuer: Issuer,
  _answers: Answers,
): OwnSessionHandlers {
  return notYet(sessionOperations, [
    'listSessions',
    'revokeSession',
    'revokeOtherSessions',
    'switchOrganization',
  ])
}
