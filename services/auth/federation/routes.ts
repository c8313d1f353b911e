import { factorOperations, federationPages } from '@azora/contracts/auth/factors.ts'
import type { FileHandlers, Handlers } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import { notYet } from '../not-yet.ts'
import type { Issuer } from '../tokens/issuer.ts'

type FederationHandlers = Pick<
  Handlers<typeof factorOperations>,
  'linkIdentity' | 'unlinkIdentity' | 'reauthenticateElsewhere'
>

/** Linking and unlinking accounts elsewhere. */
export function federationHandlers(_kit: Pick<ServiceKit, 'db'>): FederationHandlers {
  return notYet(factorOperations, ['linkIdentity', 'unlinkIdentity', 'reauthenticateElsewhere'])
}

/** The way to an outside provider and back. */
export function federationPageHandlers(
  _kit: Pick<ServiceKit, 'db'>,
  _issuer: Issuer,
  _answers: Answers,
): FileHandlers<typeof federationPages> {
  return notYet(federationPages)
}
