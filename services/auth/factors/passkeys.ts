import { randomUUID } from 'node:crypto'
import type { Database } from '@azora/kit/db.ts'
import { AppError, invalidField, refusal } from '@azora/kit/errors.ts'
import type { Actor } from '@azora/kit/identity.ts'
import { v7 as uuidv7 } from 'uuid'
import { selectOptionalAccount } from '../accounts/accounts.store.ts'
import { selectIdentities } from '../federation/identities.store.ts'
import { claimCeremony, insertCeremony } from './ceremonies.store.ts'
import { beginAnew, type Change, changeFactors } from './factor-change.ts'
import {
  deletePasskey,
  hasPasswordlessPasskey,
  insertPasskey,
  type Passkey,
  renamePasskeyOf,
  selectCredentials,
} from './passkeys.store.ts'
import type { RelyingParty } from './relying-party.ts'

/** Start to add a passkey; only this session can finish it. */
export async function startPasskeyRegistration(
  { db, party }: { db: Database; party: RelyingParty },
  actor: Actor,
): Promise<{ ceremonyId: string; options: Record<string, unknown> }> {
  const account = await selectOptionalAccount(db.in(actor.organizationId), actor)
  if (!account) throw new AppError('unauthenticated')
  const options = await party.creationOptions(account, await selectCredentials(db.across, actor.userId))
  const ceremonyId = randomUUID()
  const { userId, sessionId } = actor
  const { challenge } = options
  await insertCeremony(db.across, ceremonyId, { purpose: 'registration', challenge, userId, sessionId })
  return { ceremonyId, options }
}

/**
 * Add the passkey that a browser made.
 * @returns it, and recovery codes where it is the first second factor of the account.
 * @throws AppError `link_expired` without such a ceremony; `invalid_input` when the answer does not fit it;
 * `conflict` when the passkey is known already, to whomever it belongs.
 */
export async function addPasskey(
  { db, party }: { db: Database; party: RelyingParty },
  by: Change & { school: string | null },
  given: { ceremonyId: string; response: unknown; name: string },
): Promise<{ passkey: Passkey; recoveryCodes: string[] | null }> {
  const { userId, sessionId } = by.actor
  const ceremony = await claimCeremony(db.across, { id: given.ceremonyId, purposes: ['registration'] })
  if (ceremony?.userId !== userId || ceremony.sessionId !== sessionId) throw new AppError('link_expired')
  const { challenge } = ceremony
  const made = await party.readRegistration(given.response, { challenge, school: by.school })
  if (!made) {
    throw invalidField('response', 'invalid_passkey')
  }
  const id = uuidv7()
  const entry = { change: 'passkey_added', passkeyId: id } as const
  return changeFactors(db, by, entry, async (tx, person) => {
    const passkey = await insertPasskey(tx, { ...made, id, userId, name: given.name })
    if (!passkey) throw refusal('passkey_known')
    return { passkey, recoveryCodes: person.mfaEnabled ? null : await beginAnew(tx, by) }
  })
}

/** @throws AppError `not_found`, for another's as well. */
export async function renamePasskey(
  db: Database,
  key: { id: string; userId: string; name: string },
): Promise<Passkey> {
  const renamed = await renamePasskeyOf(db.across, key)
  if (!renamed) throw new AppError('not_found')
  return renamed
}

/** @throws AppError `not_found`, for another's as well; `last_way_in`. */
export async function removePasskey(db: Database, by: Change, passkeyId: string): Promise<void> {
  const { userId } = by.actor
  await changeFactors(db, by, { change: 'passkey_removed', passkeyId }, async (tx, person) => {
    if (!(await deletePasskey(tx, { id: passkeyId, userId }))) throw new AppError('not_found')
    if (person.hasPassword || (await hasPasswordlessPasskey(tx, userId))) return
    if ((await selectIdentities(tx, userId)).length === 0) throw new AppError('last_way_in')
  })
}
