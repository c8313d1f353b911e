import { type Role, type SchoolRole, schoolRoles } from '@azora/contracts/permissions.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Database, Transaction } from '@azora/kit/db.ts'
import { refusal } from '@azora/kit/errors.ts'
import { publish } from '@azora/kit/outbox.ts'
import type { Revocations } from '@azora/kit/revocations.ts'
import { endImpersonations } from '../impersonation/impersonation.store.ts'
import { endOffices, selectHeldOffices } from '../offices/offices.store.ts'
import { makeTokensStale } from '../sessions/revocations.store.ts'
import { revokeSessions } from '../sessions/sessions.store.ts'
import { type LockedMember, lockMember, refuseLastAdmin } from './held-member.ts'
import {
  deleteMembership,
  type MemberKey,
  type Person,
  selectOptionalPerson,
  updateRoles,
  updateSuspension,
} from './people.store.ts'
import { lockOwnRoles, refuseOfficesBeyond, refuseRolesBeyond, withdrawGiven } from './reach.ts'

/** What administrators do with memberships of their school. A change takes effect on tokens in use at once. */
export type Tools = { db: Database; revocations: Pick<Revocations, 'announce'> }

/**
 * Change a membership that is held meanwhile; the person as they are then.
 * @throws AppError `forbidden` for who no longer manages people by now.
 */
export async function changeMember(
  { db, revocations }: Tools,
  by: Caller,
  userId: string,
  work: (tx: Transaction, key: MemberKey, member: LockedMember, held: Role[]) => Promise<void>,
): Promise<Person> {
  const { organizationId } = by.actor
  const key = { organizationId, userId }
  const changed = await db.in(organizationId).transaction(async tx => {
    tx.afterCommit(() => revocations.announce())
    const held = await lockOwnRoles(tx, by, 'people.manage')
    await work(tx, key, await lockMember(tx, key), held)
    return (await selectOptionalPerson(tx, key)) as Person
  })
  // A refresh that read the old roles just before the commit made a token that is younger than what the transaction
  // has written about tokens.
  await makeTokensStale(db.across, userId)
  revocations.announce()
  return changed
}

const subject = (userId: string) => ({ kind: 'person', id: userId })

/**
 * End what a member has in a school: their sessions in it, and every access token from before now. The latter for a
 * session that has moved on to another school and left a token of this one behind.
 */
async function endAccess(tx: Transaction, { organizationId, userId }: MemberKey): Promise<void> {
  await revokeSessions(tx, { userId, organizationId })
  await makeTokensStale(tx, userId)
}

/**
 * Set a member's roles. What they gave and could not give with the new ones is taken back.
 * @throws AppError `not_found` for someone who is not a member, `forbidden` for a role that grants what one lacks,
 * `conflict` when no administrator would be left.
 */
export function setRoles(
  tools: Tools,
  by: Caller,
  wanted: { userId: string; roles: SchoolRole[] },
): Promise<Person> {
  const { userId } = wanted
  const roles = schoolRoles.filter(role => wanted.roles.includes(role))
  return changeMember(tools, by, userId, async (tx, key, member, held) => {
    const added = roles.filter(role => !member.roles.includes(role))
    refuseRolesBeyond(added, held)
    if (!roles.includes('admin')) refuseLastAdmin(member)
    if (member.roles.join() === roles.join()) return
    await updateRoles(tx, { ...key, roles })
    await withdrawGiven(tx, by, { ...key, left: roles })
    // One who looked through a learner's eyes does not look on through an administrator's, nor does one who is
    // none any more.
    await endImpersonations(tx, key)
    await makeTokensStale(tx, userId)
    await publish(tx, 'auth', 'user.roles_changed', { ...key, roles })
    const details = { from: member.roles, to: roles }
    await recordAudit(tx, 'auth', by, { action: 'person.roles_set', subject: subject(userId), details })
  })
}

/**
 * Bar a member from the school. Suspending again changes the reason.
 * @throws AppError `not_found`; `conflict` for oneself, and when no administrator would be left.
 */
export function suspendPerson(
  tools: Tools,
  by: Caller,
  { userId, reason }: { userId: string; reason: string },
): Promise<Person> {
  return changeMember(tools, by, userId, async (tx, key, member) => {
    if (userId === by.actor.userId) {
      throw refusal('oneself')
    }
    refuseLastAdmin(member)
    await updateSuspension(tx, { ...key, reason })
    await endAccess(tx, key)
    await withdrawGiven(tx, by, { ...key, left: [] })
    // The reason stays with the membership, where it can be erased; the audit log cannot.
    await recordAudit(tx, 'auth', by, { action: 'person.suspended', subject: subject(userId) })
  })
}

/** Let a suspended member in again. @throws AppError `not_found`, `forbidden` for who reaches further than oneself. */
export function reinstatePerson(tools: Tools, by: Caller, userId: string): Promise<Person> {
  return changeMember(tools, by, userId, async (tx, key, member, held) => {
    if (!member.suspended) return
    refuseRolesBeyond(member.roles, held)
    refuseOfficesBeyond(await selectHeldOffices(tx, userId), held)
    await updateSuspension(tx, { ...key, reason: null })
    await recordAudit(tx, 'auth', by, { action: 'person.reinstated', subject: subject(userId) })
  })
}

/**
 * End a membership. The account stays; one that belongs to no school signs in again once some school invites it.
 * @throws AppError `not_found`, `conflict` when no administrator would be left.
 */
export async function removePerson(tools: Tools, by: Caller, userId: string): Promise<void> {
  await changeMember(tools, by, userId, async (tx, key, member) => {
    refuseLastAdmin(member)
    await endAccess(tx, key)
    await withdrawGiven(tx, by, { ...key, left: [] })
    // Someone who comes back later comes without them.
    const offices = await endOffices(tx, { userId, endedBy: by.actor.userId })
    for (const office of offices) {
      const details = { office }
      await recordAudit(tx, 'auth', by, { action: 'office.ended', subject: subject(userId), details })
    }
    await deleteMembership(tx, key)
    await publish(tx, 'auth', 'user.left', key)
    await recordAudit(tx, 'auth', by, { action: 'person.removed', subject: subject(userId) })
  })
}
