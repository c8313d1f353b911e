import { peopleFiles, peopleOperations } from '@azora/contracts/auth/people.ts'
import type { FileHandlers, Handlers } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Answers } from '../answers.ts'
import { notYet } from '../not-yet.ts'
import type { Issuer } from '../tokens/issuer.ts'

/** The people of a school, as its administrators see and manage them. */
export function peopleHandlers(
  _kit: Pick<ServiceKit, 'db' | 'revocations'>,
  _issuer: Issuer,
  _answers: Answers,
): Handlers<typeof peopleOperations> {
  return notYet(peopleOperations)
}

export function peopleFileHandlers(_kit: Pick<ServiceKit, 'db'>): FileHandlers<typeof peopleFiles> {
  return notYet(peopleFiles)
}
