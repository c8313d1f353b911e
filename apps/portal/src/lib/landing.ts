import { may } from '@azora/contracts/permissions.ts'

type Roles = Parameters<typeof may>[0]

/** The address that leads everybody to where their work is; where one goes who asked for no other page. */
export const startAddress = '/start'

/** Where someone's work is. With several roles it is the one that is responsible for most. */
export function landingOf(roles: Roles): string {
  if (may(roles, 'people.manage') || may(roles, 'installation.manage')) return '/admin'
  if (may(roles, 'course.author')) return '/teach'
  if (may(roles, 'audit.read')) return '/admin/audit'
  return '/learn'
}
