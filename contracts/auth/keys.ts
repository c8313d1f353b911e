import { z } from 'zod'
import { operation } from '../operation.ts'
import { scopes } from '../scopes.ts'
import { once } from '../shown-once.ts'
import { growing, id, line, schoolRole, time } from '../wire.ts'
import { tags } from './shapes.ts'

const scope = z.enum(scopes).meta(growing)
const wantedScopes = z.array(scope).min(1).max(scopes.length)

const apiKey = z.object({
  id,
  name: z.string(),
  /** The beginning of the key, by which its owner knows it. */
  prefix: z.string(),
  scopes: z.array(scope),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
})

const oauthClient = z.object({
  id,
  name: z.string(),
  scopes: z.array(scope),
  roles: z.array(schoolRole),
  createdBy: z.string().nullable(),
  createdAt: time,
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
  /** Since when the secret no longer works, because the person who knew it lost their rights. A new one mends it. */
  secretWithdrawnAt: time.nullable(),
})

const secretOnce = {
  /** Shown this once; only a hash of it is kept. */
  secret: once(z.string()),
}

const byPerson = { access: 'member', interactive: true, tags } as const
const byAdmin = { access: 'integrations.manage', interactive: true, tags } as const

/** Keys for programs that act as a person, and clients that act for the school. */
export const keyOperations = {
  listApiKeys: operation({
    method: 'GET',
    path: '/auth/api-keys',
    ...byPerson,
    summary: 'Your API keys, newest first.',
  }).output(z.object({ items: z.array(apiKey) })),
  createApiKey: operation({
    method: 'POST',
    path: '/auth/api-keys',
    ...byPerson,
    grants: true,
    successStatus: 201,
    summary: 'A new API key that acts as you, within its scopes.',
  })
    .input(
      z.object({
        name: line(80),
        scopes: wantedScopes,
        expiresInDays: z.number().int().min(1).max(365).nullable(),
      }),
    )
    .output(apiKey.extend(secretOnce)),
  revokeApiKey: operation({
    method: 'DELETE',
    path: '/auth/api-keys/{keyId}',
    ...byPerson,
    summary: 'End an API key; it stops working within seconds.',
  })
    .input(z.object({ keyId: id }))
    .output(apiKey),
  listOauthClients: operation({
    method: 'GET',
    path: '/auth/oauth-clients',
    ...byAdmin,
    summary: 'The OAuth clients of the school.',
  }).output(z.object({ items: z.array(oauthClient) })),
  createOauthClient: operation({
    method: 'POST',
    path: '/auth/oauth-clients',
    ...byAdmin,
    grants: true,
    successStatus: 201,
    summary: 'A new OAuth client (client credentials, RFC 6749, 4.4) that acts for the school.',
  })
    .input(z.object({ name: line(80), scopes: wantedScopes, roles: z.array(schoolRole).min(1).max(4) }))
    .output(oauthClient.extend(secretOnce)),
  rotateOauthClientSecret: operation({
    method: 'POST',
    path: '/auth/oauth-clients/{clientId}/secret',
    ...byAdmin,
    grants: true,
    summary: 'A new secret; the old one stops working.',
  })
    .input(z.object({ clientId: id }))
    .output(oauthClient.extend(secretOnce)),
  revokeOauthClient: operation({
    method: 'DELETE',
    path: '/auth/oauth-clients/{clientId}',
    ...byAdmin,
    summary: 'End an OAuth client; its tokens stop working within seconds.',
  })
    .input(z.object({ clientId: id }))
    .output(oauthClient),
  exchangeApiKey: operation({
    method: 'POST',
    path: '/auth/api-key-exchange',
    access: 'internal',
    tags,
    summary: 'The access token of an API key, for the gateway.',
  })
    .input(z.object({ key: z.string().max(200) }))
    .output(z.object({ accessToken: z.string(), accessExpiresAt: time })),
}

// RFC 6749, 2.3.1: in the form, or by HTTP Basic authentication.
const credentials = { client_id: id.optional(), client_secret: z.string().optional() }

export const oauthPages = {
  token: operation({
    method: 'POST',
    path: '/auth/oauth/token',
    access: 'public',
    rateClass: 'sign_in',
    raw: 'page',
    speech: {
      form: z.object({
        grant_type: z.literal('client_credentials'),
        ...credentials,
        scope: z.string().optional(),
      }),
      answer: z.object({
        access_token: z.string(),
        token_type: z.literal('Bearer'),
        expires_in: z.number().int().min(0),
        scope: z.string(),
      }),
      refusal: 'oauth',
    },
    tags,
    summary: 'The OAuth token endpoint (RFC 6749, 3.2), for client credentials.',
  })
    .input(z.object({}).loose())
    .output(z.unknown()),
  revokeToken: operation({
    method: 'POST',
    path: '/auth/oauth/revoke',
    access: 'public',
    rateClass: 'sign_in',
    raw: 'page',
    speech: {
      form: z.object({
        token: z.string(),
        token_type_hint: z.enum(['access_token', 'refresh_token']).optional(),
        ...credentials,
      }),
      refusal: 'oauth',
    },
    tags,
    summary: 'The OAuth revocation endpoint (RFC 7009).',
  })
    .input(z.object({}).loose())
    .output(z.unknown()),
}
