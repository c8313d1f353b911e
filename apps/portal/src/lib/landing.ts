import { type Holder, may } from '@azora/contracts/permissions.ts'

/** The address that leads everybody to where their work is; where one goes who asked for no other page. */
export const startAddress = '/start'

/** Where someone's work is. With several roles and offices it is the one that is responsible for most. */
export function landingOf(account: Holder): string {
  if (may(account, 'people.manage') || may(account, 'installation.manage')) return '/admin'
  if (may(account, 'course.author')) return '/teach'
  if (may(account, 'audit.read')) return '/admin/audit'
  if (may(account, 'people.support')) return '/admin/people'
  return '/learn'
}
