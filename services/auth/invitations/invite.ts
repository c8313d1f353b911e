import { may, type SchoolRole, schoolRoles } from '@azora/contracts/permissions.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { v7 as uuidv7 } from 'uuid'
import { queueInvitation } from '../emails/invitation.ts'
import { pageOf, readCursor } from '../list-cursor.ts'
import { lockOwnRoles, reachesNoFurther, refuseRolesBeyond } from '../people/reach.ts'
import {
  closeInvitation,
  type Invitation,
  renewInvitation,
  selectInvitations,
  selectOptionalInvitation,
  selectOptionalMembership,
  takeLinkAway,
  upsertInvitation,
} from './invitations.store.ts'

type Wanted = { email: string; name?: string | undefined; roles: SchoolRole[] }

const subject = (id: string) => ({ kind: 'invitation', id })

/**
 * Invite an address to the transaction's school, or renew what waits for it. The caller has seen to it that the
 * roles are the inviter's to give.
 * @returns the invitation's id.
 */
export async function addInvitation(tx: Transaction, by: Caller, wanted: Wanted): Promise<string> {
  const { organizationId } = tx
  const roles = schoolRoles.filter(role => wanted.roles.includes(role))
  const id = await upsertInvitation(tx, {
    id: uuidv7(),
    organizationId,
    email: wanted.email,
    name: wanted.name ?? null,
    roles,
    invitedBy: by.actor.userId,
  })
  await queueInvitation(tx, { invitationId: id, organizationId })
  await recordAudit(tx, 'auth', by, { action: 'person.invited', subject: subject(id), details: { roles } })
  return id
}

/**
 * Invite someone to one's school by email.
 * @throws AppError `forbidden` for roles that reach further than one's own; `conflict` for who is a member already.
 */
export function invite(db: Database, by: Caller, wanted: Wanted): Promise<Invitation> {
  const { organizationId } = by.actor
  return db.in(organizationId).transaction(async tx => {
    refuseRolesBeyond(wanted.roles, await lockOwnRoles(tx, by, 'people.manage'))
    if (await selectOptionalMembership(tx, { organizationId, email: wanted.email })) {
      throw refusal('person_is_member', undefined, { detail: 'already_member' })
    }
    const id = await addInvitation(tx, by, wanted)
    return (await selectOptionalInvitation(tx, { organizationId, id })) as Invitation
  })
}

/** A page of the school's invitations, newest first. @throws AppError `invalid_input` for a cursor not of this list. */
export async function listInvitations(
  db: Database,
  organizationId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const before = cursor === undefined ? null : readCursor(cursor)
  const rows = await selectInvitations(db.in(organizationId), { organizationId, before, limit: limit + 1 })
  return pageOf(rows, limit)
}

async function change(
  db: Database,
  by: Caller,
  id: string,
  work: (
    tx: Transaction,
    key: { organizationId: string; id: string },
    invitation: Invitation,
  ) => Promise<void>,
): Promise<Invitation> {
  const key = { organizationId: by.actor.organizationId, id }
  return db.in(key.organizationId).transaction(async tx => {
    const found = await selectOptionalInvitation(tx, key)
    if (!found) throw new AppError('not_found')
    await work(tx, key, found)
    return (await selectOptionalInvitation(tx, key)) as Invitation
  })
}

function refuseClosed(): never {
  throw refusal('invitation_closed')
}

/**
 * Send an invitation again with a new link, for another week. It is then the invitation of the one who sent it again.
 * Where it offers more than they may give, it stays the offer of who made it: the same until its end, and no longer.
 * @throws AppError `not_found`; `forbidden` for one that has run out and offers more than one may give; `conflict` once
 * it is over.
 */
export function resendInvitation(db: Database, by: Caller, id: string): Promise<Invitation> {
  return change(db, by, id, async (tx, key) => {
    const all = await lockOwnRoles(tx, by, 'people.support')
    // Support counts for no invitation: only who could make one by their role makes one their own.
    const held = may({ roles: all }, 'people.manage') ? all : []
    // Only now: before, someone else may still have been changing what it offers.
    const { roles } = (await selectOptionalInvitation(tx, key)) ?? refuseClosed()
    // While it waits its giver can still give it: what they could not is withdrawn (people/reach.ts).
    const passedOn = !reachesNoFurther(roles, held) && (await takeLinkAway(tx, key))
    if (!passedOn) {
      refuseRolesBeyond(roles, held)
      if (!(await renewInvitation(tx, { ...key, invitedBy: by.actor.userId }))) refuseClosed()
    }
    await queueInvitation(tx, { invitationId: id, organizationId: key.organizationId })
    await recordAudit(tx, 'auth', by, { action: 'invitation.resent', subject: subject(id) })
  })
}

/** Revoke an invitation. @throws AppError `not_found`, `conflict` once it is over. */
export function revokeInvitation(db: Database, by: Caller, id: string): Promise<Invitation> {
  return change(db, by, id, async (tx, key) => {
    if (!(await closeInvitation(tx, key))) refuseClosed()
    await recordAudit(tx, 'auth', by, { action: 'invitation.revoked', subject: subject(id) })
  })
}
