import type { keyOperations, oauthPages } from '@azora/contracts/auth/keys.ts'
import { callerOf } from '@azora/kit/caller.ts'
import type { FileHandlers, Handlers } from '@azora/kit/handlers.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { createApiKey, endApiKey, exchangeApiKey, listApiKeys } from './api-keys.ts'
import { createOauthClient, endOauthClient, listOauthClients, rotateSecret } from './oauth-clients.ts'
import { revokeToken, token } from './oauth-endpoints.ts'

/** API keys and OAuth clients. */
export function keyHandlers(
  kit: Pick<ServiceKit, 'db' | 'revocations'>,
  issuer: Issuer,
): Handlers<typeof keyOperations> {
  const { db } = kit
  return {
    listApiKeys: async (_input, context) => ({ items: await listApiKeys(db, callerOf(context)) }),
    createApiKey: (input, context) => createApiKey(db, callerOf(context), input),
    revokeApiKey: ({ keyId }, context) => endApiKey(kit, callerOf(context), keyId),
    listOauthClients: async (_input, context) => ({ items: await listOauthClients(db, callerOf(context)) }),
    createOauthClient: (input, context) => createOauthClient(db, callerOf(context), input),
    rotateOauthClientSecret: ({ clientId }, context) => rotateSecret(kit, callerOf(context), clientId),
    revokeOauthClient: ({ clientId }, context) => endOauthClient(kit, callerOf(context), clientId),
    exchangeApiKey: ({ key }) => exchangeApiKey(db, issuer, key),
  }
}

/** The OAuth endpoints. */
export function oauthPageHandlers(
  kit: Pick<ServiceKit, 'db' | 'revocations' | 'limiter' | 'identity'>,
  issuer: Issuer,
): FileHandlers<typeof oauthPages> {
  return {
    token: (_input, context, req, res) => token(kit, issuer, context, req, res),
    revokeToken: (_input, context, req, res) => revokeToken(kit, context, req, res),
  }
}
