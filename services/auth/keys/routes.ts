import { keyOperations, oauthPages } from '@azora/contracts/auth/keys.ts'
import type { FileHandlers, Handlers } from '@azora/kit/http.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { notYet } from '../not-yet.ts'
import type { Issuer } from '../tokens/issuer.ts'

/** API keys and OAuth clients. */
export function keyHandlers(
  _kit: Pick<ServiceKit, 'db' | 'revocations'>,
  _issuer: Issuer,
): Handlers<typeof keyOperations> {
  return notYet(keyOperations)
}

/** The OAuth endpoints. */
export function oauthPageHandlers(
  _kit: Pick<ServiceKit, 'db' | 'revocations'>,
  _issuer: Issuer,
): FileHandlers<typeof oauthPages> {
  return notYet(oauthPages)
}
