import express, { type Express, type Request, type Response } from 'express'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'
import { type OutsidePerson, personOf } from './people.ts'
import { consentPage, escapeHtml, loginPage } from './sign-in-pages.ts'

/** What a test does to the answers of a provider. */
export type Interference = {
  /** Changes what the token endpoint answers. */
  tokens?: (answer: Record<string, unknown>) => Record<string, unknown> | Promise<Record<string, unknown>>
  /** Answers below the provider's address in its place; false lets the provider answer. */
  instead?: (req: Request, res: Response) => boolean
}

export type OidcStandIn = {
  issuer: string
  /** Set by a test, and taken away again. */
  interference: Interference
  /** An ID token signed as the provider would, with other claims or by another way. */
  forge(claims: JWTPayload, header?: { alg?: string; kid?: string }, key?: CryptoKey): Promise<string>
}

type Role = {
  /** The path below which it stands, and the name of its cookies. */
  id: 'google' | 'apple'
  name: string
  clientId: string
  /** Where it may send browsers back to. */
  mayReturnTo(address: string): boolean
  scopes: string[]
  claims: Record<string, string[]>
  claimsOf(person: OutsidePerson): Record<string, unknown>
  /** Whether the client is who it says: a fixed secret at Google, a signed one at Apple. */
  isSecret(secret: string): Promise<boolean>
  /** Apple posts a name beside the code at the first sign-in. */
  postsName: boolean
}

/** A certified OpenID provider (`oidc-provider`) in the role of another, mounted on `app` below `/<id>`. */
export async function standInFor(role: Role, app: Express, origin: string): Promise<OidcStandIn> {
  const issuer = `${origin}/${role.id}`
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), kid: `${role.id}-key`, alg: 'RS256', use: 'sig' }
  const provider = new Provider(issuer, configurationOf(role, jwk as never))
  const interference: Interference = {}

  Object.assign((provider.Client as unknown as { prototype: object }).prototype, {
    compareClientSecret: (secret: string) => role.isSecret(secret),
    redirectUriAllowed: (address: string) => role.mayReturnTo(address),
  })
  provider.use(async (ctx, next) => {
    await next()
    const { tokens } = interference
    if (tokens && ctx.path === '/token' && ctx.status === 200) ctx.body = await tokens(ctx.body as never)
    if (role.postsName && typeof ctx.body === 'string')
      ctx.body = withName(ctx.body, ctx.oidc?.session?.accountId)
  })

  const form = express.urlencoded({ extended: false })
  app.use(`/${role.id}`, (req, res, next) => {
    if (!interference.instead?.(req, res)) next()
  })
  app.get(`/${role.id}/interaction/:uid`, async (req, res) => {
    const { prompt, uid } = await provider.interactionDetails(req, res)
    const action = `/${role.id}/interaction/${uid}/${prompt.name}`
    res
      .type('html')
      .send(prompt.name === 'login' ? loginPage(role.name, action) : consentPage(role.name, action))
  })
  app.post(`/${role.id}/interaction/:uid/login`, form, async (req, res) => {
    const accountId = String(req.body.account ?? '')
    await provider.interactionFinished(req, res, accountId ? { login: { accountId } } : turnedBack)
  })
  app.post(`/${role.id}/interaction/:uid/consent`, form, async (req, res) => {
    if (!req.body.allow) return provider.interactionFinished(req, res, turnedBack)
    const { session, params } = await provider.interactionDetails(req, res)
    const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) })
    grant.addOIDCScope(String(params.scope))
    return provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } })
  })
  app.use(`/${role.id}`, provider.callback())

  const named = new Set<string>()
  function withName(html: string, accountId: string | undefined): string {
    const person = personOf(accountId ?? '')
    if (!person || named.has(person.id) || !html.includes('name="code"')) return html
    named.add(person.id)
    const { givenName: firstName, familyName: lastName, email } = person
    const user = JSON.stringify({ name: { firstName, lastName }, email })
    return html.replace('</form>', `<input type="hidden" name="user" value="${escapeHtml(user)}"/></form>`)
  }

  return {
    issuer,
    interference,
    forge: (claims, header = {}, key = privateKey) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: jwk.kid, ...header }).sign(key),
  }
}

const turnedBack = { error: 'access_denied', error_description: 'The person turned back.' }

function configurationOf(role: Role, jwk: never): Configuration {
  return {
    clients: [
      {
        client_id: role.clientId,
        client_secret: 'never looked at: isSecret decides',
        redirect_uris: ['http://127.0.0.1/never-looked-at'],
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [jwk] },
    scopes: role.scopes,
    claims: role.claims,
    // Both real ones put everything into the ID token.
    conformIdTokenClaims: false,
    findAccount: async (_ctx, id) => {
      const person = personOf(id)
      return person && { accountId: id, claims: async () => ({ sub: id, ...role.claimsOf(person) }) }
    },
    interactions: { url: (_ctx, { uid }) => `/${role.id}/interaction/${uid}` },
    cookies: {
      keys: ['a key for a test alone'],
      // Browsers keep the cookies of all ports of a machine together.
      names: { session: `${role.id}_session`, interaction: `${role.id}_at`, resume: `${role.id}_resume` },
    },
    features: { devInteractions: { enabled: false } },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      IdToken: 600,
      Interaction: 600,
      Session: 3600,
      Grant: 3600,
    },
  }
}
