import type { SchoolRole } from '@azora/contracts/permissions.ts'
import type { Transaction } from '@azora/kit/db.ts'
import { AppError, refusal } from '@azora/kit/errors.ts'
import { lockAdminsAndMember, type MemberKey } from './people.store.ts'

export type LockedMember = { roles: SchoolRole[]; suspended: boolean; lastAdmin: boolean }

/**
 * A member of a school and its administrators, for a transaction that holds the school (reach.ts): of two who leave or
 * are removed at once, the second sees what the first has done.
 * @throws AppError `not_found` for someone who is not a member.
 */
export async function lockMember(tx: Transaction, key: MemberKey): Promise<LockedMember> {
  const locked = await lockAdminsAndMember(tx, key)
  const member = locked.find(row => row.userId === key.userId)
  if (!member) throw new AppError('not_found')
  const admins = locked.filter(row => row.active && row.roles.includes('admin'))
  const { roles, suspended } = member
  return { roles, suspended, lastAdmin: admins.length === 1 && admins[0] === member }
}

/** @throws AppError `conflict` when the school would be left without an administrator. */
export function refuseLastAdmin({ lastAdmin }: LockedMember): void {
  if (!lastAdmin) return
  throw refusal('last_admin')
}
