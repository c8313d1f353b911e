import { organizationOperations } from '@azora/contracts/auth/people.ts'
import type { Handlers } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { notYet } from '../not-yet.ts'

/** Schools and their settings. */
export function organizationHandlers(_kit: Pick<ServiceKit, 'db'>): Handlers<typeof organizationOperations> {
  return notYet(organizationOperations)
}
