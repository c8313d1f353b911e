import { randomUUID } from 'node:crypto'
import { type Actor, tokenAudience, tokenIssuer } from '@azora/kit/identity.ts'
import { SignJWT } from 'jose'
import { accessSeconds } from './signing-keys.ts'

/** Sign an access token for an actor (RFC 7519, EdDSA). */
export async function signAccessToken(
  actor: Actor,
  { kid, key }: { kid: string; key: CryptoKey },
): Promise<{ accessToken: string; accessExpiresAt: string }> {
  const issued = Math.floor(Date.now() / 1000)
  const accessToken = await new SignJWT({
    org: actor.organizationId,
    sid: actor.sessionId,
    roles: actor.roles,
  })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
    .setSubject(actor.userId)
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setIssuedAt(issued)
    .setExpirationTime(issued + accessSeconds)
    .setJti(randomUUID())
    .sign(key)
  return { accessToken, accessExpiresAt: new Date((issued + accessSeconds) * 1000).toISOString() }
}
