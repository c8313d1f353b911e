import type { Need } from '@azora/contracts/permissions.ts'
import type { IconName } from '@azora/ui/icon.tsx'

/** The parts of the panel, in the order of the navigation; `name` is also the key of its text. */
export const sections = [
  { name: 'overview', path: '/', icon: 'overview', permission: 'operations.read' },
  { name: 'people', path: '/people', icon: 'people', permission: 'people.read' },
  { name: 'invitations', path: '/invitations', icon: 'mail', permission: 'people.support' },
  { name: 'offices', path: '/offices', icon: 'award', permission: 'audit.read' },
  { name: 'courses', path: '/courses', icon: 'book', permission: 'course.manage_all' },
  { name: 'payments', path: '/payments', icon: 'receipt', permission: 'payments.read' },
  { name: 'ledger', path: '/ledger', icon: 'table', permission: 'ledger.read' },
  { name: 'plans', path: '/plans', icon: 'refresh', permission: 'payments.read' },
  { name: 'bundles', path: '/bundles', icon: 'book', permission: 'payments.read' },
  { name: 'institutions', path: '/institutions', icon: 'building', permission: 'payments.read' },
  { name: 'coupons', path: '/coupons', icon: 'tag', permission: 'payments.read' },
  { name: 'revenue', path: '/revenue', icon: 'pulse', permission: 'payments.read' },
  { name: 'audit', path: '/audit', icon: 'shield', permission: 'audit.read' },
  { name: 'privacy', path: '/privacy', icon: 'file', permission: 'privacy.read' },
  { name: 'events', path: '/events', icon: 'pulse', permission: 'operations.read' },
  { name: 'schools', path: '/schools', icon: 'building', permission: 'installation.manage' },
  { name: 'settings', path: '/settings', icon: 'sliders', permission: 'organization.manage' },
] as const satisfies { name: string; path: string; icon: IconName; permission: Need }[]
