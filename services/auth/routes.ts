import type { authContract, authFiles } from '@azora/contracts/auth.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import type { OperationsName } from '@azora/kit/operations.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { accountHandlers } from './accounts/routes.ts'
import { createAnswers } from './answers.ts'
import { auditFileHandlers, auditHandlers } from './audit/routes.ts'
import { factorHandlers } from './factors/routes.ts'
import { federationHandlers, federationPageHandlers } from './federation/routes.ts'
import { keyHandlers, oauthPageHandlers } from './keys/routes.ts'
import { officeHandlers } from './offices/routes.ts'
import { organizationHandlers } from './organizations/routes.ts'
import { peopleFileHandlers, peopleHandlers } from './people/routes.ts'
import { privacyFileHandlers, privacyHandlers } from './privacy/routes.ts'
import { ownSessionHandlers } from './sessions/own-sessions.routes.ts'
import { sessionHandlers } from './sessions/routes.ts'
import type { Issuer } from './tokens/issuer.ts'

/** The operations of auth, each handed to its use case. */
export function authHandlers(
  kit: ServiceKit,
  issuer: Issuer,
): Omit<Handlers<typeof authContract>, OperationsName> {
  const answers = createAnswers(kit.publicUrl)
  return {
    ...accountHandlers(kit, issuer, answers),
    ...sessionHandlers(kit, issuer, answers),
    ...ownSessionHandlers(kit, issuer, answers),
    ...factorHandlers(kit, issuer, answers),
    ...federationHandlers(kit),
    ...peopleHandlers(kit, issuer, answers),
    ...officeHandlers(kit),
    ...organizationHandlers(kit),
    ...auditHandlers(kit),
    ...keyHandlers(kit, issuer),
    ...privacyHandlers(kit),
  }
}

/** The operations that stream, redirect or speak a protocol of their own. */
export function authFileHandlers(kit: ServiceKit, issuer: Issuer): FileHandlers<typeof authFiles> {
  const answers = createAnswers(kit.publicUrl)
  return {
    ...federationPageHandlers(kit, issuer, answers),
    ...oauthPageHandlers(kit, issuer),
    ...peopleFileHandlers(kit),
    ...auditFileHandlers(kit),
    ...privacyFileHandlers(kit),
  }
}
