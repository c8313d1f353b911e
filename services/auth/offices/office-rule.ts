import type { Office } from '@azora/contracts/offices.ts'
import type { Role } from '@azora/contracts/permissions.ts'
import { refusal } from '@azora/kit/errors.ts'
import { refuseOfficesBeyond } from '../people/reach.ts'

/**
 * Who may give an office to whom. Power and appointment are in different hands (NIST SP 800-53, AC-5): nobody gives
 * an office to themselves, and nobody gives one whose permissions their roles lack.
 * @throws AppError `forbidden`.
 */
export function refuseAppointment(
  { userId, roles }: { userId: string; roles: readonly Role[] },
  to: { userId: string; office: Office },
): void {
  if (to.userId === userId) throw refusal('own_office')
  refuseOfficesBeyond([to.office], roles)
}
