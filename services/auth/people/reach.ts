import type { Office } from '@azora/contracts/offices.ts'
import { may, type Permission, permissionsOf, type Role } from '@azora/contracts/permissions.ts'
import { recordAudit } from '@azora/kit/audit.ts'
import type { Caller } from '@azora/kit/caller.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { selectOptionalAccount } from '../accounts/accounts.store.ts'
import { closeInvitation, selectOpenInvitationsBy } from '../invitations/invitations.store.ts'
import { selectClientsHeldBy, withdrawSecret } from '../keys/oauth-clients.store.ts'
import { lockOrganization } from '../organizations/organizations.store.ts'
import { makeTokensStale } from '../sessions/revocations.store.ts'
import { effectiveOffices, effectiveRoles } from '../sessions/sessions.ts'

/**
 * Nobody gives more than they have, and nobody keeps by what they gave more than they are left with. Anyone who gives or
 * takes power in a school holds the school's row until the transaction ends, so one sees what the other has done.
 */

/** Whether the roles grant nothing that the holder of the others lacks. */
export function reachesNoFurther(wanted: readonly Role[], held: readonly Role[]): boolean {
  const granted = new Set(permissionsOf({ roles: held }))
  return permissionsOf({ roles: wanted }).every(permission => granted.has(permission))
}

/**
 * Hold the transaction's school, and look again whether the caller has the permission: an access token may be a
 * little older than the change that took it.
 * @returns the roles that the caller holds now. What their offices open is not among it: nobody hands that on.
 * @throws AppError `forbidden`.
 */
export async function lockOwnRoles(
  tx: Transaction,
  { actor }: Caller,
  permission: Permission,
): Promise<Role[]> {
  const { organizationId, userId } = actor
  await lockOrganization(tx, organizationId)
  const account = await selectOptionalAccount(tx, { organizationId, userId })
  const held = account ? effectiveRoles(account).filter(role => actor.roles.includes(role)) : []
  const offices = account ? effectiveOffices(account).filter(one => actor.offices?.includes(one)) : []
  if (!may({ roles: held, offices }, permission)) throw new AppError('forbidden')
  return held
}

/** @throws AppError `forbidden` for an office that grants what the giver's roles lack. */
export function refuseOfficesBeyond(wanted: readonly Office[], held: readonly Role[]): void {
  const granted = new Set(permissionsOf({ roles: held }))
  if (permissionsOf({ roles: [], offices: wanted }).every(permission => granted.has(permission))) return
  throw refusal('beyond_own_roles')
}

/** @throws AppError `forbidden` for roles that grant what the giver lacks. */
export function refuseRolesBeyond(wanted: readonly Role[], held: readonly Role[]): void {
  if (reachesNoFurther(wanted, held)) return
  throw refusal('beyond_own_roles')
}

/**
 * Take back what someone gave and could not give any more with the roles they are left with: invitations that
 * wait, and the secrets of OAuth clients that they know. For a transaction that holds the school; anyone who calls
 * announces the revocation.
 */
export async function withdrawGiven(
  tx: Transaction,
  by: Parameters<typeof recordAudit>[2],
  { organizationId, userId, left }: { organizationId: string; userId: string; left: readonly Role[] },
): Promise<void> {
  const key = { organizationId, userId }
  const details = { reason: 'giver_lost_rights' }
  for (const { id, roles } of await selectOpenInvitationsBy(tx, key)) {
    if (reachesNoFurther(roles, left) || !(await closeInvitation(tx, { organizationId, id }))) continue
    const subject = { kind: 'invitation', id }
    await recordAudit(tx, 'auth', by, { action: 'invitation.revoked', subject, details })
  }
  for (const { id, roles } of await selectClientsHeldBy(tx, key)) {
    if (reachesNoFurther(roles, left)) continue
    await withdrawSecret(tx, id)
    await makeTokensStale(tx, id)
    const subject = { kind: 'oauth_client', id }
    await recordAudit(tx, 'auth', by, { action: 'oauth_client.secret_withdrawn', subject, details })
  }
}
