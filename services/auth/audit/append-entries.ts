import type { EventPayload } from '@azora/contracts/events.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { insertEntries, lockHead, selectKnownIds } from './audit.store.ts'
import { digestOrigin, hashOf, newSalt, noHash } from './chain.ts'

type Recorded = { payload: EventPayload<'audit.recorded'>; id: string }

/**
 * Append what services recorded to the chain of the transaction's school, in the transaction that marks the events as
 * heard. The head is locked, so appends of a school come one by one. An event that has its entry already is left alone.
 */
export async function appendEntries(tx: Transaction, recorded: Recorded[]): Promise<void> {
  const { organizationId } = tx
  let { sequence, hash } = await lockHead(tx, organizationId)
  const ids = recorded.map(event => event.id)
  const known = new Set(await selectKnownIds(tx, { organizationId, ids }))
  const entries = recorded
    .filter(event => !known.has(event.id))
    .map(({ id, payload }) => {
      const origin = payload.origin && { ...payload.origin, salt: newSalt(), personId: whoseOrigin(payload) }
      sequence += 1
      const sealed = {
        organizationId,
        sequence,
        id,
        at: new Date(payload.at).toISOString(),
        action: payload.action,
        actor: payload.actor,
        impersonatorId: payload.impersonatorId,
        subject: payload.subject,
        details: payload.details,
        originDigest: origin && digestOrigin(origin.salt, origin),
        previousHash: hash ?? noHash,
      }
      hash = hashOf(sealed)
      return { ...sealed, hash, origin }
    })
  if (entries.length > 0) await insertEntries(tx, organizationId, entries)
}

/** Whose network address it is: the administrator's behind the actor's eyes, else the actor's, of a client nobody's. */
function whoseOrigin({ impersonatorId, actor }: EventPayload<'audit.recorded'>): string | null {
  return impersonatorId ?? (actor.kind === 'client' ? null : actor.id)
}
