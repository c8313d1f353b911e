import { randomUUID } from 'node:crypto'
import { type Actor, accessTokenType, tokenAudience, tokenIssuer } from '@azora/kit/identity.ts'
import { SignJWT } from 'jose'
import { accessSeconds } from './signing-keys.ts'

/** Sign an access token for an actor (RFC 9068, EdDSA), which ends no later than `notAfter` (ISO 8601). */
export async function signAccessToken(
  actor: Actor,
  { kid, key }: { kid: string; key: CryptoKey },
  notAfter?: string,
): Promise<{ accessToken: string; accessExpiresAt: string }> {
  // With fractions, which RFC 7519 allows: what was issued just before a revocation is told from what came after.
  const now = Date.now() / 1000
  const latest = notAfter === undefined ? Infinity : Math.floor(Date.parse(notAfter) / 1000)
  const expires = Math.min(Math.floor(now) + accessSeconds, latest)
  const accessToken = await new SignJWT({
    org: actor.organizationId,
    sid: actor.sessionId,
    roles: actor.roles,
    ...(actor.offices?.length ? { offices: actor.offices } : {}),
    ...(actor.kind ? { kind: actor.kind } : {}),
    ...(actor.scopes ? { scope: actor.scopes.join(' ') } : {}),
    ...(actor.authenticatedAt === undefined ? {} : { auth_time: actor.authenticatedAt }),
    ...(actor.impersonatorId ? { act: { sub: actor.impersonatorId } } : {}),
    ...(actor.tier ? { tier: actor.tier } : {}),
  })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: accessTokenType })
    .setSubject(actor.userId)
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setIssuedAt(now)
    .setExpirationTime(expires)
    .setJti(randomUUID())
    .sign(key)
  return { accessToken, accessExpiresAt: new Date(expires * 1000).toISOString() }
}
