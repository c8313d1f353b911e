import { roles as knownRoles, type Role } from '@azora/contracts/permissions.ts'
import { importJWK, type JWK, jwtVerify } from 'jose'
import { z } from 'zod'
import { AppError } from './errors.ts'

/** Who acts, in which school, as an access token says. */
export type Actor = {
  userId: string
  organizationId: string
  roles: Role[]
  sessionId: string
}

const claims = z.object({
  sub: z.uuid(),
  org: z.uuid(),
  sid: z.uuid(),
  roles: z.array(z.enum(knownRoles)),
  exp: z.number(),
})

export const tokenAudience = 'azora'
export const tokenIssuer = 'azora-auth'

export type Identity = {
  /** The actor of a bearer token. @throws AppError `unauthenticated` for whatever is wrong with it. */
  verify(token: string): Promise<Actor>
}

const rememberedTokens = 20_000

/**
 * Verifies access tokens (RFC 7519, EdDSA) against auth's published keys. A token seen before is not verified
 * again before it expires: a browser sends the same one for fifteen minutes. Unknown key ids fetch the key set
 * anew, at most once in ten seconds, so that forged ids cannot make us hammer auth.
 */
export function createIdentity(fetchKeys: () => Promise<{ keys: Record<string, unknown>[] }>): Identity {
  const keys = new Map<string, CryptoKey | Uint8Array>()
  const seen = new Map<string, { actor: Actor; until: number }>()
  let fetchedAt = 0
  let fetching: Promise<void> | null = null

  async function refetch(): Promise<void> {
    let published: { keys: Record<string, unknown>[] }
    try {
      published = await fetchKeys()
    } catch (failure) {
      // The token may be right; only auth, who could tell, is away. A 401 would sign people out for that.
      throw new AppError('unavailable', {}, { cause: failure })
    }
    fetchedAt = Date.now()
    for (const jwk of published.keys as JWK[]) {
      if (jwk.kid && jwk.kty === 'OKP') keys.set(jwk.kid, await importJWK(jwk, 'EdDSA'))
    }
  }

  async function keyOf(kid: string): Promise<CryptoKey | Uint8Array> {
    const known = keys.get(kid)
    if (known) return known
    // Requests that come in while the keys are on their way share the one fetch.
    if (!fetching && Date.now() - fetchedAt > 10_000) {
      fetching = refetch().finally(() => {
        fetching = null
      })
    }
    await fetching
    const found = keys.get(kid)
    if (!found) throw new AppError('unauthenticated')
    return found
  }

  return {
    async verify(token) {
      const now = Date.now()
      const remembered = seen.get(token)
      if (remembered && remembered.until > now) return remembered.actor
      if (token.length > 4096) throw new AppError('unauthenticated')
      try {
        const { payload } = await jwtVerify(token, header => keyOf(String(header.kid)), {
          algorithms: ['EdDSA'],
          audience: tokenAudience,
          issuer: tokenIssuer,
        })
        const { sub, org, sid, roles, exp } = claims.parse(payload)
        const actor: Actor = { userId: sub, organizationId: org, sessionId: sid, roles }
        if (seen.size >= rememberedTokens) seen.delete(seen.keys().next().value as string)
        seen.set(token, { actor, until: exp * 1000 })
        return actor
      } catch (failure) {
        if (failure instanceof AppError && failure.code !== 'unauthenticated') throw failure
        throw new AppError('unauthenticated', {}, { cause: failure })
      }
    },
  }
}
