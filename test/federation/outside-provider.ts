import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { standInForGithub } from './github-stand-in.ts'
import { type OidcStandIn, standInFor } from './oidc-stand-in.ts'

/**
 * Google, GitHub and Apple on this machine, for tests and for trying: the first and the last by `oidc-provider`, a
 * certified OpenID provider. They know the people of `people.ts`, and send browsers back to any Azora on this machine,
 * whose address is often known only after it was started with their settings.
 *
 * By hand: `node test/federation/outside-provider.ts` prints the settings to start Azora with, and runs on.
 */
export type OutsideProviders = {
  url: string
  /** The settings by which Azora uses them, as environment variables. */
  settings: Record<string, string>
  google: OidcStandIn
  apple: OidcStandIn
  github: ReturnType<typeof standInForGithub>
  stop(): Promise<void>
}

const team = { id: 'OUTSIDE123', keyId: 'OUTSIDEKEY' }
const clients = {
  google: { id: 'azora.google.example', secret: 'a secret between Azora and the stand-in' },
  github: { id: 'Iv1.azora', secret: 'another secret between Azora and the stand-in' },
  apple: { id: 'example.azora.signin' },
}

export async function startOutsideProviders(): Promise<OutsideProviders> {
  const app = express()
  const server = createServer(app)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const mayReturnTo = (id: string) => (address: string) =>
    new RegExp(`^http://(127\\.0\\.0\\.1|localhost):\\d+/api/v1/auth/federation/${id}/callback$`).test(
      address,
    )

  const google = await standInFor(
    {
      id: 'google',
      name: 'Google',
      clientId: clients.google.id,
      mayReturnTo: mayReturnTo('google'),
      scopes: ['openid', 'email', 'profile'],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      claimsOf: ({ email, emailVerified, givenName, familyName }) => ({
        email,
        email_verified: emailVerified,
        name: `${givenName} ${familyName}`,
      }),
      isSecret: async secret => secret === clients.google.secret,
      postsName: false,
    },
    app,
    url,
  )

  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const apple = await standInFor(
    {
      id: 'apple',
      name: 'Apple',
      clientId: clients.apple.id,
      mayReturnTo: mayReturnTo('apple'),
      scopes: ['openid', 'email', 'name'],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], name: [] },
      // Apple has said so in words as well as in JSON's true.
      claimsOf: ({ email, emailVerified }) => ({ email, email_verified: String(emailVerified) }),
      async isSecret(secret) {
        try {
          const { payload } = await jwtVerify(secret, publicKey, {
            algorithms: ['ES256'],
            issuer: team.id,
            subject: clients.apple.id,
            audience: `${url}/apple`,
            requiredClaims: ['iat', 'exp'],
          })
          const halfYear = 15_777_000
          return (
            decodeProtectedHeader(secret).kid === team.keyId &&
            Number(payload.exp) - Number(payload.iat) <= halfYear
          )
        } catch {
          return false
        }
      },
      postsName: true,
    },
    app,
    url,
  )

  const github = standInForGithub(app, { ...clients.github, mayReturnTo: mayReturnTo('github') })

  return {
    url,
    settings: {
      AZORA_GOOGLE_CLIENT_ID: clients.google.id,
      AZORA_GOOGLE_CLIENT_SECRET: clients.google.secret,
      AZORA_GOOGLE_ISSUER: google.issuer,
      AZORA_GITHUB_CLIENT_ID: clients.github.id,
      AZORA_GITHUB_CLIENT_SECRET: clients.github.secret,
      AZORA_GITHUB_URL: `${url}/github`,
      AZORA_GITHUB_API_URL: `${url}/github-api`,
      AZORA_APPLE_CLIENT_ID: clients.apple.id,
      AZORA_APPLE_TEAM_ID: team.id,
      AZORA_APPLE_KEY_ID: team.keyId,
      AZORA_APPLE_PRIVATE_KEY: privateKey
        .export({ type: 'pkcs8', format: 'pem' })
        .toString()
        .replaceAll('\n', '\\n'),
      AZORA_APPLE_ISSUER: apple.issuer,
    },
    google,
    apple,
    github,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

if (import.meta.main) {
  const { settings } = await startOutsideProviders()
  console.log(
    Object.entries(settings)
      .map(([name, value]) => `export ${name}='${value}'`)
      .join('\n'),
  )
}
