import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database } from '@azora/kit/db.ts'
import { AppError } from '@azora/kit/errors.ts'
import { queueIdentityNotice } from '../emails/identity-notice.ts'
import { lockPerson } from '../factors/factors.store.ts'
import { hasPasswordlessPasskey } from '../factors/passkeys.store.ts'
import { deleteIdentity, insertIdentity, selectIdentities, selectOptionalOwner } from './identities.store.ts'
import { FederationProblem } from './problem.ts'
import type { Profile } from './provider.ts'
import type { ProviderId } from './providers.ts'

/**
 * Link the account that someone has at a provider. Nothing happens when it is linked to them already.
 * @throws FederationProblem `identity_taken`, `already_linked`.
 */
export async function linkProfile(
  db: Database,
  by: Caller,
  provider: ProviderId,
  { subject, label }: Profile,
): Promise<void> {
  const { userId, organizationId } = by.actor
  await db.in(organizationId).transaction(async tx => {
    if (!(await insertIdentity(tx, { userId, provider, subject, label }))) {
      const owner = await selectOptionalOwner(tx, { provider, subject })
      if (owner === userId) return
      throw new FederationProblem(owner === null ? 'already_linked' : 'identity_taken')
    }
    const entry = { subject: { kind: 'person', id: userId }, details: { provider } }
    await recordAudit(tx, 'auth', by, { ...entry, action: 'identity.linked' })
    await queueIdentityNotice(tx, { userId, organizationId, provider, change: 'linked' })
  })
}

/** @throws AppError `not_found` when none is linked; `last_way_in`. */
export async function unlinkIdentity(db: Database, by: Caller, provider: ProviderId): Promise<void> {
  const { userId, organizationId } = by.actor
  await db.in(organizationId).transaction(async tx => {
    const { hasPassword } = await lockPerson(tx, userId)
    if (!(await deleteIdentity(tx, { userId, provider }))) throw new AppError('not_found')
    const others = await selectIdentities(tx, userId)
    if (!hasPassword && others.length === 0 && !(await hasPasswordlessPasskey(tx, userId)))
      throw new AppError('last_way_in')
    const entry = { subject: { kind: 'person', id: userId }, details: { provider } }
    await recordAudit(tx, 'auth', by, { ...entry, action: 'identity.unlinked' })
    await queueIdentityNotice(tx, { userId, organizationId, provider, change: 'unlinked' })
  })
}
