import { type SchoolRole, schoolRoles } from '@azora/contracts/permissions.ts'
import type { Scope } from '@azora/contracts/scopes.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Revocations } from '@azora/kit/revocations.ts'
import { v7 as uuidv7 } from 'uuid'
import { lockOwnRoles, refuseRolesBeyond } from '../people/reach.ts'
import { makeTokensStale, revokeTokensOf } from '../sessions/revocations.store.ts'
import type { Issuer } from '../tokens/issuer.ts'
import {
  insertOauthClient,
  replaceHash,
  revokeOauthClient,
  selectOauthClients,
  selectOptionalClientProof,
  touchOauthClient,
} from './oauth-clients.store.ts'
import { createProgramSecret, hashOf, matches } from './program-secret.ts'

/** OAuth clients act for their school and as nobody in it: their id stands where a person's would (RFC 9068, 2.2). */

type Tools = { db: Database; revocations: Pick<Revocations, 'announce'> }

const subject = (clientId: string) => ({ kind: 'oauth_client', id: clientId })

export const listOauthClients = (db: Database, { actor }: Caller) =>
  selectOauthClients(db.in(actor.organizationId))

/** @throws AppError `forbidden` for roles that reach further than those of the one who makes the client. */
export async function createOauthClient(
  db: Database,
  by: Caller,
  wanted: { name: string; scopes: Scope[]; roles: SchoolRole[] },
) {
  const { organizationId, userId } = by.actor
  const id = uuidv7()
  const secret = createProgramSecret()
  const roles = schoolRoles.filter(role => wanted.roles.includes(role))
  const scopes = [...new Set(wanted.scopes)]
  const made = await db.in(organizationId).transaction(async tx => {
    refuseRolesBeyond(roles, await lockOwnRoles(tx, by, 'integrations.manage'))
    const details = { roles, scopes }
    await recordAudit(tx, 'auth', by, { action: 'oauth_client.created', subject: subject(id), details })
    const row = {
      id,
      organizationId,
      name: wanted.name,
      hash: hashOf(secret),
      scopes,
      roles,
      createdBy: userId,
    }
    return insertOauthClient(tx, row)
  })
  return { ...made, secret }
}

/**
 * The old secret stops working, and with it the tokens that it bought. The one who asks then knows it.
 * @throws AppError `not_found`; `forbidden` for a client that reaches further than oneself.
 */
export async function rotateSecret({ db, revocations }: Tools, by: Caller, clientId: string) {
  const secret = createProgramSecret()
  const changed = await db.in(by.actor.organizationId).transaction(async tx => {
    const held = await lockOwnRoles(tx, by, 'integrations.manage')
    const client = await replaceHash(tx, { clientId, hash: hashOf(secret), holder: by.actor.userId })
    if (!client) throw new AppError('not_found')
    refuseRolesBeyond(client.roles, held)
    await makeTokensStale(tx, clientId)
    await recordAudit(tx, 'auth', by, {
      action: 'oauth_client.secret_rotated',
      subject: subject(clientId),
    })
    tx.afterCommit(() => revocations.announce())
    return client
  })
  return { ...changed, secret }
}

/** @throws AppError `not_found`. */
export async function endOauthClient({ db, revocations }: Tools, by: Caller, clientId: string) {
  return db.in(by.actor.organizationId).transaction(async tx => {
    const ended = await revokeOauthClient(tx, clientId)
    if (!ended) throw new AppError('not_found')
    const { justRevoked, ...row } = ended
    if (justRevoked) {
      await revokeTokensOf(tx, clientId)
      await recordAudit(tx, 'auth', by, { action: 'oauth_client.revoked', subject: subject(clientId) })
      tx.afterCommit(() => revocations.announce())
    }
    return row
  })
}

type From = { ip: string; userAgent: string }

/** Who a client is, by its secret; null for any that is not good. A wrong secret of a known client is written down. */
export async function proveClient(
  db: Database,
  { clientId, secret }: { clientId: string; secret: string },
  from: From,
): Promise<Actor | null> {
  const proof = await selectOptionalClientProof(db.across, clientId)
  const proved = matches(secret, proof?.hash ?? null)
  if (!proof) return null
  const { organizationId, roles, scopes, tier } = proof
  const client: Actor = {
    userId: clientId,
    organizationId,
    roles,
    sessionId: clientId,
    kind: 'client',
    scopes,
    tier,
  }
  if (proved && proof.live && !proof.withdrawn) return client
  await db.in(organizationId).transaction(tx =>
    recordAudit(
      tx,
      'auth',
      { actor: null, ...from },
      {
        action: 'oauth_client.refused',
        subject: subject(clientId),
        details: { reason: proved ? (proof.live ? 'secret_withdrawn' : 'revoked') : 'wrong_secret' },
      },
    ),
  )
  return null
}

/** An access token for a proved client. */
export async function issueToken(db: Database, issuer: Issuer, client: Actor, from: From) {
  const token = await issuer.accessToken(client)
  await db.in(client.organizationId).transaction(async tx => {
    await touchOauthClient(tx, client.userId)
    await recordAudit(
      tx,
      'auth',
      { actor: client, ...from },
      {
        action: 'oauth_client.signed_in',
        subject: subject(client.userId),
        details: { scopes: client.scopes },
      },
    )
  })
  return token
}

/** End the tokens that a client has now. It may ask for others. */
export async function endTokens({ db, revocations }: Tools, client: Actor, from: From): Promise<void> {
  await db.in(client.organizationId).transaction(async tx => {
    await makeTokensStale(tx, client.userId)
    await recordAudit(
      tx,
      'auth',
      { actor: client, ...from },
      { action: 'oauth_client.tokens_revoked', subject: subject(client.userId) },
    )
    tx.afterCommit(() => revocations.announce())
  })
}
