import type { AppleSettings, GoogleSettings } from '@azora/kit/config.ts'
import * as client from 'openid-client'
import { z } from 'zod'
import { appleClientSecret } from './apple-secret.ts'
import { isProviderAddress } from './outbound.ts'
import { FederationProblem } from './problem.ts'
import { type Answer, asProblem, type Profile, type Provider, type Request } from './provider.ts'
import type { ProviderId } from './providers.ts'
import { verifiedEmail } from './verified-email.ts'

// Keys have a cache of their own inside; the rest of what a provider says of itself hardly ever changes.
const keptMs = 60 * 60 * 1000

/** What distinguishes one provider by OpenID Connect from another. */
type Peculiarities = {
  id: ProviderId
  issuer: string
  clientId: string
  clientAuthentication: client.ClientAuth
  scope: string
  /** How the answer travels, where it is not the query. */
  responseMode: 'form_post' | null
}

export function googleProvider(settings: GoogleSettings, means: Means): Provider {
  return oidcProvider(
    {
      ...settings,
      id: 'google',
      clientAuthentication: client.ClientSecretPost(settings.clientSecret),
      scope: 'openid email profile',
      responseMode: null,
    },
    means,
  )
}

export function appleProvider(settings: AppleSettings, means: Means): Provider {
  const { clientId, issuer } = settings
  return oidcProvider(
    {
      ...settings,
      id: 'apple',
      clientAuthentication(_server, _client, body) {
        body.set('client_id', clientId)
        body.set('client_secret', appleClientSecret(settings, { clientId, audience: issuer }))
      },
      scope: 'openid email name',
      // Apple gives e-mail addresses and names by form alone.
      responseMode: 'form_post',
    },
    means,
  )
}

type Means = { outbound: client.CustomFetch; redirectUri: string }

/** OpenID Connect Core 1.0 with PKCE (RFC 7636), by openid-client. */
function oidcProvider(about: Peculiarities, { outbound, redirectUri }: Means): Provider {
  const configuration = discoverOnce(about, outbound)

  async function authorizationUrl({ state, nonce, codeVerifier, purpose }: Request): Promise<URL> {
    const config = await configuration()
    return client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: about.scope,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(about.responseMode ? { response_mode: about.responseMode } : {}),
      // A proof is worth something when the person gives it now. Who does not know the one looks at the other.
      ...(purpose === 'step_up' ? { prompt: 'login', max_age: '0' } : {}),
    })
  }

  async function redeem({ fields, state, nonce, codeVerifier }: Answer): Promise<Profile> {
    const config = await configuration()
    const tokens = await client.authorizationCodeGrant(config, new URL(`${redirectUri}?${fields}`), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    })
    const claims = shape.safeParse(tokens.claims())
    if (!claims.success) throw new FederationProblem('sign_in_failed', 'unexpected_claims')
    const { sub, email, email_verified, name, auth_time } = claims.data
    const tells = config.serverMetadata().claims_supported?.includes('auth_time')
    return {
      subject: sub,
      email: email_verified ? verifiedEmail(email) : null,
      label: email ?? sub,
      name: name ?? nameInForm(fields.get('user')),
      authenticatedAt: auth_time ?? (tells ? 0 : null),
    }
  }

  return {
    id: about.id,
    authorizationUrl: request => authorizationUrl(request).catch(rethrow),
    redeem: answer => redeem(answer).catch(rethrow),
  }
}

function rethrow(failure: unknown): never {
  throw asProblem(failure)
}

const shape = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().max(254).optional(),
  // Apple has sent it as text as well.
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform(text => text === 'true')])
    .default(false),
  name: z.string().optional(),
  auth_time: z.number().optional(),
})

const appleUser = z.object({
  name: z.object({ firstName: z.string().optional(), lastName: z.string().optional() }),
})

/** The name that Apple posts beside the code at the first sign-in alone. It is unsigned: good for addressing people. */
function nameInForm(user: string | null): string | null {
  if (!user) return null
  try {
    const { name } = appleUser.parse(JSON.parse(user))
    return [name.firstName, name.lastName].filter(Boolean).join(' ') || null
  } catch {
    return null
  }
}

const address = z.string().refine(isProviderAddress)
const endpoints = z.object({ authorization_endpoint: address, token_endpoint: address, jwks_uri: address })

/** Metadata and keys of a provider, asked for when they are first needed and again after a while. */
function discoverOnce(about: Peculiarities, outbound: client.CustomFetch) {
  let known: { config: client.Configuration; until: number } | null = null
  let asking: Promise<client.Configuration> | null = null

  async function ask(): Promise<client.Configuration> {
    const { issuer, clientId, clientAuthentication } = about
    const onThisMachine = issuer.startsWith('http:')
    const metadata = { id_token_signed_response_alg: 'RS256' }
    const config = await client.discovery(new URL(issuer), clientId, metadata, clientAuthentication, {
      [client.customFetch]: outbound,
      // Unasked, the signature of a token that came by https is not looked at.
      execute: [client.enableNonRepudiationChecks, ...(onThisMachine ? [client.allowInsecureRequests] : [])],
    })
    if (!endpoints.safeParse(config.serverMetadata()).success)
      throw new FederationProblem('provider_unavailable', 'metadata')
    known = { config, until: Date.now() + keptMs }
    return config
  }

  return async (): Promise<client.Configuration> => {
    if (known && Date.now() < known.until) return known.config
    asking ??= ask().finally(() => {
      asking = null
    })
    try {
      return await asking
    } catch (failure) {
      // What was true an hour ago most likely still is.
      if (known) return known.config
      if (failure instanceof client.ClientError)
        throw new FederationProblem('provider_unavailable', 'discovery')
      throw failure
    }
  }
}
