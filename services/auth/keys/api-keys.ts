import type { Scope } from '@azora/contracts/scopes.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import type { Revocations } from '@azora/kit/revocations.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectOptionalAccount } from '../accounts/accounts.store.ts'
import { revokeTokensOf } from '../sessions/revocations.store.ts'
import { effectiveRoles } from '../sessions/sessions.ts'
import type { Issuer } from '../tokens/issuer.ts'
import {
  type ApiKeyRow,
  countLiveApiKeys,
  insertApiKey,
  revokeApiKey,
  selectApiKeys,
  selectOptionalProof,
  touchApiKey,
} from './api-keys.store.ts'
import { apiKeyOf, createProgramSecret, hashOf, matches, prefixOf, readApiKey } from './program-secret.ts'

/**
 * A key acts as its owner, in the school in which it was made, with the roles of the day narrowed by its scopes. The
 * gateway exchanges it for an access token that names the key as its session, so that revoking works alike for both.
 */

// More than anyone keeps track of; a program that makes keys in a loop ends here.
const mostLiveKeys = 50

const asShown = ({ id, ...row }: ApiKeyRow) => ({ id, prefix: prefixOf(id), ...row })
const subject = (keyId: string) => ({ kind: 'api_key', id: keyId })

export async function listApiKeys(db: Database, { actor }: Caller) {
  return (await selectApiKeys(db.in(actor.organizationId), actor.userId)).map(asShown)
}

/** @returns the key as it is listed, and `secret`: the key itself, this once. @throws AppError `conflict`. */
export async function createApiKey(
  db: Database,
  by: Caller,
  wanted: { name: string; scopes: Scope[]; expiresInDays: number | null },
) {
  const { organizationId, userId } = by.actor
  const id = uuidv7()
  const secret = createProgramSecret()
  const days = wanted.expiresInDays
  const row = {
    id,
    organizationId,
    userId,
    name: wanted.name,
    hash: hashOf(secret),
    scopes: [...new Set(wanted.scopes)],
    expiresAt: days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString(),
  }
  const made = await db.in(organizationId).transaction(async tx => {
    if ((await countLiveApiKeys(tx, row)) >= mostLiveKeys) {
      throw refusal('api_keys_limit', { most: mostLiveKeys })
    }
    const details = { scopes: row.scopes, expiresAt: row.expiresAt }
    await recordAudit(tx, 'auth', by, { action: 'api_key.created', subject: subject(id), details })
    return insertApiKey(tx, row)
  })
  return { ...asShown(made), secret: apiKeyOf(id, secret) }
}

/** End a key of one's own and the tokens made for it. @throws AppError `not_found`. */
export async function endApiKey(
  { db, revocations }: { db: Database; revocations: Pick<Revocations, 'announce'> },
  by: Caller,
  keyId: string,
) {
  const { organizationId, userId } = by.actor
  return db.in(organizationId).transaction(async tx => {
    const ended = await revokeApiKey(tx, { keyId, userId })
    if (!ended) throw new AppError('not_found')
    const { justRevoked, ...row } = ended
    if (justRevoked) {
      await revokeTokensOf(tx, keyId)
      await recordAudit(tx, 'auth', by, { action: 'api_key.revoked', subject: subject(keyId) })
      tx.afterCommit(() => revocations.announce())
    }
    return asShown(row)
  })
}

/**
 * The access token of a key, for the gateway. Anyone who holds it for a while must ask again when it expires; it is not
 * said to live longer than the key.
 * @throws AppError `unauthenticated` for any key that is not good now, whatever the reason.
 */
export async function exchangeApiKey(
  db: Database,
  issuer: Issuer,
  key: string,
): Promise<{ accessToken: string; accessExpiresAt: string }> {
  const read = readApiKey(key)
  if (!read) throw new AppError('unauthenticated')
  const proof = await selectOptionalProof(db.across, read.keyId)
  const proved = matches(read.secret, proof?.hash ?? null)
  if (!proof || !proved || !proof.live) throw new AppError('unauthenticated')
  const school = db.in(proof.organizationId)
  const account = await selectOptionalAccount(school, proof)
  if (!account) throw new AppError('unauthenticated')
  await touchApiKey(school, read.keyId)
  const token = await issuer.accessToken({
    userId: proof.userId,
    organizationId: proof.organizationId,
    roles: effectiveRoles(account),
    sessionId: read.keyId,
    kind: 'key',
    scopes: proof.scopes,
    tier: account.organization.tier,
  })
  const { expiresAt } = proof
  const ends = expiresAt && expiresAt < token.accessExpiresAt ? expiresAt : token.accessExpiresAt
  return { ...token, accessExpiresAt: ends }
}
