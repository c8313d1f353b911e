import { factorOperations } from '@azora/contracts/auth/factors.ts'
import { sessionOperations } from '@azora/contracts/auth/sessions.ts'
import type { Handlers } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import { notYet } from '../not-yet.ts'
import type { Issuer } from '../tokens/issuer.ts'

type FactorHandlers = Omit<
  Handlers<typeof factorOperations>,
  'linkIdentity' | 'unlinkIdentity' | 'reauthenticateElsewhere'
> &
  Pick<
    Handlers<typeof sessionOperations>,
    'completeSignIn' | 'startPasskeySignIn' | 'finishPasskeySignIn' | 'reauthenticate' | 'startPasskeyCheck'
  >

/** Second factors and passkeys, and signing in and proving oneself by them. */
export function factorHandlers(
  _kit: Pick<ServiceKit, 'db' | 'limiter' | 'sealing' | 'revocations' | 'publicUrl'>,
  _issuer: Issuer,
  _answers: Answers,
): FactorHandlers {
  return {
    ...notYet<FactorHandlers>(factorOperations),
    ...notYet<FactorHandlers>(sessionOperations, [
      'completeSignIn',
      'startPasskeySignIn',
      'finishPasskeySignIn',
      'reauthenticate',
      'startPasskeyCheck',
    ]),
  }
}
