import { auditFiles, auditOperations } from '@azora/contracts/auth/audit.ts'
import type { FileHandlers, Handlers } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { notYet } from '../not-yet.ts'

/** The audit log of a school. */
export function auditHandlers(_kit: Pick<ServiceKit, 'db'>): Handlers<typeof auditOperations> {
  return notYet(auditOperations)
}

export function auditFileHandlers(_kit: Pick<ServiceKit, 'db'>): FileHandlers<typeof auditFiles> {
  return notYet(auditFiles)
}
