import { privacyFiles, privacyOperations } from '@azora/contracts/auth/privacy.ts'
import type { FileHandlers, Handlers } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { notYet } from '../not-yet.ts'

/** A person's rights over their data. */
export function privacyHandlers(_kit: Pick<ServiceKit, 'db'>): Handlers<typeof privacyOperations> {
  return notYet(privacyOperations)
}

export function privacyFileHandlers(_kit: Pick<ServiceKit, 'db'>): FileHandlers<typeof privacyFiles> {
  return notYet(privacyFiles)
}
