import type { GithubSettings } from '@azora/kit/config.ts'
import * as client from 'openid-client'
import { z } from 'zod'
import { FederationProblem } from './problem.ts'
import { type Answer, asProblem, type Profile, type Provider, type Request } from './provider.ts'
import { verifiedEmail } from './verified-email.ts'

const user = z.object({
  id: z.number().int().positive(),
  login: z.string().max(100),
  name: z.string().nullish(),
})
const emails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))

/** GitHub, whose sign-in is OAuth 2.0 (RFC 6749) with PKCE; who it is about, its API tells. */
export function githubProvider(
  settings: GithubSettings,
  { outbound, redirectUri }: { outbound: client.CustomFetch; redirectUri: string },
): Provider {
  const { clientId, clientSecret, url, apiUrl } = settings
  // By this name GitHub would also call itself in its answers (RFC 9207).
  const issuer = `${url}/login/oauth`
  const config = new client.Configuration(
    { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/access_token` },
    clientId,
    undefined,
    client.ClientSecretPost(clientSecret),
  )
  config[client.customFetch] = outbound
  if (url.startsWith('http:')) client.allowInsecureRequests(config)

  async function authorizationUrl({ state, codeVerifier, purpose }: Request): Promise<URL> {
    return client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'read:user user:email',
      state,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      // As much of a question as GitHub can be made to ask.
      ...(purpose === 'sign_in' ? {} : { prompt: 'select_account' }),
    })
  }

  async function read<T>(token: string, path: string, shape: z.ZodType<T>): Promise<T> {
    const headers = {
      Accept: 'application/vnd.github+json',
      Authorization: `Bearer ${token}`,
      // GitHub refuses callers who do not name themselves.
      'User-Agent': 'azora',
      'X-GitHub-Api-Version': '2022-11-28',
    }
    const answer = await outbound(`${apiUrl}${path}`, {
      method: 'GET',
      headers,
      body: undefined,
      redirect: 'manual',
    })
    if (answer.status !== 200) throw new FederationProblem('provider_unavailable', `api_${answer.status}`)
    const parsed = shape.safeParse(await answer.json().catch(() => null))
    if (!parsed.success) throw new FederationProblem('provider_unavailable', 'api_shape')
    return parsed.data
  }

  async function redeem({ fields, state, codeVerifier }: Answer): Promise<Profile> {
    const tokens = await client.authorizationCodeGrant(config, new URL(`${redirectUri}?${fields}`), {
      expectedState: state,
      pkceCodeVerifier: codeVerifier,
    })
    const [who, addresses] = await Promise.all([
      read(tokens.access_token, '/user', user),
      read(tokens.access_token, '/user/emails', emails),
    ])
    const verified = addresses.filter(address => address.verified)
    const best = verified.find(address => address.primary) ?? verified[0]
    return {
      // The login can be given up and taken by another; the number cannot.
      subject: String(who.id),
      email: verifiedEmail(best?.email),
      label: who.login,
      name: who.name || who.login,
      authenticatedAt: null,
    }
  }

  const rethrow = (failure: unknown): never => {
    throw asProblem(failure)
  }
  return {
    id: 'github',
    authorizationUrl,
    redeem: answer => redeem(answer).catch(rethrow),
  }
}
