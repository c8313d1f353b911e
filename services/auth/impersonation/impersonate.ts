import { permissionsOf } from '@azora/contracts/permissions.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { type Account, selectOptionalAccount } from '../accounts/accounts.store.ts'
import { revokeSessions } from '../sessions/sessions.store.ts'
import { openSession, renewTokens, type SignedIn, tokensOf } from '../sessions/sessions.ts'
import type { Issuer } from '../tokens/issuer.ts'
import { lockMembership, lockSession, selectOptionalOrigin } from './impersonation.store.ts'

const minutes = 30

type Tools = { db: Database; issuer: Issuer }

// What comes to be a permission later is not lent before someone has thought about it.
// An office is its holder's own to exercise.
const mayBeLookedThrough = ({ roles, offices }: Account) =>
  offices.length === 0 && permissionsOf({ roles }).every(permission => permission === 'course.author')

/**
 * Look through the eyes of a learner or an instructor of one's school, in a session of its own that ends with the
 * administrator's. Roles cannot grow meanwhile: the one who sets them ends it.
 * @throws AppError `not_found`; `conflict` for who is suspended; `forbidden` for who may do more than teach;
 * `session_expired` when the administrator's own session is over.
 */
export async function impersonate(
  { db, issuer }: Tools,
  by: Caller,
  { userId, reason }: { userId: string; reason: string },
): Promise<SignedIn> {
  const { organizationId } = by.actor
  const impersonator = { userId: by.actor.userId, sessionId: by.actor.sessionId }
  const { account, session } = await db.in(organizationId).transaction(async tx => {
    if (!(await lockMembership(tx, { organizationId, userId }))) throw new AppError('not_found')
    if (!(await lockSession(tx, { id: impersonator.sessionId, userId: impersonator.userId }))) {
      throw new AppError('session_expired')
    }
    const account = await selectOptionalAccount(tx, { organizationId, userId })
    if (!account) {
      throw refusal('not_active')
    }
    if (!mayBeLookedThrough(account)) {
      throw refusal('not_viewable')
    }
    const session = await openSession(tx, issuer, { userId, organizationId }, by, {
      ...impersonator,
      minutes,
    })
    await recordAudit(tx, 'auth', by, {
      action: 'impersonation.started',
      subject: { kind: 'person', id: userId },
      details: { reason, sessionId: session.id },
    })
    return { account, session }
  })
  return { account, tokens: await tokensOf(issuer, account, session) }
}

/**
 * Stop viewing as another person: end the borrowed session and go on in one's own.
 * @throws AppError `conflict` for who is themselves; `session_expired` when either session is over.
 */
export async function endImpersonation({ db, issuer }: Tools, by: Caller): Promise<SignedIn> {
  const { organizationId, sessionId, impersonatorId, userId } = by.actor
  if (!impersonatorId) {
    throw refusal('not_impersonating')
  }
  const origin = await db.in(organizationId).transaction(async tx => {
    const found = await selectOptionalOrigin(tx, sessionId)
    // Of two who end it at once, one is told; an access token that outlived its session opens nothing.
    if (!found || (await revokeSessions(tx, { id: sessionId })) === 0) return null
    await recordAudit(tx, 'auth', by, {
      action: 'impersonation.ended',
      subject: { kind: 'person', id: userId },
      details: { sessionId },
    })
    return found
  })
  if (!origin) throw new AppError('session_expired')
  return renewTokens(db, issuer, origin)
}
