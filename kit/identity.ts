import { offices as knownOffices, type Office } from '@azora/contracts/offices.ts'
import { roles as knownRoles, type Role } from '@azora/contracts/permissions.ts'
import { scopes as knownScopes, type Scope } from '@azora/contracts/scopes.ts'
import { importJWK, type JWK, jwtVerify } from 'jose'
import { z } from 'zod'
import { AppError } from './errors.ts'
import { noRevocations, type Revocations } from './revocations.ts'

/** Whose limits count: a school's plan. */
export const tiers = ['free', 'pro', 'enterprise'] as const
export type Tier = (typeof tiers)[number]

/** Who acts, in which school, as an access token says. */
export type Actor = {
  /** The person; for an OAuth client its own id. */
  userId: string
  organizationId: string
  roles: Role[]
  /** What a person holds beside their roles; absent for nothing, for a program, and behind borrowed eyes. */
  offices?: Office[]
  /** The session, API key or OAuth client that the token was made for. */
  sessionId: string
  /** A program: an API key that acts as a person, or an OAuth client that acts for the school. Absent for a person. */
  kind?: 'key' | 'client'
  /** To what a program's token is narrowed; absent when it is not. */
  scopes?: Scope[]
  /** When the person last proved who they are, in seconds since 1970. */
  authenticatedAt?: number
  /** The administrator who looks through this person's eyes. */
  impersonatorId?: string
  tier?: Tier
  /** When the token was made and when it ends, in seconds since 1970. What stays open longer than a request asks. */
  issuedAt?: number
  expiresAt?: number
}

// Claims of RFC 7519, RFC 9068 (auth_time, scope) and RFC 8693 (act); `org`, `sid`, `offices`, `kind` and `tier` are ours.
const claims = z.object({
  sub: z.uuid(),
  org: z.uuid(),
  sid: z.uuid(),
  roles: z.array(z.enum(knownRoles)),
  // While processes of two releases run, auth may name an office that this one does not know: it opens nothing here.
  offices: z
    .array(z.string())
    .transform(held => knownOffices.filter(office => held.includes(office)))
    .optional(),
  kind: z.enum(['key', 'client']).optional(),
  scope: z
    .string()
    .transform(text => text.split(' '))
    .pipe(z.array(z.enum(knownScopes)))
    .optional(),
  auth_time: z.number().optional(),
  act: z.object({ sub: z.uuid() }).optional(),
  tier: z.enum(tiers).optional(),
  iat: z.number(),
  exp: z.number(),
})

type Verified = Actor & { issuedAt: number; expiresAt: number }

function actorOfClaims(payload: unknown): Verified {
  const { sub, org, sid, roles, offices, kind, scope, auth_time, act, tier, iat, exp } = claims.parse(payload)
  return {
    userId: sub,
    organizationId: org,
    sessionId: sid,
    roles,
    // An office is exercised by the person who was given it, never by a program or through borrowed eyes.
    ...(offices?.length && !kind && !act ? { offices } : {}),
    ...(kind ? { kind } : {}),
    ...(scope ? { scopes: scope } : {}),
    ...(auth_time === undefined ? {} : { authenticatedAt: auth_time }),
    ...(act ? { impersonatorId: act.sub } : {}),
    ...(tier ? { tier } : {}),
    issuedAt: iat,
    expiresAt: exp,
  }
}

// A token from a clock that runs ahead of ours by more than this is refused.
const clockSkewSeconds = 60

export const tokenAudience = 'azora'
export const tokenIssuer = 'azora-auth'
/** The `typ` of access tokens (RFC 9068, 2.1), which tells them from whatever else may be signed one day. */
export const accessTokenType = 'at+jwt'

export type Identity = {
  /** The actor of a bearer token. @throws AppError `unauthenticated` for whatever is wrong with it. */
  verify(token: string): Promise<Actor>
}

const rememberedTokens = 20_000

/**
 * Verifies access tokens (RFC 9068, EdDSA) against auth's published keys. A token seen before is not verified
 * again before it expires: a browser sends the same one for fifteen minutes. Whether it was revoked is asked each
 * time. Unknown key ids fetch the key set anew, at most once in ten seconds, so that forged ids cannot make us hammer
 * auth; each fetch also forgets the keys that auth no longer publishes.
 */
export function createIdentity(
  fetchKeys: () => Promise<{ keys: Record<string, unknown>[] }>,
  revocations: Revocations = noRevocations,
): Identity {
  let keys = new Map<string, CryptoKey | Uint8Array>()
  const seen = new Map<string, Verified>()
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
    const current: typeof keys = new Map()
    for (const jwk of published.keys as JWK[]) {
      if (jwk.kid && jwk.kty === 'OKP') current.set(jwk.kid, await importJWK(jwk, 'EdDSA'))
    }
    keys = current
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

  async function read(token: string): Promise<Verified> {
    if (token.length > 4096) throw new AppError('unauthenticated')
    try {
      const { payload } = await jwtVerify(token, header => keyOf(String(header.kid)), {
        algorithms: ['EdDSA'],
        audience: tokenAudience,
        issuer: tokenIssuer,
        typ: accessTokenType,
      })
      const found = actorOfClaims(payload)
      if (found.issuedAt > Date.now() / 1000 + clockSkewSeconds) throw new AppError('unauthenticated')
      return found
    } catch (failure) {
      if (failure instanceof AppError && failure.code !== 'unauthenticated') throw failure
      throw new AppError('unauthenticated', {}, { cause: failure })
    }
  }

  return {
    async verify(token) {
      let found = seen.get(token)
      if (!found || found.expiresAt * 1000 <= Date.now()) {
        found = await read(token)
        if (seen.size >= rememberedTokens) seen.delete(seen.keys().next().value as string)
        seen.set(token, found)
      }
      if (revocations.cover(found)) {
        seen.delete(token)
        throw new AppError('unauthenticated')
      }
      return found
    },
  }
}
