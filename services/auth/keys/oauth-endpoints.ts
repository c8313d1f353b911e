import { createHash } from 'node:crypto'
import { scopes as knownScopes, type Scope } from '@azora/contracts/scopes.ts'
import { AppError } from '@azora/kit/errors.ts'
import { readForm } from '@azora/kit/form.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Limiter } from '@azora/kit/limits.ts'
import type { RequestContext } from '@azora/kit/request-context.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import type { Request, Response } from 'express'
import type { Issuer } from '../tokens/issuer.ts'
import { type ClientCredentials, readClientCredentials } from './client-authentication.ts'
import { endTokens, issueToken, proveClient } from './oauth-clients.ts'
import { OauthRefusal } from './oauth-refusal.ts'

/**
 * The token endpoint for client credentials (RFC 6749, 4.4) and the revocation endpoint (RFC 7009). They read forms
 * alone, nothing from the address, and answer in the shapes of those documents.
 */

type Kit = Pick<ServiceKit, 'db' | 'revocations' | 'limiter'>

// Guessing 32 random bytes is hopeless; this keeps a broken program from filling the audit log.
const attempts = { points: 20, windowSeconds: 15 * 60 }

/** The form, in which a field without a value counts as left out (RFC 6749, 3.1). */
async function formOf(req: Request, res: Response): Promise<Record<string, string>> {
  // What stands in an address is written into logs on the way.
  if (Object.keys(req.query).length > 0)
    throw new OauthRefusal('invalid_request', 'Parameters belong in the body, not in the address.')
  try {
    const fields = Object.entries(await readForm(req, res))
    return Object.fromEntries(fields.filter(([, value]) => value !== ''))
  } catch (failure) {
    if (failure instanceof AppError && failure.status < 500)
      throw new OauthRefusal('invalid_request', 'Send one application/x-www-form-urlencoded form.')
    throw failure
  }
}

async function counted(limiter: Limiter, { clientId }: ClientCredentials, ip: string) {
  const name = createHash('sha256').update(clientId).digest('base64url')
  const key = `oauth-client:${name}:${ip}`
  const verdict = await limiter(key, attempts)
  if (!verdict.allowed)
    throw new OauthRefusal('temporarily_unavailable', undefined, Math.max(1, verdict.resetSeconds))
  return () => limiter(key, attempts, -1)
}

async function authenticate(kit: Kit, form: Record<string, string>, context: RequestContext): Promise<Actor> {
  const credentials = readClientCredentials(context.authorization, form)
  const takeBack = await counted(kit.limiter, credentials, context.ip)
  const client = await proveClient(kit.db, credentials, { ip: context.ip, userAgent: context.userAgent })
  if (!client) throw new OauthRefusal('invalid_client')
  await takeBack()
  return client
}

/** What is asked for, of what the client may have (RFC 6749, 3.3); all of it when nothing is. */
function narrowed(held: readonly Scope[], asked: string | undefined): Scope[] {
  if (asked === undefined) return [...held]
  const wanted = new Set(asked.split(' '))
  for (const scope of wanted) {
    if (!held.includes(scope as Scope)) throw new OauthRefusal('invalid_scope')
  }
  return knownScopes.filter(scope => wanted.has(scope))
}

function answer(res: Response, status: number, body: object | null): void {
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('Pragma', 'no-cache')
  res.status(status)
  if (body === null) res.end()
  else res.json(body)
}

async function refusing(res: Response, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (failure) {
    if (!(failure instanceof OauthRefusal)) throw failure
    if (failure.status === 401) res.setHeader('WWW-Authenticate', 'Basic realm="azora", charset="UTF-8"')
    if (failure.retryAfterSeconds) res.setHeader('Retry-After', String(failure.retryAfterSeconds))
    answer(res, failure.status, { error: failure.error, error_description: failure.message })
  }
}

export function token(kit: Kit, issuer: Issuer, context: RequestContext, req: Request, res: Response) {
  return refusing(res, async () => {
    const form = await formOf(req, res)
    if (form.grant_type === undefined) throw new OauthRefusal('invalid_request', 'grant_type is missing.')
    if (form.grant_type !== 'client_credentials') throw new OauthRefusal('unsupported_grant_type')
    const client = await authenticate(kit, form, context)
    const scopes = narrowed(client.scopes ?? [], form.scope)
    const from = { ip: context.ip, userAgent: context.userAgent }
    const made = await issueToken(kit.db, issuer, { ...client, scopes }, from)
    answer(res, 200, {
      access_token: made.accessToken,
      token_type: 'Bearer',
      expires_in: Math.max(0, Math.floor((Date.parse(made.accessExpiresAt) - Date.now()) / 1000)),
      scope: scopes.join(' '),
    })
  })
}

/**
 * End the tokens that a client was given. One token cannot be told from another of the same client, so all that it has
 * now end, as RFC 7009, 2.1 allows. A token that is none of the client's changes nothing and is answered alike (2.2).
 */
export function revokeToken(
  kit: Kit & Pick<ServiceKit, 'identity'>,
  context: RequestContext,
  req: Request,
  res: Response,
) {
  return refusing(res, async () => {
    const form = await formOf(req, res)
    if (form.token === undefined) throw new OauthRefusal('invalid_request', 'token is missing.')
    const client = await authenticate(kit, form, context)
    if (await belongsTo(kit, client, form.token)) {
      await endTokens(kit, client, { ip: context.ip, userAgent: context.userAgent })
    }
    answer(res, 200, null)
  })
}

async function belongsTo({ identity }: Pick<ServiceKit, 'identity'>, client: Actor, token: string) {
  try {
    const actor = await identity.verify(token)
    return actor.kind === 'client' && actor.userId === client.userId
  } catch (failure) {
    // Spent, forged or revoked already: nothing is left to end.
    if (failure instanceof AppError && failure.code === 'unauthenticated') return false
    throw failure
  }
}
